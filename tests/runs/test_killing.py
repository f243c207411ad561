"""Real processes, real signals: whatever stops a run, nothing recorded is lost and nobody is asked twice."""

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

import pytest
import yaml

from arena.cli.main import main
from arena.configs.load import load
from arena.configs.resolve import resolve
from arena.core.events import Replied
from arena.planning.plan import header, plan
from arena.runs.directory import read_state
from arena.runs.verify import verify
from arena.transcripts.read import read
from tests.runs.matches import played, resumed, timeless

CHECKOUT = Path(__file__).parents[2]
CALLED = Path(__file__).with_name("called.py")
Asked = list[tuple[int, int]]  # (seat, nth)


class Scene:
    """A configuration with slow agents in a folder of its own, and what they noted down of each process."""

    def __init__(self, folder: Path, agent: str, protocol: dict[str, object] | None = None, slow: int = 2) -> None:
        self.folder, self.asked = folder, folder / "asked"
        self.environment = {"ASKED": str(self.asked), "SLOW": str(slow), "PYTHONPATH": str(CHECKOUT)}
        self.config = folder / "config.yaml"
        scenario = {"use": "bargain", "params": {"issues": 3, "options": 3, "rounds": 6}, "protocol": protocol or {}}
        self.config.write_text(
            yaml.safe_dump(
                {
                    "design": "self_play",
                    "seed": 3,
                    "agents": {"mine": {"call": f"{CALLED}:{agent}"}},
                    "scenarios": [scenario],
                }
            )
        )

    def unkilled(self) -> bytes:
        """The transcript of the match when nothing stops it."""
        resolved = resolve(load(self.config), self.folder)
        done = played(header(resolved, next(plan(resolved))), self.folder / "unkilled.jsonl")
        assert done.table.closed is not None
        return done.path.read_bytes()

    @contextmanager
    def process(self, *words: object) -> Iterator[subprocess.Popen[str]]:
        """`arena WORDS` as a process, its asks noted down afresh."""
        self.asked.write_text("")
        command = [sys.executable, "-m", "arena", *map(str, words)]
        with subprocess.Popen(
            command, cwd=self.folder, env=os.environ | self.environment, stderr=subprocess.PIPE, text=True
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def until_asked(self, process: subprocess.Popen[str], times: int) -> None:
        """Wait until the agents were asked so often, or the process has ended by itself."""
        while process.poll() is None and len(self.asks()) < times:
            time.sleep(0.001)

    def asks(self) -> Asked:
        """What the agents of the last process were asked."""
        return [(int(seat), int(nth)) for seat, nth in (line.split() for line in self.asked.read_text().splitlines())]

    @property
    def transcript(self) -> Path:
        """The only one there is."""
        (file,) = self.folder.glob("out/*/matches/*.jsonl")
        return file


def recorded(path: Path) -> Asked:
    """The asks whose answers a transcript holds."""
    nth = [0] * 8
    asked: Asked = []
    for line in read(path).lines:
        for event in (a.e for a in line.es if isinstance(a.e, Replied)):
            asked.append((event.seat, nth[event.seat]))
            nth[event.seat] += 1
    return asked


def rulings(path: Path) -> list[object]:
    """A transcript's lines but the replies, which arrive within a wave in any order."""
    return [line.es for line in read(path).lines if not isinstance(line.es[0].e, Replied)]


def killed_again_and_again(scene: Scene, times: int, dice: random.Random) -> Asked:
    """Kill a run in its middle, and then each process that resumes it, wherever it is by then; then let it end.

    Returns what was asked last though its answer had been recorded.
    """
    words: tuple[object, ...] = ("run", scene.config, "--out", "out", "--quiet")
    answered: Asked = []
    for _ in range(times):
        with scene.process(*words) as process:
            scene.until_asked(process, dice.randint(1, 12))
            time.sleep(dice.random() / 200)
            process.kill()
        answered = recorded(scene.transcript)
        assert len(set(scene.asks()) - set(answered)) <= 1, "only what was in flight may be lost"
        assert process.returncode in (0, -signal.SIGKILL)
        if read(scene.transcript).table().closed is not None:
            break
        words = ("resume", scene.transcript, "--quiet")
    os.environ |= scene.environment
    scene.asked.write_text("")
    if read(scene.transcript).table().closed is None:
        resumed(scene.transcript)
    return sorted(set(answered) & set(scene.asks()))


@pytest.fixture(autouse=True)
def as_the_processes_have_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Their folder, since paths in a record are as they are found from there; and no variable of theirs left behind."""
    monkeypatch.chdir(tmp_path)
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ |= before


@pytest.mark.parametrize("seed", [1, 2])
def test_a_run_that_is_killed_goes_on_to_the_same_bytes_and_asks_nobody_twice(seed: int, tmp_path: Path) -> None:
    scene = Scene(tmp_path, "slow")
    assert killed_again_and_again(scene, 3, random.Random(seed)) == []
    assert timeless(scene.transcript.read_bytes()) == timeless(scene.unkilled())
    assert verify(scene.transcript).ok


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(20))
def test_a_run_that_is_killed_anywhere_goes_on_to_the_same_bytes(seed: int, tmp_path: Path) -> None:
    scene = Scene(tmp_path, "slow")
    assert killed_again_and_again(scene, 5, random.Random(1000 + seed)) == []
    assert timeless(scene.transcript.read_bytes()) == timeless(scene.unkilled())


def test_ctrl_c_once_finishes_what_is_in_flight_and_says_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene = Scene(tmp_path, "slow", {"turns": "simultaneous"}, slow=20)
    with scene.process("run", scene.config, "--out", "out", "--quiet") as process:
        scene.until_asked(process, 4)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "Finishing what is in flight; press Ctrl-C again to stop now." in told
    assert sorted(recorded(scene.transcript)) == sorted(scene.asks())
    assert len(scene.asks()) % 3 == 0
    assert f"void: {scene.transcript.stem}: interrupted" in told
    assert scene.transcript.read_bytes().endswith(b"}\n")
    assert verify(scene.transcript).why == "the match is not over yet"
    command = told.partition("go on with: ")[2].splitlines()[0]
    assert command.endswith(f"arena resume {scene.transcript.relative_to(tmp_path)}")
    answered = recorded(scene.transcript)
    scene.asked.write_text("")
    os.environ |= scene.environment
    assert main(["resume", *shlex.split(command.partition(" resume ")[2]), "--quiet"]) == 0
    assert capsys.readouterr().out.strip() == str(scene.transcript.relative_to(tmp_path))
    assert not set(answered) & set(scene.asks())
    scene.unkilled()
    assert rulings(scene.transcript) == rulings(tmp_path / "unkilled.jsonl")


def test_ctrl_c_twice_stops_now_and_loses_nothing_that_was_recorded(tmp_path: Path) -> None:
    scene = Scene(tmp_path, "stuck")
    with scene.process("run", scene.config, "--out", "out", "--quiet") as process:
        scene.until_asked(process, 4)
        assert process.stderr is not None
        process.send_signal(signal.SIGINT)
        assert process.stderr.readline() == "\n"
        assert process.stderr.readline().startswith("Finishing what is in flight")
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    place = scene.transcript.parents[1]
    assert "not played: 1 match\n  go on with: " in told
    assert told.endswith(f"arena resume {place.relative_to(tmp_path)}\n")
    assert read_state(place)["status"] == "interrupted"
    assert scene.asks() == [(0, 0), (1, 0), (2, 0), (0, 1)]
    assert recorded(scene.transcript) == scene.asks()[:-1]
    assert verify(scene.transcript).ok
