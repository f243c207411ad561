"""`arena import`: what was made, what was not understood, and what the exit code says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arena.cli.import_ import FORMATS as OFFERED
from arena.cli.main import main
from arena.importing.formats import FORMATS
from tests.importing.records import dialogue, history
from tests.importing.test_dealornodeal import line, marks


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


def imported(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["import", *words])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_the_command_offers_every_format_there_is() -> None:
    assert tuple(FORMATS) == OFFERED


def test_what_was_imported_can_be_scored_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = imported(capsys, "casino")
    assert (code, err) == (0, "")
    counted, not_understood, run, score, play = out.splitlines()
    assert (counted, not_understood) == ("imported: 30", "not understood: 0")
    folder = run.split()[-1]
    assert score.endswith(f"score {folder}")
    assert play.endswith(f"run {folder}/games.yaml")
    assert main(["score", folder]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[-7:] == [
        "matches: 30 (30 agreed)",
        "agreement rate: 1.00 [0.84, 1.00] (n = 30 matches, 22 instances; clustered Wilson)",
        "mean points of a seat: 19.14 [18.67, 19.61] (n = 60 seats, 22 instances; t)",
        "share of deals that are Pareto-optimal: 0.64 [0.43, 0.80] (n = 30 deals, 22 instances; clustered Wilson)",
        "joint share of the maximum: 0.961 [0.941, 0.982] (n = 30 matches, 22 instances; jackknife t)",
        "mean welfare ratio: 0.95 [0.92, 0.98] (n = 30 matches, 22 instances; t)",
        "coordination gain: 0.95 [0.92, 0.98] (n = 30 matches, 22 instances; jackknife t)",
    ]
    assert len(told) == 30 + 1 + 7, "a line a match"
    assert main(["score", folder, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    rate = found["totals"]["agreement_rate"]
    assert (rate["value"], rate["n"], rate["instances"], rate["method"]) == (1.0, 30, 22, "clustered Wilson")
    assert found["totals"]["mean_points"]["low"] < 1148 / 60 < found["totals"]["mean_points"]["high"]


def test_each_thing_that_was_not_understood_is_a_line_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    Path("views.txt").write_text(f"{line()}\nYOU: \x1b[2J\n{line(marks('disconnect'))}\n", encoding="utf-8")
    code, out, err = imported(capsys, "dealornodeal", "views.txt", "--agent", "crowd")
    assert code == 0
    assert out.startswith("imported: 2 (1 of them void: broken off before the end)\nnot understood: 1\n")
    assert err.startswith("not understood: views.txt, line 2, its form: found no whole <input>")
    assert "\x1b" not in err


def test_what_is_in_doubt_is_told_and_imported(capsys: pytest.CaptureFixture[str]) -> None:
    found = history()
    found["rounds"][3]["public_answer"] = "<DEAL> A1, B2, C3, D2.5, E3 </DEAL>"
    Path("history_1.json").write_text(json.dumps(found), encoding="utf-8")
    code, out, err = imported(capsys, "llm-deliberation", "history_1.json", "--game", "sports-resort", "--json")
    assert code == 0
    assert err.startswith(
        "in doubt: history_1.json, round 4: found a deal, 'A1, B2, C3, D2.5, E3', expected one option"
    )
    told = json.loads(out)
    assert (told["imported"], told["void"], told["skipped"]) == (1, 0, [])
    assert told["matches"] == ["llm-deliberation-history_1"]
    assert told["doubts"][0]["place"] == "history_1.json, round 4"


def test_exit_code_2_says_that_nothing_could_be_imported(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.json").write_text(json.dumps([dialogue(("1", "hi"))]), encoding="utf-8")
    code, out, err = imported(capsys, "casino", "bad.json")
    assert code == 2
    assert out == "imported: 0\nnot understood: 1\n"
    assert err.startswith("not understood: bad.json, dialogue 7, its end: found neither, expected an acceptance")
    assert not Path("transcripts").exists()
    assert imported(capsys, "casino", "bad.json", "--quiet")[:2] == (2, "")


def test_quiet_is_where_the_run_lies(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = imported(capsys, "casino", "--quiet", "--out", "people")
    assert (code, err) == (0, "")
    (folder,) = out.splitlines()
    assert (Path(folder) / "matches" / "casino-0157.jsonl").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["csino"], "'csino' is not one of 'casino', 'dealornodeal', 'llm-deliberation'"),
        (["casino", "nowhere.json"], "no file named 'nowhere.json'"),
        (["llm-deliberation"], "name the game with --game FILE"),
        (
            ["llm-deliberation", "--game", "veto", "--party", "SportCo"],
            "expected NAME=PARTY, such as SportCo=developer",
        ),
        (["casino", "--party", "a=b"], "leave out --game and --party"),
    ],
)
def test_what_cannot_be_imported_as_asked_is_said(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = imported(capsys, *words)
    assert (code, out) == (2, "")
    assert told in err


def test_a_party_goes_by_what_the_record_calls_it(capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(history()).replace('"Mayor"', '"M. = Mayor"')
    Path("history.json").write_text(text, encoding="utf-8")
    words = ["llm-deliberation", ".", "--game", "sports-resort", "--party", "M. = Mayor=mayor", "--quiet"]
    assert imported(capsys, *words)[0] == 0
