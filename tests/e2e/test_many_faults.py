"""Many matches against a server that fails now and then: all finish, or are void for a true reason; every call is
counted once on both sides; nothing is asked again that was recorded; and who is killed meets what it would have met."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from arena.cli.main import main
from arena.core.events import Halted, Replied
from arena.transcripts.read import read
from tests.e2e.matches import arena, configured, events, model, stats
from tests.mock_server import serve

FAULTS = ("429=0.1", "500=0.05", "hang=0.02", "cut=0.03")
SMALL: dict[str, Any] = {"issues": 3, "options": 3, "rounds": 2, "acceptance": "majority"}
REASONS = re.compile(
    r"HTTP 429 Too Many Requests|HTTP 500 Internal Server Error|no answer within 2\.5 s|the connection broke"
)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Repetitions do not wait as long as they do elsewhere."""
    monkeypatch.setattr("arena.models.retry.FIRST", 0.005)


@pytest.fixture
def faulty() -> Iterator[str]:
    """A server that fails as the issue of real endpoints has it."""
    with serve(fault=FAULTS, seed=12, retry_after=0.01) as base_url:
        yield base_url


def attempts_in(path: Path) -> int:
    """The calls that a transcript says were made: for its replies, and in vain before it halted."""
    made = sum(e.usage.attempts for e in events(path, Replied) if e.usage is not None)  # type: ignore[union-attr]
    for halted in events(path, Halted):
        told = re.search(r"\((\d+) attempts\)", halted.why)  # type: ignore[union-attr]
        made += 1 if told is None else int(told[1])
    return made


def assert_counts(base_url: str, paths: list[Path]) -> None:
    """Calls made are calls that the server counted, and no request was answered twice."""
    counted = stats(base_url)
    replied = sum(len(events(path, Replied)) for path in paths)
    assert counted["calls"] == sum(map(attempts_in, paths))
    assert counted["by_kind"]["answer"] == replied
    assert (counted["answered_again"], counted["requests"] >= replied) == (0, True)


@pytest.mark.parametrize("matches", [12, pytest.param(200, marks=pytest.mark.sweep)])
def test_all_matches_finish_or_are_void_for_a_true_reason_and_every_call_is_counted(
    faulty: str, matches: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seat = model(faulty, "json_schema", max_retries=1, timeout=2.5)
    config = configured(tmp_path, {"m": seat}, ["m"] * 3, SMALL)
    ended = arena(capsys, "run", config, "--out", tmp_path, "--set", f"scenarios[0].instances={matches}")
    assert (ended.code, len(ended.paths)) == (3, matches)  # one retry is few: some give up
    void = [card["match"] for card in ended.cards if card["void"] is not None]
    assert 0 < len(void) < matches
    for path in ended.paths:
        halted = events(path, Halted)
        assert len(halted) == (path.stem in void)
        assert all(REASONS.search(event.why) for event in halted)  # type: ignore[union-attr]
        assert (read(path).table().closed is None) == (path.stem in void)
    assert_counts(faulty, ended.paths)
    for _ in range(20):
        before = {path: path.read_bytes() for path in ended.paths}
        again = arena(capsys, "resume", ended.run)
        assert all(path.read_bytes().startswith(kept) for path, kept in before.items())
        assert_counts(faulty, ended.paths)
        if again.code == 0:
            break
    assert again.code == 0
    assert all(read(path).table().closed is not None for path in ended.paths)


RUN = (
    "import sys, arena.models.retry; arena.models.retry.FIRST = 0.005;"
    "from arena.cli.main import main; sys.exit(main(sys.argv[1:]))"
)


def test_a_run_that_is_killed_again_and_again_ends_as_one_that_is_not(tmp_path: Path) -> None:
    played = {}
    for name in ("whole", "killed"):
        with serve(fault=FAULTS, seed=11, retry_after=0.01, latency=0.01) as base_url:
            folder = tmp_path / name
            folder.mkdir()
            config = configured(folder, {"m": model(base_url, "tools", max_retries=6, timeout=2.5)}, ["m"] * 3, SMALL)
            words = ["run", config, "--out", folder, "--quiet", "--set", "scenarios[0].instances=2"]
            if name == "whole":
                assert main([str(word) for word in words]) == 0
            else:
                killed(words, folder)
            played[name] = rulings(folder)
            asked = stats(base_url)
            assert asked["calls"] > asked["by_kind"]["answer"]
    assert played["whole"] == played["killed"]


def killed(words: list[Any], folder: Path) -> None:
    """Run, and kill the process after every few more lines that it has written, until it is through."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    kills, size = 0, 500
    while True:
        with subprocess.Popen(
            [sys.executable, "-c", RUN, *map(str, words)], env=environment, stdout=subprocess.DEVNULL
        ) as process:
            start = written(folder)
            while process.poll() is None and written(folder) - start < size:
                time.sleep(0.005)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
        (run,) = [path.parent for path in folder.glob("*/plan.jsonl")]
        words = ["resume", run, "--quiet"]
        size *= 4
        if process.returncode == 0:
            break
    assert kills >= 2


def written(folder: Path) -> int:
    """The bytes of all transcripts."""
    return sum(path.stat().st_size for path in folder.glob("*/matches/*.jsonl"))


def rulings(folder: Path) -> dict[str, list[Any]]:
    """What happened in every match: all events in order, without what replies cost."""
    found = {}
    for path in sorted(folder.glob("*/matches/*.jsonl")):
        every = [a.e for line in read(path).lines for a in line.es]
        found[path.stem] = [replace(e, usage=None) if isinstance(e, Replied) else e for e in every]
    return found
