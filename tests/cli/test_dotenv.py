"""`.env`: what is read of it, what is not, and that none of it is repeated."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arena.cli.dotenv import dotenv
from arena.cli.main import main
from tests.e2e.matches import configured, model
from tests.mock_server import serve

SECRET = "key-in-a-file-4711"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("LAB_API_KEY", "LAB_BASE_URL", "A", "B", "C", "D", "E"):
        monkeypatch.delenv(name, raising=False)


def test_variables_of_the_file_are_set_for_as_long_as_a_command_runs() -> None:
    Path(".env").write_text(
        "# keys\n\nA=plain # a comment\nexport B='single $HOME `id`'\nC=\"two\\nlines\"\nD=\nE=a#b=c\n"
    )
    with dotenv():
        found = [os.environ.get(name) for name in "ABCDE"]
    assert found == ["plain", "single $HOME `id`", "two\nlines", "", "a#b=c"]
    assert not {"A", "B", "C", "D", "E"} & set(os.environ)


def test_what_is_set_already_stays_as_it_is_even_where_it_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A", "from the shell")
    monkeypatch.setenv("B", "")
    Path(".env").write_text("A=from the file\nB=from the file\n")
    with dotenv():
        assert (os.environ["A"], os.environ["B"]) == ("from the shell", "")
    assert (os.environ["A"], os.environ["B"]) == ("from the shell", "")


def test_a_line_that_says_nothing_is_named_by_its_number_and_not_by_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path(".env").write_text(f"\n\nA=1\n\n{SECRET}\nB='{SECRET}\nC=3\n")
    with dotenv():
        assert (os.environ["A"], os.environ["C"]) == ("1", "3")
    said = capsys.readouterr()
    assert said.err == (
        "Warning: .env, line 5, is passed over; expected NAME=value\n"
        "Warning: .env, line 6, is passed over; expected NAME=value\n"
    )
    assert SECRET not in said.out + said.err


def test_a_file_that_is_no_text_is_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".env").write_bytes(b"A=\xff\xfe\n")
    with dotenv():
        assert "A" not in os.environ
    assert capsys.readouterr().err == "Warning: .env is passed over: it is not UTF-8 text\n"


def test_without_a_file_or_with_a_folder_of_that_name_nothing_happens(capsys: pytest.CaptureFixture[str]) -> None:
    before = dict(os.environ)
    with dotenv():
        assert dict(os.environ) == before
    Path(".env").mkdir()
    with dotenv():
        assert dict(os.environ) == before
    assert capsys.readouterr().err == ""


def test_a_run_takes_its_key_and_its_address_from_the_file(tmp_path: Path) -> None:
    with serve(key=SECRET) as base_url:
        config = configured(tmp_path, {"m": model()}, ["m", "m", "m"])
        words = ["run", str(config), "--out", str(tmp_path / "out"), "--quiet"]
        assert main(words) == 2  # no address: the file is not there yet
        Path(".env").write_text(f"LAB_BASE_URL={base_url}\nLAB_API_KEY={SECRET}\n")
        assert main(words) == 0
    written = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert written
    assert not [file for file in written if SECRET.encode() in file.read_bytes()]


def test_help_says_nothing_of_a_file_that_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".env").write_text("nonsense\n")
    assert main(["--help"]) == 0
    assert capsys.readouterr().err == ""
