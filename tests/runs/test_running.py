"""A run on disk: what lies in its directory, and going on with whatever became of it."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
import yaml

from arena.cli.live import Quiet
from arena.errors import NotFound, UsageError
from arena.runs.directory import read_state
from arena.runs.resuming import resume_match, resume_run
from arena.runs.run import run
from arena.transcripts.read import read
from tests.runs.matches import rows, settled
from tests.runs.trials import CONFIG, SMALL, Seen, contents, ran

CALLED = Path(__file__).with_name("called.py")


def stops_after_two(seen: Seen) -> None:
    """Interrupts this process once two matches have ended."""
    if len(seen.played) == 2:
        os.kill(os.getpid(), signal.SIGINT)


def test_a_directory_holds_all_that_a_run_is(tmp_path: Path) -> None:
    result = ran(tmp_path)
    assert (result.tally.ended, result.tally.void, result.left, result.interrupted) == (6, 0, 0, False)
    assert sorted(path.name for path in result.path.iterdir()) == ["config.yaml", "matches", "plan.jsonl", "run.json"]
    assert result.path.name.split("_")[1] == "trial"
    state = read_state(result.path)
    assert (state["name"], state["status"]) == ("trial", "complete")
    assert state["totals"] == {"planned": 6, "played": 6, "void": 0, "failed": 0}
    assert set(state) >= {"started", "ended", "versions"}
    planned = [json.loads(row) for row in (result.path / "plan.jsonl").read_text().splitlines()]
    assert [match["id"] for match in planned] == sorted(path.stem for path in (result.path / "matches").iterdir())


def test_two_runs_of_a_configuration_lie_apart_and_hold_the_same(tmp_path: Path) -> None:
    one, two = ran(tmp_path), ran(tmp_path)
    assert one.path != two.path
    assert contents(one.path) == contents(two.path)


def test_repeats_share_the_environment_and_not_the_agents_dice(tmp_path: Path) -> None:
    config = CONFIG | {"agents": {name: {"scripted": "random"} for name in "abc"}}
    first, again = (read(path) for path in ran(tmp_path, config, 2).tally.paths)
    assert first.header.task == again.header.task
    assert (first.header.repeat, again.header.repeat) == (0, 1)
    assert first.lines != again.lines


def test_the_configuration_that_is_saved_needs_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "outcomes: {x: [1, 2], y: [2, 1]}\nparties: {p: {threshold: 0}, q: {threshold: 0}}\n"
    )
    (tmp_path / "replies.yaml").write_text("[{messages: [{to: all, text: hello}], move: null}]")
    config = {
        "agents": {"a": {"script": "replies.yaml"}, "b": {"scripted": "hardliner"}},
        "scenarios": [{"use": "bargain", "params": {"game": "mine.yaml", "rounds": 1}}],
    }
    seen = Seen()
    result = ran(tmp_path, config, seen=seen)
    assert [played.table.closed for played in seen.played] == ["deadline"]
    (tmp_path / "mine.yaml").unlink()
    (tmp_path / "replies.yaml").unlink()
    before = contents(result.path)
    for path in (result.path / "matches").iterdir():
        path.unlink()
    resume_run(result.path, Quiet())
    assert contents(result.path) == before
    saved = yaml.safe_load((result.path / "config.yaml").read_text())
    assert saved["scenarios"][0]["params"]["game"]["outcomes"] == {"x": [1, 2], "y": [2, 1]}
    assert saved["agents"]["a"]["script"] == [{"messages": [{"to": "all", "text": "hello"}], "move": None}]


def test_a_callable_beside_the_configuration_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "mine.py").write_text(CALLED.read_text())
    config = {
        "agents": {"a": {"call": "mine.py:slow"}},
        "design": "self_play",
        "scenarios": [{"use": "bargain", "params": SMALL}],
    }
    monkeypatch.chdir(tmp_path)
    seen = Seen()
    result = ran(Path("project"), config, seen=seen)
    (match,) = seen.played
    assert match.header.sitters[0].settings == {"call": "project/mine.py:slow"}
    match.path.write_bytes(b"".join(rows(match.path.read_bytes())[:5]))
    assert resume_run(result.path, Quiet()).tally.void == 0
    monkeypatch.chdir(tmp_path / "project")
    ran(Path(), config, seen=seen)
    assert seen.played[-1].header.sitters[0].settings == {"call": "mine.py:slow"}


@pytest.mark.parametrize("what", ["cut", "torn", "not begun", "empty", "header torn", "only nuls", "only a header"])
def test_whatever_became_of_its_matches_a_run_goes_on_to_the_same(what: str, tmp_path: Path) -> None:
    result = ran(tmp_path, limit=4)
    whole = contents(result.path)
    done, *others = sorted((result.path / "matches").iterdir())
    for path in others:
        lines = rows(path.read_bytes())
        damage = {
            "cut": b"".join(lines[:5]),
            "torn": b"".join(lines[:5]) + lines[5][:9],
            "empty": b"",
            "header torn": lines[0][:700],
            "only nuls": b"\0" * 4096,
            "only a header": lines[0],
        }
        path.write_bytes(damage.get(what, b""))
        if what == "not begun":
            path.unlink()
    seen = Seen()
    again = resume_run(result.path, seen)
    assert seen.ids == [path.stem for path in others]
    assert (again.left, again.tally.void) == (0, 0)
    assert contents(result.path) == whole
    assert done.stem not in seen.ids
    assert read_state(result.path)["status"] == "complete"
    assert read_state(result.path)["totals"] == {"planned": 4, "played": 4, "void": 0, "failed": 0}


def test_a_run_in_which_every_match_is_over_has_nothing_to_resume(tmp_path: Path) -> None:
    path = ran(tmp_path, limit=2).path
    before = contents(path)
    again = resume_run(path, Quiet())
    assert (again.tally.ended, again.left, again.interrupted) == (0, 0, False)
    assert contents(path) == before


def test_a_void_match_is_counted_and_once_resumed_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = CONFIG | {"agents": CONFIG["agents"] | {"a": {"call": f"{CALLED}:crashing"}}, "repeats": 1}
    result = ran(tmp_path, config)
    assert [void.why.rpartition(": ")[2] for void in result.tally.voids] == ["one over nothing"] * 3
    assert read_state(result.path)["status"] == "complete with void matches"
    assert read_state(result.path)["totals"] == {"planned": 3, "played": 3, "void": 3, "failed": 0}
    monkeypatch.setenv("MENDED", "yes")
    assert resume_match(result.tally.paths[1], Quiet()).tally.void == 0
    assert read_state(result.path)["status"] == "complete with void matches"
    assert read_state(result.path)["totals"] == {"planned": 3, "played": 3, "void": 2, "failed": 0}
    assert resume_run(result.path, Quiet()).tally.ended == 2
    assert read_state(result.path)["status"] == "complete"


def test_a_run_that_was_stopped_between_matches_says_how_many_were_not_begun(tmp_path: Path) -> None:
    result = run(settled(CONFIG), tmp_path / "out", Seen(at_end=stops_after_two))
    assert (result.tally.ended, result.left, result.interrupted) == (2, 4, True)
    assert read_state(result.path)["status"] == "interrupted"
    assert read_state(result.path)["totals"] == {"planned": 6, "played": 2, "void": 0, "failed": 0}
    assert resume_run(result.path, Quiet()).tally.ended == 4
    assert read_state(result.path)["status"] == "complete"


NOT_A_RUN = "this is neither a transcript nor a run with a plan.jsonl that can be read"


def test_a_directory_that_is_no_run_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"{tmp_path}: {NOT_A_RUN}"):
        resume_run(tmp_path, Quiet())
    (tmp_path / "plan.jsonl").write_text("{}\n")
    with pytest.raises(UsageError, match=NOT_A_RUN):
        resume_run(tmp_path, Quiet())
    (tmp_path / "plan.jsonl").write_text('{"id":"a","entry":0,"seed":0,"repeat":0}\n')
    with pytest.raises(UsageError, match=r"config\.yaml: No such file"):
        resume_run(tmp_path, Quiet())


@pytest.mark.parametrize("row", [{"id": "../../elsewhere"}, {"entry": 7}, {"entry": -1}, {"id": ""}])
def test_a_plan_that_does_not_fit_its_configuration_is_refused(row: dict[str, Any], tmp_path: Path) -> None:
    path = ran(tmp_path, limit=1).path
    planned = json.loads((path / "plan.jsonl").read_text()) | row
    (path / "plan.jsonl").write_text(json.dumps(planned) + "\n")
    with pytest.raises(UsageError, match="is no match of the configuration beside it"):
        resume_run(path, Quiet())


def test_a_tampered_match_is_named_and_left_as_it_is_and_the_others_go_on(tmp_path: Path) -> None:
    result = ran(tmp_path, limit=3)
    first, second, third = result.tally.paths
    for path in (second, third):
        path.write_bytes(b"".join(rows(path.read_bytes())[:6]))
    second.write_bytes(edited := second.read_bytes().replace(b'"said"', b'"said" ', 1))
    again = resume_run(result.path, Quiet())
    assert (again.tally.ended, again.tally.failed, again.left) == (1, 1, 0)
    (failure,) = again.tally.failures
    assert failure.match == second.stem
    assert f"{second.name}, line 4: its digest does not follow" in failure.why
    assert second.read_bytes() == edited
    state = read_state(result.path)
    assert (state["status"], list(state["failures"])) == ("complete with matches that failed", [second.stem])
    assert read(first).table().closed is not None
    assert read(third).table().closed is not None


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(UsageError, match="it is a file, not a directory; choose another place with --out"):
        ran(tmp_path, limit=1)


def test_what_a_seat_lacks_is_told_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    one = CONFIG["agents"]
    for agents, error, why in (
        (one | {"a": {"model": "openai/gpt-5-mini"}}, UsageError, "OPENAI_API_KEY"),
        (one | {"a": {"call": f"{CALLED}:slwo"}}, NotFound, "did you mean 'slow'"),
    ):
        with pytest.raises(error, match=why):
            ran(tmp_path, CONFIG | {"agents": agents})
        assert not (tmp_path / "out").exists()
