"""`arena cache`: what is kept, by model, size and age; and clearing it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from arena.cli.main import main
from arena.core.usage import Usage
from arena.models.cache import Cache, Kept
from arena.models.endpoint import Endpoint
from arena.models.heard import Heard


@pytest.fixture(autouse=True)
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARENA_CACHE", raising=False)
    path = Path("transcripts/cache.sqlite")
    cache = Cache(path)
    for i in range(3):
        cache.put(f"a{i}", Endpoint("small", "http://h/v1"), Kept(Heard("x" * 1000), Usage()))
    cache.put("b", Endpoint("large", "http://h/v1"), Kept(Heard("y"), Usage()))
    cache.close()
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["cache", *words])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_it_is_listed_by_model_with_size_and_age(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "list")
    rows = [line.split() for line in out.splitlines()]
    assert code == 0
    assert rows[0] == ["model", "at", "replies", "size", "oldest", "newest"]
    assert [row[:3] for row in rows[1:]] == [["large", "http://h/v1", "1"], ["small", "http://h/v1", "3"]]
    assert rows[2][3:5] == ["3.1", "KB"]
    plain = json.loads(said(capsys, "list", "--json")[1])
    assert [(entry["model"], entry["replies"]) for entry in plain["entries"]] == [("large", 1), ("small", 3)]


def test_nothing_is_removed_without_a_yes(
    capsys: pytest.CaptureFixture[str], filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled.read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO(""))  # as of a script: nobody answers
    code, _, err = said(capsys, "clear")
    assert code == 2
    assert "remove 4 replies" in err
    assert "--yes" in err
    assert filled.read_bytes() == before


def test_it_is_cleared_by_model_by_age_or_altogether(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "clear", "--older-than", "1h", "--yes")[1].endswith("0 replies removed\n")
    assert said(capsys, "clear", "--model", "small", "--yes")[1].endswith("3 replies removed\n")
    assert said(capsys, "clear", "--yes")[1].endswith("1 reply removed\n")
    assert said(capsys, "list")[1].endswith("nothing is kept\n")


def test_an_age_that_is_none_and_a_file_that_is_no_cache_are_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = said(capsys, "clear", "--older-than", "soon")
    assert (code, "such as 12h or 30d" in err) == (2, True)
    (tmp_path / "no").write_text("no cache" * 200)
    code, _, err = said(capsys, "list", "--file", "no")
    assert (code, "cannot be read as a cache" in err) == (1, True)


def test_the_variable_names_another_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, filled: Path
) -> None:
    monkeypatch.setenv("ARENA_CACHE", str(filled.absolute()))
    monkeypatch.chdir("/")
    assert "small" in said(capsys, "list")[1]
