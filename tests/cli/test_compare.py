"""`arena compare`: two runs or two agents, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arena.cli.main import main
from tests.runs.trials import SMALL, ran

TRIO = {
    "name": "trio",
    "agents": {"planner": {"scripted": "planner"}, "late": {"scripted": "boulware"}, "c": {"scripted": "conceder"}},
    "scenarios": [{"use": "bargain", "params": SMALL | {"seats": 2}, "instances": 12}],
    "design": "cross_play",
}


@pytest.fixture(scope="module")
def crossed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ran(tmp_path_factory.mktemp("crossed"), TRIO).path


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


def compared(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["compare", *map(str, words)])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_two_agents_of_a_run_are_compared(crossed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = compared(capsys, crossed, "--agents", "planner,late")
    assert (code, err) == (0, "")
    assert out.startswith("planner against late: 60 pairs on 12 instances\n")
    assert "coordination gain" in out
    assert "p < .05, by Holm over 1 comparison" in out
    assert "by Benjamini and Hochberg" in out
    assert "void, of all" in out
    assert "seats (bargain issues=3" in out
    assert "pairs averaged by instance" in out


def test_json_has_all_of_it(crossed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = compared(capsys, crossed, "--agents", "planner,late", "--metric", "payoff", "--json")
    found = json.loads(out)
    (row,) = found["primary"]
    assert code == 0
    assert (row["measure"], row["family"]) == ("payoff", "bargain")
    assert {"value", "low", "high", "n", "instances", "method", "error"} == row["difference"]["estimate"].keys()
    assert {"coordination_gain", "welfare_ratio"} <= {each["measure"] for each in found["exploratory"]} | set(
        found["same"]
    )


def test_runs_that_differ_in_an_agent_are_compared_by_it(
    crossed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agents = {"other": {"scripted": "planner"}, "late": {"scripted": "boulware"}, "c": {"scripted": "conceder"}}
    again = ran(tmp_path, TRIO | {"agents": agents}).path
    _, out, _ = compared(capsys, crossed, again, "--json")
    found = json.loads(out)
    assert (found["first"]["agent"], found["second"]["agent"]) == ("planner", "other")
    assert found["primary"][0]["difference"]["estimate"]["value"] == 0
    assert found["exploratory"] == []


def test_a_run_against_itself_never_differs(crossed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = compared(capsys, crossed, crossed)
    assert code == 0
    assert "never differ" in out
    assert "+0.000" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--agents", "planner"], "expected two agents, such as planner,conceder"),
        (["--agents", "planner,nobody"], "no agent named 'nobody'"),
        ([], "3 agents (c, late, planner); say which two: --agents A,B"),
        (["--agents", "planner,late", "--metric", "welfare"], "no measure named 'wealth'"),
    ],
)
def test_what_cannot_be_compared_is_said(
    words: list[str], told: str, crossed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["wealth" if word == "welfare" else word for word in words]
    code, out, err = compared(capsys, crossed, *words)
    assert (code, out) == (2, "")
    assert told in err
