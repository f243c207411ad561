"""`arena plot`: pictures as files and in the terminal, and what stands in their way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from arena.cli.main import main
from tests.runs.matches import example, rows

NEEDED = ("altair", "vl_convert")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


def plotted(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["plot", *map(str, words)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.json", "A.SVG"])
def test_a_file_is_drawn_by_its_suffix_and_named(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert plotted(capsys, "items", "-o", name) == (0, f"{name}\n", "")
    starts = {".svg": b"<svg ", ".png": b"\x89PNG", ".json": b"{"}
    assert Path(name).read_bytes().startswith(starts[Path(name).suffix.lower()])
    assert [each.name for each in Path().iterdir()] == [name]


def test_another_picture_is_drawn_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert plotted(capsys, "items", "--picture", "talk", "-o", "talk.svg")[0] == 0
    root = ElementTree.fromstring(Path("talk.svg").read_text(encoding="utf-8"))
    assert any(each.text == "Who spoke to whom" for each in root.iter())


def test_a_file_that_is_there_is_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.svg").write_text("old", encoding="utf-8")
    assert plotted(capsys, "items", "-o", "a.svg")[0] == 0
    assert Path("a.svg").read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize("name", ["a.gif", "a", "a.html", ".svg"])
def test_an_unknown_suffix_is_refused_with_those_there_are(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = plotted(capsys, "items", "-o", name)
    assert (code, out) == (2, "")
    assert err.endswith("expected one of .svg, .png, .json\n")
    assert not list(Path().iterdir())


@pytest.mark.parametrize("place", ["missing/a.svg", "file/a.svg", "folder.svg"])
def test_a_file_that_cannot_be_written_is_said_and_nothing_is_left_behind(
    place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("file").write_text("", encoding="utf-8")
    Path("folder.svg").mkdir()
    code, out, err = plotted(capsys, "items", "-o", place)
    assert (code, out) == (1, "")
    assert err.startswith(f"Error: {place}: ")
    assert sorted(each.name for each in Path().iterdir()) == ["file", "folder.svg"]


@pytest.mark.parametrize("missing", NEEDED)
def test_without_the_extra_it_says_what_to_install(
    missing: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    for words in (("-o", "a.svg"), ("--json",)):
        code, out, err = plotted(capsys, "items", *words)
        assert (code, out) == (2, "")
        assert "pip install 'coordination-arena[plot]'" in err
    assert not list(Path().iterdir())


def test_the_terminal_needs_no_extra(capsys: pytest.CaptureFixture[str]) -> None:
    code = "import sys\nfor n in ('altair', 'vl_convert', 'openai'): sys.modules[n] = None\n"
    code += "from arena.cli.main import main\nsys.exit(main(sys.argv[1:]))"
    for words in (["items"], ["sports-resort"], ["items", "--picture", "talk"], ["items", "--list"]):
        run = [sys.executable, "-c", code, "plot", *words]
        done = subprocess.run(run, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"}, check=False)
        assert (done.returncode, done.stderr) == (0, ""), words
        assert done.stdout


def test_the_terminal_shows_the_match_its_ending_and_the_picture(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = plotted(capsys, "no-deal")
    assert (code, err) == (0, "")
    assert out.startswith("no-deal · bargain · seed 4 ──")
    assert "No deal, though one was to be had · round 3 · group value 0 of 54" in out
    assert "↑ points to Traders" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_list_names_the_pictures_and_why_one_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cut.jsonl").write_bytes(rows(example())[0])
    code, out, _ = plotted(capsys, "cut.jsonl", "--list", "--json")
    assert code == 0
    found = {each["name"]: each["missing"] for each in json.loads(out)}
    assert found == {
        "agreement": "the record ends before anything is dealt",
        "talk": None,
        "value": "the record ends before the first round",
    }
    shown = plotted(capsys, "cut.jsonl", "--list")[1]
    assert "none of this match: the record ends before anything is dealt" in shown
    code, _, err = plotted(capsys, "cut.jsonl", "--picture", "agreement")
    assert code == 2
    assert "there is no picture 'agreement' of" in err


def test_json_is_the_specification_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = plotted(capsys, "items", "--json")
    assert (code, err) == (0, "")
    assert plotted(capsys, "items", "-o", "a.json")[0] == 0
    assert out == Path("a.json").read_text(encoding="utf-8")
    assert "vega-lite" in json.loads(out)["$schema"]


def test_what_is_no_transcript_or_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    Path("no.jsonl").write_text("{}\n", encoding="utf-8")
    assert plotted(capsys, "no.jsonl")[0] == 2
    code, _, err = plotted(capsys, "itms")
    assert code == 2
    assert "did you mean 'items'?" in err
    code, _, err = plotted(capsys, "items", "--picture", "tlk")
    assert code == 2
    assert "did you mean 'talk'?" in err
