"""Playing matches again, and going on with a run that is not what was begun."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from arena.cli.main import main
from arena.errors import NotFound, UsageError
from arena.runs.changes import differences
from arena.runs.directory import read_state
from arena.runs.resuming import resume_run
from arena.runs.retrying import STATUSES, retry_run, status_of
from arena.transcripts.ending import Ending, ending
from arena.transcripts.read import read
from tests.runs.matches import rows, settled
from tests.runs.trials import CONFIG, SMALL, Seen, contents, ran

CALLED = Path(__file__).with_name("called.py")


def voided(tmp_path: Path) -> Path:
    """A run of three matches, all of them void."""
    config = CONFIG | {"agents": CONFIG["agents"] | {"a": {"call": f"{CALLED}:crashing"}}, "repeats": 1}
    return ran(tmp_path, config).path


def test_void_matches_are_played_again_from_their_beginning_and_what_they_left_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = voided(tmp_path)
    before = contents(run)
    assert {status_of(path) for path in (run / "matches").iterdir()} == {"void"}
    assert retry_run(run, ["void"], Seen()).tally.void == 3
    monkeypatch.setenv("MENDED", "yes")
    seen = Seen()
    result = retry_run(run, ["void"], seen)
    assert (result.tally.ended, result.tally.void, result.left) == (3, 0, 0)
    assert read_state(run)["status"] == "complete"
    assert len(read_state(run)["retried"]) == 2
    kept = sorted(path.name for path in (run / "retried").iterdir())
    assert kept == sorted(f"{Path(name).stem}.{k}.jsonl" for name in before for k in (1, 2))
    assert {
        name: ending(run / "retried" / f"{Path(name).stem}.1.jsonl").halted for name in before
    }.keys() == before.keys()
    assert all(read(run / "retried" / name).table().halted is not None for name in kept)
    assert retry_run(run, ["void"], Seen()).tally.ended == 0


def test_only_those_that_stand_so_are_played_again(tmp_path: Path) -> None:
    run = ran(tmp_path, limit=4).path
    before = contents(run)
    by_status: dict[str | None, set[str]] = {}
    for path in (run / "matches").iterdir():
        by_status.setdefault(status_of(path), set()).add(path.stem)
    assert set(by_status) <= set(STATUSES)
    seen = Seen()
    retry_run(run, ["agreed"], seen)
    assert set(seen.ids) == by_status["agreed"]
    assert contents(run) == before, "the agents are the same, and so are their dice"


def test_a_match_that_was_never_begun_is_no_match_to_retry(tmp_path: Path) -> None:
    run = ran(tmp_path, limit=2).path
    (run / "matches" / "00-bargain-0003-0.jsonl").unlink()
    seen = Seen()
    retry_run(run, STATUSES, seen)
    assert seen.ids == ["00-bargain-0003-1"]


def test_a_status_that_there_is_not_is_answered_with_those_that_there_are(tmp_path: Path) -> None:
    run = ran(tmp_path, limit=1).path
    with pytest.raises(NotFound, match=r"no status named 'viod'; did you mean 'void'\?"):
        retry_run(run, ["viod"], Seen())
    (run / "plan.jsonl").unlink()
    with pytest.raises(UsageError, match="takes the directory of a run, not of forks"):
        retry_run(run, ["void"], Seen())


def test_retry_says_what_it_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = voided(tmp_path)
    assert main(["retry", str(run), "--status", "agreed, forfeit"]) == 0
    assert capsys.readouterr().out == f"{run}: no match of this run is agreed or forfeit; there is nothing to retry\n"
    monkeypatch.setenv("MENDED", "yes")
    assert main(["retry", str(run), "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (told[0]["event"], told[0]["matches"]) == ("starts", 3)
    assert (told[-1]["event"], told[-1]["played"], told[-1]["void"]) == ("finished", 3, 0)


CHANGES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "an agent": (
        {"agents": CONFIG["agents"] | {"a": {"scripted": "planner"}}},
        ["agents.a.scripted: was 'conceder', is 'planner'"],
    ),
    "an agent more": (
        {"agents": CONFIG["agents"] | {"d": {"scripted": "silent"}}, "seating": ["a", "b", "c"]},
        ["agents.d: was not there, is {'scripted': 'silent'}", "seating: was not there, is ['a', 'b', 'c']"],
    ),
    "a parameter": (
        {"scenarios": [CONFIG["scenarios"][0] | {"params": SMALL | {"rounds": 3}}, CONFIG["scenarios"][1]]},
        ["scenarios[0].params.rounds: was 2, is 3"],
    ),
    "a scenario less": ({"scenarios": CONFIG["scenarios"][:1]}, ["scenarios: had 2 entries, has 1"]),
    "seed and salt": ({"seed": 4, "salt": "s"}, ["salt: was 'open', is 's'", "seed: was 3, is 4"]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_another_configuration_is_refused_with_every_difference(what: str, tmp_path: Path) -> None:
    run = ran(tmp_path, limit=2).path
    change, told = CHANGES[what]
    (run / "matches" / "00-bargain-0003-1.jsonl").unlink()
    before = contents(run)
    with pytest.raises(UsageError) as error:
        resume_run(run, Seen(), against=settled(CONFIG | change))
    why, *lines = str(error.value).splitlines()
    assert why == f"test.yaml is not the configuration of {run}; run it anew, or leave it out:"
    assert lines == [f"  {line}" for line in told]
    assert contents(run) == before
    assert resume_run(run, Seen(), against=settled(CONFIG | {"limits": {"connections": 3}})).tally.ended == 1


def test_a_saved_configuration_that_was_edited_is_refused_with_the_difference(tmp_path: Path) -> None:
    run = ran(tmp_path, limit=2).path
    (run / "matches" / "00-bargain-0003-1.jsonl").unlink()
    saved = yaml.safe_load((run / "config.yaml").read_text())
    saved["agents"]["b"]["scripted"] = "silent"
    (run / "config.yaml").write_text(yaml.safe_dump(saved))
    for act in (lambda: resume_run(run, Seen()), lambda: retry_run(run, ["agreed"], Seen())):
        with pytest.raises(UsageError) as error:
            act()
        assert str(error.value).splitlines() == [
            f"{run / 'config.yaml'} was changed since the run was begun; change it back:",
            "  agents.b.scripted: was 'planner', is 'silent'",
        ]


def test_a_directory_of_a_version_that_kept_no_configuration_apart_goes_on(tmp_path: Path) -> None:
    run = ran(tmp_path, limit=2).path
    (run / "matches" / "00-bargain-0003-1.jsonl").unlink()
    state = read_state(run)
    del state["configuration"]
    (run / "run.json").write_text(json.dumps(state))
    plan = [json.loads(row) for row in (run / "plan.jsonl").read_text().splitlines()]
    old = [{key: row[key] for key in ("id", "entry", "seed", "repeat")} for row in plan]
    (run / "plan.jsonl").write_text("".join(json.dumps(row) + "\n" for row in old))
    assert resume_run(run, Seen()).tally.ended == 1


def test_values_that_are_no_numbers_are_the_same_as_themselves() -> None:
    assert list(differences("x", float("nan"), float("nan"))) == []
    assert list(differences("x", 1, 1.0)) == []
    assert list(differences("x", {"a": [1, 2]}, {"a": [1, 3], "b": None})) == [
        "x.a[1]: was 2, is 3",
        "x.b: was not there, is None",
    ]


def test_how_a_transcript_stands_is_read_off_its_end(tmp_path: Path) -> None:
    run = ran(tmp_path, limit=1).path
    (path,) = (run / "matches").iterdir()
    whole = rows(path.read_bytes())
    found = read(path)
    status = found.table().valued.status  # type: ignore[union-attr]
    assert ending(path) == Ending(True, True, status, digest=found.digest)
    for cut in range(1, len(whole)):
        path.write_bytes(b"".join(whole[:cut]) + whole[cut][:-1])
        digest = found.lines[cut - 2].h if cut > 1 else ""
        assert ending(path) == Ending(begun=True, digest=digest), "what is torn does not count"
    for raw in (b"", whole[0][:-1], b"\0" * 100):
        path.write_bytes(raw)
        assert ending(path) == Ending()
    assert ending(tmp_path / "nonesuch.jsonl") == Ending()
    long = whole[-1].replace(b'"why":"', b'"why":"' + b"x" * 100_000)
    path.write_bytes(b"".join(whole[:-1]) + long)
    assert ending(path).over
    assert ending(voided(tmp_path / "void") / "matches" / "00-bargain-0003-0.jsonl").halted is not None
