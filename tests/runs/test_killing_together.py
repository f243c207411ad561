"""kill -9 at any moment of a run of many matches at once: no recorded reply is lost, and none is asked for again."""

from __future__ import annotations

import os
import random
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import structs

from arena.configs.load import load
from arena.configs.resolve import resolve
from arena.core.events import Replied
from arena.runs.directory import read_state
from arena.runs.resuming import resume_run
from arena.runs.run import run
from arena.runs.verify import verify
from arena.transcripts.read import Transcript, read
from tests.mock_server import serve
from tests.noting import Noted, noting
from tests.runs.trials import Seen

CHECKOUT = Path(__file__).parents[2]
MATCHES, CONNECTIONS = 5, 4


@pytest.fixture(scope="module")
def noted() -> Iterator[Noted]:
    """A mock endpoint that takes its time, and a server before it that notes down what it is asked."""
    with serve(seed=11, latency="0.002-0.02") as upstream, noting(upstream) as found:
        yield found


def configured(folder: Path, noted: Noted) -> Path:
    """A configuration of instances that differ, so that no two matches ask the same."""
    model = {"model": "openai-api/lab/mock", "base_url": noted.url, "max_retries": 0}
    params = {"seats": 2, "issues": 3, "options": 3, "rounds": 3}
    config = {
        "agents": {"a": model},
        "design": "self_play",
        "scenarios": [{"use": "bargain", "params": params, "instances": MATCHES}],
        "limits": {"connections": CONNECTIONS},
        "seed": 40,
    }
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(config))
    return path


@contextmanager
def process(folder: Path, *words: object) -> Iterator[subprocess.Popen[str]]:
    """`arena WORDS` in a folder."""
    with subprocess.Popen(
        [sys.executable, "-m", "arena", *map(str, words)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def until_asked(started: subprocess.Popen[str], noted: Noted, calls: int) -> None:
    """Wait until so many calls have come, or the process has ended by itself."""
    while started.poll() is None and len(noted.prompts) < calls:
        time.sleep(0.0005)


def transcripts(run: Path) -> dict[str, Transcript]:
    """The transcripts of a run that were begun."""
    files = [file for file in sorted((run / "matches").iterdir()) if b"\n" in file.read_bytes()]
    return {file.stem: read(file) for file in files}


def recorded(run: Path) -> list[str]:
    """The prompts whose replies are in the transcripts."""
    found = [a.e for transcript in transcripts(run).values() for line in transcript.lines for a in line.es]
    return [event.prompt or "" for event in found if isinstance(event, Replied)]


def essence(run: Path) -> dict[str, Any]:
    """What was played: headers and lines without time offsets, usage and what follows from them."""

    def told(event: Any) -> Any:
        return structs.replace(event, usage=None) if isinstance(event, Replied) else event

    return {
        name: (transcript.header, [[(a.to, told(a.e)) for a in line.es] for line in transcript.lines])
        for name, transcript in transcripts(run).items()
    }


def killed_again_and_again(folder: Path, noted: Noted, kills: int, dice: random.Random) -> Path:
    """Kill a run, and each process that resumes it, at any moment; then let it end. The run's directory."""
    words: tuple[object, ...] = ("run", configured(folder, noted), "--quiet", "--out", "out")
    known: set[str] = set()
    for _ in range(kills):
        noted.prompts.clear()
        with process(folder, *words) as started:
            until_asked(started, noted, dice.randint(1, 2 * CONNECTIONS + 4))
            time.sleep(dice.random() / 30)
            started.send_signal(signal.SIGKILL)
            started.wait()
        (run_,) = (folder / "out").iterdir()
        assert not known & set(noted.prompts), "what was recorded was asked again"
        now = set(recorded(run_))
        assert known <= now, "what was recorded was lost"
        assert len(set(noted.prompts) - now) <= CONNECTIONS, "more was lost than was in flight"
        known, words = now, ("resume", run_, "--quiet")
    noted.prompts.clear()
    result = resume_run(run_, Seen())
    assert (result.tally.void, result.tally.failed, result.left) == (0, 0, 0)
    assert not known & set(noted.prompts)
    assert sorted(recorded(run_)) == sorted([*known, *noted.prompts])
    return run_


def unkilled(folder: Path, noted: Noted) -> Path:
    """The same run when nothing stops it."""
    folder.mkdir()
    config = configured(folder, noted)
    noted.prompts.clear()
    result = run(resolve(load(config), folder), folder / "out", Seen())
    assert len(set(noted.prompts)) == len(noted.prompts), "no two calls of a run are the same"
    assert sorted(noted.prompts) == sorted(recorded(result.path))
    return result.path


def test_a_run_of_many_matches_that_is_killed_goes_on_to_the_same_and_asks_nothing_twice(
    noted: Noted, tmp_path: Path
) -> None:
    found = killed_again_and_again(tmp_path, noted, 5, random.Random(1))
    assert essence(found) == essence(unkilled(tmp_path / "unkilled", noted))
    assert len(essence(found)) == MATCHES
    assert all(verify(file).ok for file in (found / "matches").iterdir())
    assert read_state(found)["status"] == "complete"


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(40))
def test_200_kills(seed: int, noted: Noted, tmp_path: Path) -> None:
    found = killed_again_and_again(tmp_path, noted, 5, random.Random(100 + seed))
    assert essence(found) == essence(unkilled(tmp_path / "unkilled", noted))


def test_ctrl_c_once_finishes_all_that_is_in_flight_and_one_command_goes_on(noted: Noted, tmp_path: Path) -> None:
    config = configured(tmp_path, noted)
    noted.prompts.clear()
    with process(tmp_path, "run", config, "--quiet", "--out", "out") as started:
        until_asked(started, noted, 8)
        started.send_signal(signal.SIGINT)
        told = started.communicate(timeout=60)[1]
    (found,) = (tmp_path / "out").iterdir()
    assert started.returncode == 130
    assert sorted(noted.prompts) == sorted(recorded(found)), "all that was asked was recorded"
    command = told.rpartition("go on with: ")[2].strip()
    assert command.endswith(f"arena resume {found.relative_to(tmp_path)}")
    assert read_state(found)["status"] == "interrupted"
    known = set(noted.prompts)
    noted.prompts.clear()
    with process(tmp_path, *shlex.split(command.partition("arena ")[2]), "--quiet") as started:
        assert started.wait(60) == 0
    assert not known & set(noted.prompts)
    assert essence(found) == essence(unkilled(tmp_path / "unkilled", noted))
