"""`arena resume`: on from where it stopped, as if it never had."""

from __future__ import annotations

from pathlib import Path

import pytest

from arena.cli.console import program
from arena.cli.main import main
from arena.runs.directory import read_state
from tests.runs.matches import example, rows, timeless
from tests.told import ended

CALLED = Path(__file__).parents[1] / "runs" / "called.py"
CONFIG = """
agents: {a: {scripted: conceder}, b: {scripted: boulware}, c: {scripted: planner}}
scenarios: [{use: bargain, params: {seats: 3, issues: 3, options: 3, rounds: 2}, instances: 3}]
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Path:
    """A run of three matches."""
    Path("c.yaml").write_text(CONFIG)
    assert main(["run", "c.yaml", "--quiet"]) == 0
    return Path(capsys.readouterr().out.splitlines()[0]).parents[1]


def resume(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["resume", *map(str, words)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def contents(run: Path) -> dict[str, bytes]:
    return {path.stem: timeless(path.read_bytes()) for path in sorted((run / "matches").iterdir())}


def test_a_match_goes_on_to_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("m.jsonl")
    path.write_bytes(b"".join(rows(example())[:9]) + b'{"n":10,"t"')
    code, out, err = resume(capsys, path)
    assert (code, err) == (0, "")
    assert "transcript  m.jsonl" in out
    assert "coordination gain" in out
    assert timeless(path.read_bytes()) == timeless(example())
    assert [path.name for path in Path().iterdir()] == ["m.jsonl"]


def test_a_run_goes_on_with_what_is_torn_and_what_was_not_begun(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = contents(run)
    first, second, third = sorted((run / "matches").iterdir())
    first.write_bytes(first.read_bytes()[:-30])
    second.write_bytes(second.read_bytes()[:600])
    third.unlink()
    code, out, err = resume(capsys, run, "--json")
    assert (code, err) == (0, "")
    assert [card["match"] for card in ended(out)["matches"]] == list(whole)
    assert all(card["void"] is None for card in ended(out)["matches"])
    assert contents(run) == whole
    assert read_state(run)["status"] == "complete"


def test_quiet_prints_where_the_transcripts_lie(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, second, _ = sorted((run / "matches").iterdir())
    second.unlink()
    assert resume(capsys, run, "--quiet") == (0, f"{second}\n", "")


def test_what_is_over_is_left_as_it_is(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(run)
    code, out, err = resume(capsys, run)
    assert (code, err) == (0, "")
    assert out == f"{run}: every match of this run is over; there is nothing to resume\n"
    path = sorted((run / "matches").iterdir())[0]
    code, out, err = resume(capsys, path)
    assert (code, err) == (0, "")
    assert out == f"{path}: this match is over; there is nothing to resume\n"
    code, out, err = resume(capsys, path, "--json")
    assert (code, ended(out)["matches"]) == (0, [])
    assert err == f"{path}: this match is over; there is nothing to resume\n"
    assert contents(run) == before


def test_a_match_that_is_void_again_says_so_and_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    Path("two words").mkdir()
    Path("c.yaml").write_text(
        f"agents: {{a: {{call: '{CALLED}:crashing'}}}}\ndesign: self_play\nscenarios: [{{use: bargain}}]\n"
    )
    assert main(["run", "c.yaml", "--quiet", "--out", "two words"]) == 3
    shown = capsys.readouterr()
    path = shown.out.strip()
    for words in ((path,), (Path(path).parents[1],)):
        code, _, err = resume(capsys, *words, "--quiet")
        assert code == 3
        why, how = err.splitlines()
        assert why.startswith("void: 00-bargain-0000-0: the agent in seat 0 crashed: called.py, line ")
        assert why.endswith(": ZeroDivisionError: one over nothing")
        assert how == f"  go on with: {program()} resume '{path}'"


@pytest.mark.parametrize(
    ("path", "code", "told"),
    [
        ("nonesuch.jsonl", 2, "nonesuch.jsonl: No such file or directory"),
        ("folder", 2, "folder: this is neither a transcript nor a run with a plan.jsonl that can be read"),
        ("empty.jsonl", 2, "empty.jsonl: the file is empty"),
        ("torn.jsonl", 2, "torn.jsonl: its header is torn, the match never began; remove the file and run it again"),
        ("foreign.jsonl", 2, "foreign.jsonl: this is not an Arena transcript"),
        ("edited.jsonl", 1, "edited.jsonl, line 4: its digest does not follow"),
    ],
)
def test_what_cannot_be_resumed_is_said_so_and_left_as_it_is(
    path: str, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("folder").mkdir()
    files = {
        "empty.jsonl": b"",
        "torn.jsonl": example()[:500],
        "foreign.jsonl": b'{"role": "user"}\n',
        "edited.jsonl": b"".join(rows(example())[:9]).replace(b'"said"', b'"said" ', 1),
    }
    for name, content in files.items():
        Path(name).write_bytes(content)
    found, out, err = resume(capsys, path)
    assert (found, out) == (code, "")
    assert told in err
    assert {name: Path(name).read_bytes() for name in files} == files
