"""`arena fork`: play on from a moment with other agents, and compare the endings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arena.cli.main import main
from arena.runs.verify import verify
from arena.transcripts.read import read
from tests.runs.matches import bargain, example, played, rows


@pytest.fixture(autouse=True)
def parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished match in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return played(bargain(), Path("parent.jsonl")).path


def fork(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["fork", *map(str, words)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_a_fork_is_played_shown_and_compared_with_its_parent(parent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = fork(capsys, parent, "--at", 4, "--seat", "0=hardliner", "--seat", "1=silent", "--out", "forks")
    assert (code, err) == (0, "")
    (path,) = Path("forks").glob("*/matches/*.jsonl")
    assert f"transcript  {path}" in out
    endings = [line.split() for line in out.splitlines() if line.startswith("00-bargain-0003-0")]
    assert [line[0] for line in endings] == ["00-bargain-0003-0", "00-bargain-0003-0~4-0"]
    assert [line[1:4] for line in endings] == [["a0,", "a1,", "a2"], ["hardliner,", "silent,", "a2"]]
    found, before = read(path), read(parent)
    assert [line.es for line in found.lines[:3]] == [line.es for line in before.lines[:3]]
    assert found.header.fork is not None
    assert (found.header.fork.parent, found.header.fork.line) == ("00-bargain-0003-0", 4)
    assert verify(path).ok


def test_json_has_the_parent_first_and_stands_alone_on_stdout(parent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--at", 3, "--repeats", 2, "--json", "--out", "forks")
    code, out, err = fork(capsys, parent, *words)
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert [card["match"] for card in told["matches"]] == [
        "00-bargain-0003-0",
        "00-bargain-0003-0~3-0",
        "00-bargain-0003-0~3-1",
    ]
    # The same agents and the same repeat: the parent's own ending.
    first, second = told["matches"][:2]
    assert first | {"match": ""} == second | {"match": ""}


def test_quiet_prints_where_the_transcripts_lie(parent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = fork(capsys, parent, "--at", 2, "--repeats", 2, "--quiet", "--out", "forks")
    assert (code, err) == (0, "")
    assert out.splitlines() == [str(path) for path in sorted(Path("forks").glob("*/matches/*.jsonl"))]


def test_agents_of_a_configuration_take_seats(parent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("replies.yaml").write_text('[{messages: [{to: all, text: "I have nothing to add."}]}, "{}"]')
    Path("c.yaml").write_text("agents: {mute: {script: replies.yaml}}\nscenarios: [{use: bargain}]\n")
    code, out, _ = fork(capsys, parent, "--at", 2, "--seat", "2=mute", "--config", "c.yaml", "--quiet")
    assert code == 0
    assert "I have nothing to add." in Path(out.strip()).read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--at", "17"], "there is no line 17 to fork at; the transcript has lines 1 (the header) to 16"),
        (["--at", "16"], "the match is over at line 16; fork at an earlier line than 16"),
        (["--at", "0"], "Invalid value for '--at'"),
        (["--at", "x"], "Invalid value for '--at'"),
        ([], "Missing option '--at'"),
        (["--at", "3", "--seat", "Nobody=planner"], "no seat named 'Nobody'"),
        (["--at", "3", "--seat", "0"], "--seat 0: expected SEAT=AGENT"),
        (["--at", "3", "--seat", "0=planner", "--seat", "0=silent"], "is given twice; leave one out"),
        (["--at", "3", "--seat", "0=plannr"], "no scripted agent of bargain named 'plannr'; did you mean 'planner'?"),
        (["--at", "3", "--seat", "0=opnai/x"], "no model provider named 'opnai'"),
        (["--at", "3", "--seat", "0=x", "--config", "none.yaml"], "none.yaml: No such file or directory"),
        (["--at", "3", "--repeats", "0"], "Invalid value for '--repeats'"),
    ],
)
def test_what_cannot_be_forked_is_said_so_and_writes_nothing(
    words: list[str], told: str, parent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = fork(capsys, parent, *words)
    assert (code, out) == (2, "")
    assert told in err
    assert [path.name for path in Path().iterdir()] == ["parent.jsonl"]


def test_a_fork_of_a_transcript_that_was_edited_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("edited.jsonl").write_bytes(example().replace(b'"said"', b'"said" ', 1))
    code, _, err = fork(capsys, "edited.jsonl", "--at", 3)
    assert code == 1
    assert "edited.jsonl, line 4: its digest does not follow" in err
    code, _, err = fork(capsys, "nonesuch.jsonl", "--at", 3)
    assert code == 2
    assert "no transcript named 'nonesuch.jsonl'" in err


def test_a_void_parent_and_its_fork_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    Path("void.jsonl").write_bytes(b"".join(rows(example())[:9]))
    code, out, err = fork(capsys, "void.jsonl", "--at", 9, "--json")
    assert (code, err) == (0, "")
    before, after = json.loads(out)["matches"]
    assert before["void"] == "the match was not played to its end"
    assert (after["void"], after["headline"]["rounds"]) == (None, 4)
