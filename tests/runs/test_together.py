"""Many matches at once: how many are alive, what goes wrong with one of them, and what stops them all."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from arena.models.budget import Budget
from arena.models.metered import Means
from arena.runs.capacity import EACH, MATCH, MEMORY, SPARE, descriptors, live
from arena.runs.directory import read_state
from arena.runs.playing import resume
from arena.runs.pool import Outcome, Shared, Step, play_each
from arena.runs.resuming import resume_run
from arena.runs.verify import verify
from arena.transcripts.read import read
from tests.runs.matches import timeless
from tests.runs.trials import SMALL, Seen, contents, ran

CHECKOUT = Path(__file__).parents[2]
CALLED = Path(__file__).with_name("called.py")
FICKLE = f"{Path(__file__).with_name('fickle.py')}:SCENARIO"


def called(agent: str = "slow", instances: int = 6, **more: Any) -> dict[str, Any]:
    """A configuration of matches among agents that have to be waited for."""
    scenario = {"use": "bargain", "params": SMALL, "instances": instances}
    return {"agents": {"a": {"call": f"{CALLED}:{agent}"}}, "design": "self_play", "scenarios": [scenario]} | more


class Alive:
    """How many matches were alive at once, at most."""

    def __init__(self) -> None:
        self.most = 0

    def __call__(self, seen: Seen) -> None:
        self.most = max(self.most, len(seen.begun) - len(seen.played))


@pytest.mark.parametrize(("connections", "most"), [(1, 1), (4, 4), (64, 6)])
def test_as_many_matches_are_alive_as_calls_may_be_in_flight(connections: int, most: int, tmp_path: Path) -> None:
    alive = Alive()
    seen = Seen(at_begin=alive)
    result = ran(tmp_path, called(limits={"connections": connections}), seen=seen)
    assert (alive.most, result.tally.ended, result.tally.void) == (most, 6, 0)


def test_what_is_played_together_is_what_is_played_one_by_one(tmp_path: Path) -> None:
    together = ran(tmp_path, called())
    alone = ran(tmp_path, called(limits={"connections": 1}))
    assert contents(together.path) == contents(alone.path)
    assert all(verify(path).ok for path in together.tally.paths)


def test_matches_in_which_nobody_is_waited_for_are_played_one_by_one() -> None:
    assert live({"scripted", "script"}, 64) == 1
    assert live({"scripted", "model"}, 64) == 64
    assert live({"call"}, 1) == 1


def test_memory_and_files_bound_the_matches_that_are_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arena.runs.capacity.descriptors", lambda: 10**6)
    assert live({"model"}, 10**6) == MEMORY // MATCH
    monkeypatch.setattr("arena.runs.capacity.descriptors", lambda: SPARE + 10 * EACH)
    assert live({"model"}, 64) == 10
    monkeypatch.setattr("arena.runs.capacity.descriptors", lambda: 10)
    assert live({"model"}, 64) == 1


def test_a_process_asks_for_as_many_files_as_it_may_have() -> None:
    found = descriptors()
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == found or found == 1_000_000


def test_an_instance_that_cannot_be_dealt_is_listed_with_its_reason_and_the_others_are_played(tmp_path: Path) -> None:
    config = {
        "agents": {"a": {"call": FICKLE.replace("SCENARIO", "passing")}},
        "design": "self_play",
        "scenarios": [{"use": FICKLE, "instances": 8}],
        "seed": 3,
    }
    seen = Seen()
    result = ran(tmp_path, config, seen=seen)
    assert sorted([*seen.ids, *seen.failed]) == [f"00-pool-{seed:04d}-0" for seed in range(3, 11)]
    assert (result.tally.ended, result.tally.failed, result.left) == (len(seen.ids), len(seen.failed), 0)
    assert min(len(seen.ids), len(seen.failed)) >= 1
    assert all("coins are too few" in why for why in seen.failed.values())
    state = read_state(result.path)
    assert state["status"] == "complete with matches that failed"
    assert state["totals"] == {"planned": 8, "played": len(seen.ids), "void": 0, "failed": len(seen.failed)}
    assert state["failures"] == seen.failed
    again = resume_run(result.path, Seen())
    assert (again.tally.ended, again.tally.failed) == (0, len(seen.failed)), "they are tried again"


def test_a_transcript_that_is_removed_fails_its_match_and_no_other(tmp_path: Path) -> None:
    def remove(seen: Seen) -> None:
        if len(seen.begun) == 2:
            (path,) = tmp_path.glob(f"out/*/matches/{seen.begun[1]}.jsonl")
            path.unlink()

    seen = Seen(at_begin=remove)
    result = ran(tmp_path, called(), seen=seen)
    ((match, why),) = seen.failed.items()
    assert match == seen.begun[1]
    assert "removed while it was being written" in why
    assert (result.tally.ended, result.tally.failed) == (5, 1)
    again = resume_run(result.path, Seen())
    assert (again.tally.ended, again.tally.failed) == (1, 0)
    assert read_state(result.path)["status"] == "complete"


def test_what_nobody_foresaw_lets_what_is_in_flight_finish_before_it_is_raised(tmp_path: Path) -> None:
    async def broken(room: object) -> Any:
        raise ZeroDivisionError("a bug")

    result = ran(tmp_path, called())
    for path in result.tally.paths:
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:4]))
    before = [len(read(path).lines) for path in result.tally.paths]
    steps = [Step(path.stem, partial(resume, path)) for path in result.tally.paths[:3]]
    outcome: Outcome = play_each([*steps, Step("broken", broken), *steps], Seen(), Shared(Means(Budget())), live=4)
    assert isinstance(outcome.error, ZeroDivisionError)
    assert outcome.tally.ended == 3
    grown = [len(read(path).lines) for path in result.tally.paths]
    assert all(now > then for now, then in zip(grown[:3], before[:3], strict=True)), "what was asked was recorded"
    assert grown[3:] == before[3:]


LIMITED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))
from arena.cli.main import main
raise SystemExit(main(["run", sys.argv[1], "--quiet", "--out", "out"]))
"""


def test_a_full_disk_stops_all_matches_with_one_word_and_nothing_is_lost(tmp_path: Path) -> None:
    """A process whose files may not grow beyond a part of a transcript, with several of them open."""
    config = tmp_path / "c.yaml"
    config.write_text(yaml.safe_dump(called(instances=8, limits={"connections": 4})))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(config)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "SLOW": "5"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("Error: ") == 1
    assert "it may not grow further" in done.stderr
    assert "Traceback" not in done.stderr
    (run,) = (tmp_path / "out").iterdir()
    files = sorted((run / "matches").iterdir())
    assert 1 <= len(files) < 8, "no match is begun after it"
    assert all(path.read_bytes().endswith(b"}\n") for path in files)
    assert read_state(run)["status"] == "interrupted"
    kept = {path.name: timeless(path.read_bytes()) for path in files}
    resume_run(run, Seen())
    assert read_state(run)["status"] == "complete"
    assert all(contents(run)[name].startswith(before) for name, before in kept.items())


AS_NOBODY = """
import os, sys
from arena.cli.main import main
assert main(["run", sys.argv[1], "--quiet", "--out", "before"]) == 0  # with all that is imported on the way
if os.geteuid() == 0:
    os.setgid(65534), os.setuid(65534)
raise SystemExit(main(["run", sys.argv[1], "--quiet", "--out", "closed"]))
"""


def test_a_directory_that_may_not_be_written_is_said_so_and_stays_as_it_is() -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "c.yaml").write_text(yaml.safe_dump(called(instances=2)))
        (folder / "closed").mkdir()
        folder.chmod(0o755)
        (folder / "closed").chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, "c.yaml"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
            capture_output=True,
            text=True,
            check=False,
        )
        (folder / "closed").chmod(0o755)
        assert done.returncode == 1
        assert done.stderr.startswith("Error: closed/")
        assert done.stderr.endswith(": Permission denied; choose another place with --out\n")
        assert list((folder / "closed").iterdir()) == []
