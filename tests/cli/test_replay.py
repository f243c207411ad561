"""`arena replay`: the match again, through every lens, paced or not, verified or not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from arena.cli.main import main
from arena.cli.seats import seat_of
from arena.errors import UsageError
from arena.transcripts.read import read
from tests.report.recorded import record

CHECKOUT = Path(__file__).parents[2]
SHARED = ("planner", "conceder", "boulware")


@pytest.fixture(scope="module")
def match(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record(tmp_path_factory.mktemp("replay") / "match.jsonl")


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made; none is waited for."""
    made: list[float] = []
    monkeypatch.setattr(time, "sleep", made.append)
    return made


def replay(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["replay", *map(str, words)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_everything_is_shown_under_a_heading_that_says_who_sat_where(
    match: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = replay(capsys, match)
    names = [seat.name for seat in read(match).game.task.seats]
    assert (code, err) == (0, "")
    assert out.splitlines()[0].startswith("bargain · a-match ──")
    assert " · ".join(f"{name} {agent}" for name, agent in zip(names, SHARED, strict=True)) in out
    for name in names:
        assert f"seen only by {name}" in out
    assert "The end:" in out


@pytest.mark.parametrize("seat", [0, 1, 2])
def test_as_a_seat_saw_it_nothing_of_the_others_is_told(
    match: Path, seat: int, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [seat.name for seat in read(match).game.task.seats]
    code, out, _ = replay(capsys, match, "--as", names[seat])
    assert code == 0
    assert f"as {names[seat]} saw it" in out
    assert re.findall(r"^  (.*?)'s? score sheet", out, re.MULTILINE) == [names[seat]]
    for told in (*SHARED, "optimum", "seed", "seen only by"):
        assert told not in out


def test_a_seat_goes_by_its_name_or_its_number(match: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = read(match).game.task.seats[1].name
    assert len({replay(capsys, match, "--as", way)[1] for way in (name, name.upper(), "1")}) == 1


def test_a_seat_that_is_not_there_is_answered_with_the_nearest(match: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = read(match).game.task.seats[1].name
    code, out, err = replay(capsys, match, "--as", name[:-1] + "x")
    assert (code, out) == (2, "")
    assert f"no seat named or numbered '{name[:-1]}x'; did you mean {name!r}?" in err


def test_names_come_before_numbers_and_capitals_decide_where_they_must() -> None:
    assert seat_of(("1", "0"), "0") == 1
    assert seat_of(("ann", "Ann"), "Ann") == 1
    assert seat_of(("Ann", "Ben"), "BEN") == 1
    for wanted in ("ANN", "2", "-1", "²"):
        with pytest.raises(UsageError):
            seat_of(("ann", "Ann"), wanted)


def test_json_prints_the_rulings_as_they_stand_in_the_file(match: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = replay(capsys, match, "--json")
    assert code == 0
    assert [json.loads(line) for line in out.splitlines()] == [
        json.loads(line) for line in match.read_text().splitlines()[1:]
    ]


def test_json_as_a_seat_prints_its_events_and_nothing_of_the_record(
    match: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = replay(capsys, match, "--json", "--as", "2")
    events = [json.loads(line) for line in out.splitlines()]
    rulings = [json.loads(line) for line in match.read_text().splitlines()[1:]]
    assert code == 0
    assert events == [addressed["e"] for ruling in rulings for addressed in ruling["es"] if 2 in addressed["to"]]
    assert [event["fact"]["seat"] for event in events if event.get("fact", {}).get("kind") == "sheet"] == [2]
    assert not any(event["kind"] == "valued" for event in events)


def test_without_a_terminal_nothing_waits(match: Path, pauses: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    replay(capsys, match)
    assert pauses == []


def test_a_speed_divides_the_recorded_pauses(
    match: Path, pauses: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    rulings = len(read(match).lines)
    replay(capsys, match, "--speed", "2")
    assert pauses == [pytest.approx(0.05)] * (rulings - 1)
    pauses.clear()
    replay(capsys, match, "--speed", "0")
    assert pauses == []


def test_no_pause_is_longer_than_anybody_would_watch(
    match: Path, pauses: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    replay(capsys, match, "--speed", "0.0001")
    assert set(pauses) == {5.0}


def test_on_a_terminal_the_pace_is_even(
    match: Path, pauses: list[float], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    replay(capsys, match)
    assert pauses == [0.6] * (len(read(match).lines) - 1)
    pauses.clear()
    replay(capsys, match, "--json")
    assert pauses == []


def test_a_negative_speed_is_wrong_usage(match: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = replay(capsys, match, "--speed", "-1")
    assert code == 2
    assert "--speed" in err


def test_a_torn_last_line_is_told_on_stderr_and_the_rest_is_shown(
    match: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torn = tmp_path / "torn.jsonl"
    whole = match.read_bytes()
    torn.write_bytes(whole[:-10])
    code, out, err = replay(capsys, torn)
    last = len(whole.splitlines(keepends=True)[-1]) - 10
    assert code == 0
    assert f"torn.jsonl: the last line is torn ({last} bytes); what stands before it is shown" in err
    assert "The record ends here" in out
    assert "The end:" not in out


def test_a_match_that_stopped_says_that_it_is_not_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = replay(capsys, record(tmp_path / "stopped.jsonl", lines=3))
    assert (code, err) == (0, "")
    assert out.endswith("The record ends here: the match was not played to its end.\n")


def test_quiet_leaves_out_the_heading(match: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = replay(capsys, match)
    _, quiet, _ = replay(capsys, match, "--quiet")
    assert "a-match" not in quiet
    assert out.endswith(quiet)


def test_a_record_that_is_what_was_played_is_verified(match: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = len(match.read_text().splitlines())
    assert replay(capsys, match, "--verify") == (0, f"verified: {lines} lines; the match is over\n", "")
    assert replay(capsys, match, "--verify", "--quiet") == (0, "", "")
    code, out, _ = replay(capsys, match, "--verify", "--json")
    assert (code, json.loads(out)["ok"], json.loads(out)["lines"]) == (0, True, lines)


def test_an_edited_record_names_its_first_line_that_differs_and_ends_with_1(
    match: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = tmp_path / "edited.jsonl"
    lines = match.read_text().splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if '"said"' in line)
    lines[at] = lines[at].replace('"text":"', '"text":"Yes. ', 1)
    edited.write_text("".join(lines))
    code, out, _ = replay(capsys, edited, "--verify")
    assert code == 1
    assert out.startswith(f"differs at line {at + 1}: ")
    assert replay(capsys, edited, "--verify", "--quiet")[:2] == (1, "")
    code, out, _ = replay(capsys, edited, "--verify", "--json")
    assert (code, json.loads(out)["ok"], json.loads(out)["line"]) == (1, False, at + 1)
    assert replay(capsys, edited)[0] == 1


@pytest.mark.parametrize("words", [["--as", "0"], ["--speed", "1"]])
def test_verifying_goes_with_no_lens_and_no_pace(
    match: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = replay(capsys, match, "--verify", *words)
    assert (code, out) == (2, "")
    assert "leave out --as and --speed" in err


def test_a_run_with_one_match_stands_for_it(match: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "matches").mkdir()
    (tmp_path / "matches" / "one.jsonl").write_bytes(match.read_bytes())
    assert replay(capsys, tmp_path)[1] == replay(capsys, match)[1]
    (tmp_path / "matches" / "two.jsonl").write_bytes(match.read_bytes())
    code, _, err = replay(capsys, tmp_path)
    assert code == 2
    assert "2 transcripts (one.jsonl, two.jsonl" in err


def test_the_name_of_a_sample_stands_for_it(
    match: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "duel.jsonl").write_bytes(match.read_bytes())
    monkeypatch.setenv("ARENA_ASSETS", str(tmp_path))
    assert replay(capsys, "duel")[1] == replay(capsys, match)[1]
    code, _, err = replay(capsys, "dual")
    assert code == 2
    assert "did you mean 'duel'?" in err


def test_a_file_that_is_no_transcript_says_what_it_is_instead(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"a": 1}\n')
    code, out, err = replay(capsys, other)
    assert (code, out) == (2, "")
    assert "not an Arena transcript" in err


def test_a_terminal_that_knows_ascii_alone_gets_question_marks_and_all_of_it(match: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "arena", "replay", str(match)],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.isascii()
    assert "The end:" in ran.stdout


@pytest.mark.parametrize("words", [[], ["--as", "1"], ["--json"], ["--verify"]])
def test_it_never_imports_a_model_client(match: Path, words: list[str]) -> None:
    listing = (
        "import json, sys\nfrom arena.cli.main import main\ncode = main(sys.argv[1:])\n"
        "print('\\n' + json.dumps([code, sorted(sys.modules)]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", listing, "replay", str(match), *words],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        check=True,
    )
    code, modules = json.loads(ran.stdout.splitlines()[-1])
    assert code == 0
    assert not {"openai", "httpx", "aiohttp", "arena.models.client"} & set(modules)
