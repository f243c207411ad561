"""The index says what the runs say, whatever became of it or of them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from arena.errors import NotFound, UsageError
from arena.index.asked_scores import bound, scored
from arena.index.asking import Asked, chosen, moment
from arena.index.database import NAME
from arena.index.listing import Listed, listed
from arena.results.measured import figure
from arena.results.observed import observed
from arena.results.score import score, transcripts
from arena.runs.lock import locked
from tests.runs.matches import save
from tests.runs.trials import ran

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a run of six matches."""
    ran(tmp_path)
    return tmp_path / "out"


def match_of(run: Path) -> Path:
    return min((run / "matches").iterdir())


def anew(folder: Path) -> list[Listed]:
    """What an index that was made just now says."""
    (folder / NAME).unlink()
    return listed(folder)


def test_a_run_is_listed_with_what_it_is_made_of(folder: Path) -> None:
    (run,) = listed(folder)
    assert (run.status, run.planned, run.played, run.void, run.removed, run.failed) == ("complete", 6, 6, 0, 0, 0)
    assert (run.scenarios, run.agents, run.models) == (("bargain",), ("a", "b", "c"), ())
    assert sum(run.statuses.values()) == 6
    assert (folder / run.name / "run.json").exists()
    assert listed(folder) == [run] == anew(folder)


def test_matches_that_come_change_and_go_are_seen(folder: Path) -> None:
    (before,) = listed(folder)
    one = match_of(folder / before.name)
    whole = one.read_bytes()
    one.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])  # its last line is gone: it is not over any more
    (cut,) = listed(folder)
    assert (cut.played, cut.void) == (6, 1)
    one.write_bytes(b"no transcript\n")
    assert listed(folder)[0].unreadable == 1
    one.write_bytes(b'{"schema":"arena-tran')
    assert listed(folder)[0].void == 1
    one.unlink()
    (less,) = listed(folder)
    assert (less.played, less.removed, less.void) == (5, 1, 0)
    one.write_bytes(whole)
    assert listed(folder) == [before] == anew(folder)


def test_a_run_that_is_removed_is_gone_and_another_of_its_name_is_another(folder: Path) -> None:
    (run,) = listed(folder)
    kept = folder.with_name("kept")
    (folder / run.name).rename(kept)
    assert listed(folder) == []
    match_of(kept).unlink()
    kept.rename(folder / run.name)
    assert listed(folder) == [replace(run, played=5, removed=1, statuses=listed(folder)[0].statuses)]


@pytest.mark.parametrize("harm", ["garbage", "truncated", "another version", "a table less", "other columns"])
def test_an_index_that_will_not_do_is_made_anew(folder: Path, harm: str) -> None:
    before, file = listed(folder), folder / NAME
    match harm:
        case "garbage":
            file.write_bytes(b"not a database, whatever its name says" * 500)
        case "truncated":
            file.write_bytes(file.read_bytes()[:5000])
        case _:
            with closing(sqlite3.connect(file)) as db:
                change = {
                    "another version": "PRAGMA user_version = 7",
                    "a table less": "DROP TABLE matches",
                    "other columns": "ALTER TABLE runs RENAME COLUMN status TO stands",
                }[harm]
                db.execute(change)
    assert listed(folder) == before
    with closing(sqlite3.connect(file)) as db:  # and it is there to be used the next time
        assert db.execute("SELECT count(*) FROM matches").fetchone() == (6,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [NAME]


def test_where_it_cannot_be_written_the_runs_are_listed_all_the_same(folder: Path) -> None:
    before = listed(folder)
    (folder / NAME).unlink()
    (folder / NAME).mkdir()  # in its place, so that not even root can write it
    assert listed(folder) == before


def test_processes_that_list_at_once_all_list_the_same_and_leave_a_sound_index(folder: Path) -> None:
    (folder / NAME).unlink(missing_ok=True)
    (folder / NAME).write_bytes(b"damaged, and found so by all of them at once" * 500)
    command = [sys.executable, "-m", "arena", "list", "runs", "--out", str(folder), "--score", "value>=0", "--json"]
    several = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    told = [process.communicate() for process in several]
    assert [process.returncode for process in several] == [0, 0, 0], told
    assert len({out for out, _ in told}) == 1
    assert json.loads(told[0][0])[0]["played"] == 6
    with closing(sqlite3.connect(folder / NAME)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*), sum(graded) FROM matches").fetchone() == (6, 6)


def test_a_run_whose_process_died_is_stopped(folder: Path) -> None:
    (run,) = listed(folder)
    state = json.loads((folder / run.name / "run.json").read_text())
    (folder / run.name / "run.json").write_text(json.dumps(state | {"status": "running"}))
    assert listed(folder)[0].status == "stopped"
    with locked(folder / run.name):
        assert listed(folder)[0].status == "running"


def test_a_folder_that_is_not_there_has_no_runs(tmp_path: Path) -> None:
    assert listed(tmp_path / "nowhere") == []
    assert list(tmp_path.iterdir()) == []


def test_runs_are_chosen_by_what_they_have(folder: Path) -> None:
    (run,) = listed(folder)
    paid = replace(run, name="paid", models=("openai/gpt-5-mini",), agents=("x",), started="2026-11-20T00:00:00Z")
    old = replace(run, name="old", status="interrupted", started=None)
    runs = [run, paid, old]
    assert chosen(runs, Asked()) == runs
    assert chosen(runs, Asked(model="openai/*")) == [paid]
    assert chosen(runs, Asked(agent="x", scenario="bargain")) == [paid]
    assert chosen(runs, Asked(status="inter*")) == [old]
    assert chosen([paid, old], Asked(since="2026-11-19T00:00:00Z")) == [paid]
    assert chosen(runs, Asked(agent="x", status="interrupted")) == []
    with pytest.raises(NotFound, match="did you mean 'bargain'"):
        chosen(runs, Asked(scenario="bargian"))
    assert chosen([], Asked(scenario="bargian")) == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-11-20", "2026-11-20T00:00:00Z"),
        ("2026-11-20T07:30", "2026-11-20T07:30:00Z"),
        ("2026-11-20T07:30+02:00", "2026-11-20T05:30:00Z"),
        ("36h", "2026-11-21T00:00:00Z"),
        ("2w", "2026-11-08T12:00:00Z"),
    ],
)
def test_when_is_a_date_or_how_long_ago(text: str, when: str) -> None:
    assert moment(text, NOW) == when


@pytest.mark.parametrize("text", ["yesterday", "", "999999w", "2026-13-01", "-3d"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected a date"):
        moment(text, NOW)


def test_a_run_comes_to_what_its_matches_do(folder: Path) -> None:
    (run,) = listed(folder)
    seen = list(observed([folder / run.name]))
    asked = [bound("coordination_gain>=-9"), bound("welfare_ratio <= 2"), bound("settled>-1")]
    found = scored(folder, [run.name], asked)[run.name]
    assert found == {name: figure(seen, name).overall for name in ("coordination_gain", "welfare_ratio", "settled")}
    assert (found["settled"].n, found["settled"].instances) == (6, 3)
    assert scored(folder, [run.name], [bound("settled>1")]) == {}
    with pytest.raises(NotFound, match="did you mean 'coordination_gain'"):
        scored(folder, [run.name], [bound("coordination_gan>=0")])


def test_scores_follow_their_transcripts_and_a_void_match_is_in_no_mean(folder: Path) -> None:
    (run,) = listed(folder)
    asked = [bound("rounds>0")]
    assert scored(folder, [run.name], asked)[run.name]["rounds"].n == 6
    one = match_of(folder / run.name)
    whole = one.read_bytes()
    one.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    assert scored(folder, [run.name], asked)[run.name]["rounds"].n == 5
    one.write_bytes(b"no transcript\n")
    assert scored(folder, [run.name], asked)[run.name]["rounds"].n == 5


def test_scores_that_were_saved_are_taken_where_they_are_of_the_transcript_as_it_is(folder: Path) -> None:
    (run,) = listed(folder)
    files = transcripts([folder / run.name])
    card = score(files[0])
    marked = replace(card, headline=card.headline | {"optimum": 1e6})
    save(files, [marked])
    asked = [bound("optimum>0")]
    assert scored(folder, [run.name], asked)[run.name]["optimum"].value > 1e5
    whole = files[0].read_bytes()
    files[0].write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    assert scored(folder, [run.name], asked)[run.name]["optimum"].value < 1e3


@pytest.mark.parametrize("text", ["", "gain", "gain=1", "gain>=x", "gain>=nan", "gain>=inf", ">=1", "a>=1 b>=2"])
def test_what_is_no_bound_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected a measure and a number"):
        bound(text)
