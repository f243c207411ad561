"""`arena score`: files, runs and samples, graded offline; a void match has a reason and no score."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from arena import assets
from arena.cli.main import main
from arena.results.score import score
from tests.runs.matches import bargain, example, played, rows

CHECKOUT = Path(__file__).parents[2]
LISTING = """
import json, sys
from arena.cli.main import main
code = main(sys.argv[1:])
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def run() -> Path:
    """A run's directory with a match that is over and one that is not."""
    played(bargain(), Path("run/matches/00-bargain-0003-0.jsonl"))
    Path("run/matches/00-bargain-0004-0.jsonl").write_bytes(b"".join(rows(example())[:9]))
    return Path("run")


def scored(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["score", *map(str, words)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_a_transcript_gets_a_scorecard(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = scored(capsys, run / "matches/00-bargain-0003-0.jsonl")
    assert (code, err) == (0, "")
    assert "00-bargain-0003-0" in out
    assert "coordination gain" in out
    assert "welfare ratio" in out


def test_json_is_the_scorecard_and_nothing_else(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = run / "matches/00-bargain-0003-0.jsonl"
    code, out, err = scored(capsys, path, "--json")
    assert (code, err) == (0, "")
    (card,) = json.loads(out)["matches"]
    assert (card["match"], card["void"]) == ("00-bargain-0003-0", None)
    assert card["headline"]["value"] == score(path).headline["value"]
    assert "NaN" not in out


def test_a_void_match_has_a_reason_and_no_scores_and_the_exit_code_says_so(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = scored(capsys, run, "--json")
    assert code == 3
    over, void = json.loads(out)["matches"]
    assert over["agreement"]["welfare_ratio"] is not None
    assert (void["status"], void["void"]) == ("void", "the match was not played to its end")
    assert (void["headline"], void["agreement"], void["per_seat"]) == ({}, {}, {})
    code, out, _ = scored(capsys, run)
    assert code == 3
    assert "the match was not played to its end" in out
    assert out.count("coordination gain") == 2, "the match that is over, and all together"
    assert "matches: 2 (1 agreed, 1 void)" in out
    assert "coordination gain: 1.00 (n = 1 matches, 1 instance)" in out


def test_quiet_is_a_line_a_match(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = scored(capsys, run, "--quiet")
    assert code == 3
    first, second = (line.split("\t") for line in out.splitlines())
    assert first[:2] == ["00-bargain-0003-0", "agreed"]
    assert second == ["00-bargain-0003-0", "void", "the match was not played to its end"]


def test_saved_scores_stand_beside_the_transcripts_and_change_none(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in run.glob("matches/*")}
    code, out, err = scored(capsys, run / "matches/00-bargain-0003-0.jsonl", "--save", "--json")
    assert code == 0
    assert err == f"scores in {run / 'scores' / 'arena@1.jsonl'}\n"
    (row,) = map(json.loads, (run / "scores/arena@1.jsonl").read_text().splitlines())
    assert row["score"] == json.loads(out)["matches"][0]
    assert (row["scorer"], set(row)) == ("arena@1", {"scorer", "when", "digest", "score"})
    assert {path: path.read_bytes() for path in run.glob("matches/*")} == before


def test_samples_are_scored_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    for name in assets.names("samples", ".jsonl"):
        code, out, _ = scored(capsys, name, "--json")
        (card,) = json.loads(out)["matches"]
        assert code == (0 if card["void"] is None else 3)
        assert card == json.loads(scored(capsys, f"{name}.jsonl", "--json")[1])["matches"][0]


@pytest.mark.parametrize(
    ("path", "code", "told"),
    [
        ("nonesuch", 2, "no transcript named 'nonesuch'"),
        ("folder", 2, "folder: no transcripts (*.jsonl) in this directory"),
        ("foreign.jsonl", 2, "foreign.jsonl: this is not an Arena transcript: its first line has no schema"),
        ("empty.jsonl", 2, "empty.jsonl: the file is empty"),
        ("edited.jsonl", 1, "edited.jsonl, line 4: its digest does not follow from the lines before it"),
        ("later.jsonl", 2, "this transcript has schema 'arena-transcript/9'; this version reads 'arena-transcript/1'"),
        ("unknown.jsonl", 2, "this transcript needs a scenario that is not installed: no scenario named 'haggle'"),
    ],
)
def test_what_cannot_be_scored_is_said_so(path: str, code: int, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    import msgspec

    from tests.runs.matches import rechained

    Path("folder").mkdir()
    Path("foreign.jsonl").write_text('{"role": "user", "content": "hello"}\n')
    Path("empty.jsonl").touch()
    Path("edited.jsonl").write_bytes(example().replace(b'"said"', b'"said" ', 1))
    Path("later.jsonl").write_bytes(example().replace(b"transcript/1", b"transcript/9", 1))
    lines = [msgspec.json.decode(row) for row in rows(example())]
    Path("unknown.jsonl").write_bytes(rechained([lines[0] | {"scenario": "haggle"}, *lines[1:]]))
    found, out, err = scored(capsys, path)
    assert (found, out) == (code, "")
    assert err.startswith("Error: ")
    assert told in err


def test_a_transcript_that_cannot_be_read_is_listed_and_the_others_are_scored(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played(bargain(seed=5), run / "matches/02.jsonl")
    whole = (run / "matches/02.jsonl").read_bytes()
    (run / "matches/00.jsonl").touch()
    (run / "matches/01.jsonl").write_bytes(whole.replace(b'"said"', b'"said" ', 1))
    code, out, err = scored(capsys, run, "--save")
    assert code == 2
    assert "matches: 3 (" in out, "totals of those that could be read"
    told = err.splitlines()
    assert told[0] == f"not scored: {run}/matches/00.jsonl: the file is empty"
    assert told[1].startswith(f"not scored: {run}/matches/01.jsonl, line ")
    assert told[2:] == [
        "not scored: 2 of 5 transcripts; they are in no figure",
        f"scores in {run / 'scores' / 'arena@1.jsonl'}",
    ]
    code, out, _ = scored(capsys, run, "--json")
    assert (code, len(json.loads(out)["matches"]), len(json.loads(out)["unread"])) == (2, 3, 2)


def test_a_run_that_was_stopped_says_how_much_of_its_plan_no_figure_holds(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["00-bargain-0003-0", "00-bargain-0004-0", "00-bargain-0005-0", "00-bargain-0006-0"]
    (run / "plan.jsonl").write_text("".join(f'{{"id":"{name}","seed":3}}\n' for name in names))
    told = "2 of 4 planned matches were not begun, or were removed; they are in no figure\n"
    code, _, err = scored(capsys, run)
    assert (code, err) == (3, f"run: {told}")
    assert scored(capsys, ".")[2] == f"run: {told}"
    assert scored(capsys, run, "--quiet")[2] == ""
    assert scored(capsys, run / "matches/00-bargain-0003-0.jsonl")[2] == ""


def test_scoring_meets_no_model_client(run: Path) -> None:
    command = [sys.executable, "-c", LISTING, "score", str(run), "--json"]
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    code, modules = json.loads(ran.stderr)
    assert code == 3
    assert {"openai", "httpx", "aiohttp", "tenacity"}.isdisjoint(modules)
    assert len(json.loads(ran.stdout)["matches"]) == 2
