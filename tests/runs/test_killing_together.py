"""kill -9 at any moment of a run of many matches at once: no recorded reply is lost, and none is asked for again."""

from __future__ import annotations

import random
import shlex
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from arena.runs.directory import read_state
from arena.runs.resuming import resume_run
from arena.runs.verify import verify
from tests.mock_server import serve
from tests.noting import Noted, noting
from tests.runs.killing import CONNECTIONS, MATCHES, configured, essence, process, recorded, unkilled, until_asked
from tests.runs.trials import Seen


@pytest.fixture(scope="module")
def noted() -> Iterator[Noted]:
    """A mock endpoint that takes its time, and a server before it that notes down what it is asked."""
    with serve(seed=11, latency="0.002-0.02") as upstream, noting(upstream) as found:
        yield found


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
