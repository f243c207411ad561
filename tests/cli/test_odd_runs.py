"""`compare`, `ratings` and `power` on runs that say little or nothing: clear words, no figure that means nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from arena.cli.main import main
from tests.runs.trials import SMALL, ran

CONFIG = {
    "agents": {"a": {"scripted": "planner"}, "b": {"scripted": "conceder"}},
    "scenarios": [{"use": "bargain", "params": SMALL | {"seats": 2}, "instances": 4}],
    "design": "self_play",
}
Asked = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ran(tmp_path_factory.mktemp("odd"), CONFIG).path


@pytest.fixture
def run(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "run"))


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Asked:
    def ask(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return ask


COMMANDS = [("compare",), ("ratings",), ("ratings", "--within"), ("power", "--delta", "0.05")]


@pytest.mark.parametrize("command", COMMANDS)
def test_of_void_matches_alone_there_is_no_figure(command: tuple[str, ...], run: Path, asked: Asked) -> None:
    for file in (run / "matches").iterdir():
        file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:4]))
    code, out, err = asked(*command, run)
    assert (code, out) == (2, "")
    assert "all 8 matches are void, so that there is no figure: the match was not played to its end" in err


@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[1], COMMANDS[3]])
def test_what_was_removed_is_told_and_in_no_figure(command: tuple[str, ...], run: Path, asked: Asked) -> None:
    for file in sorted((run / "matches").iterdir())[:4]:
        file.unlink()
    code, out, err = asked(*command, run)
    assert code == 0
    assert out
    assert err == f"{run}: 4 of 8 planned matches were not begun, or were removed; they are in no figure\n"


def test_who_is_alone_is_compared_with_nobody(run: Path, asked: Asked) -> None:
    assert "a and a are one agent; name two" in asked("compare", run, "--agents", "a,a")[2]
    for file in (run / "matches").glob("*-b-0.jsonl"):
        file.unlink()
    assert "one agent alone, a; name a second run" in asked("compare", run)[2]


def test_agents_who_never_meet_are_not_ranked_within_matches(run: Path, asked: Asked) -> None:
    code, _, err = asked("ratings", run, "--within")
    assert code == 2
    assert "no match that is not void has two of them in it" in err


def test_a_run_that_is_named_twice_counts_once(run: Path, asked: Asked) -> None:
    assert asked("ratings", run, run, "--json") == asked("ratings", run, "--json")
    assert asked("ratings", run, run / ".." / "run", "--json") == asked("ratings", run, "--json")


@pytest.mark.parametrize("delta", ["nan", "inf", "-1", "0", "1e-300"])
def test_a_difference_that_is_none_is_refused(delta: str, run: Path, asked: Asked) -> None:
    code, out, err = asked("power", run, f"--delta={delta}")
    assert (code, out) == (2, "")
    assert "expected a difference above 0, such as 0.05" in err
