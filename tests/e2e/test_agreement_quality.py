"""How good agreements are, from a game file to the printed scorecard: what may not pass, who was robbed, no deal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from arena.cli.main import main

VETO = {"confluence": [10, 10, 1], "ford": [6, 5, 3], "bridge": [4, 4, 4], "weir": [5, 4, 3]}
RATIOS = [f"{name}_ratio" for name in ("nash", "kalai_smorodinsky", "egalitarian", "welfare")]

Arena = Callable[..., str]


@pytest.fixture
def arena(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Arena:
    """Runs a command in an empty directory; what it prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def command(*words: str) -> str:
        code = main(list(words))
        shown = capsys.readouterr()
        assert code == 0, shown.err
        return shown.out

    return command


def play(
    arena: Arena,
    deal: str | None,
    outcomes: dict[str, list[float]] = VETO,
    acceptance: str = "unanimous",
    thresholds: tuple[float, ...] = (2, 2, 2),
) -> dict[str, Any]:
    """The scorecard of a match in which the first seat proposes this deal and all accept it; None: it walks away."""
    parties = {f"p{i}": {"threshold": threshold} for i, threshold in enumerate(thresholds)}
    game = {"outcomes": outcomes, "parties": parties, "acceptance": acceptance, "rounds": 2}
    proposes = [{"move": {"kind": "propose", "deal": {"outcome": deal}}}] if deal else [{"move": {"kind": "walk_away"}}]
    accepts = [{"move": {"kind": "accept", "offer": 1}}] if deal else []
    config = {
        "agents": {"first": {"script": proposes}, "others": {"script": accepts}},
        "seating": ["first"] + ["others"] * (len(thresholds) - 1),
        "scenarios": [{"use": "bargain", "params": {"game": "game.yaml"}}],
    }
    Path("game.yaml").write_text(yaml.safe_dump(game), encoding="utf-8")
    Path("run.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    arena("run", "run.yaml", "--quiet")
    (card,) = json.loads(arena("score", "transcripts", "--json"))["matches"]
    return dict(card)


def test_a_deal_that_the_rule_should_not_have_let_pass_is_of_no_quality_and_names_the_seat_that_was_robbed(
    arena: Arena,
) -> None:
    card = play(arena, "confluence")
    assert (card["status"], card["headline"]["closed"]) == ("agreed", "agreed")
    found = card["agreement"]
    assert found["quality_gate"] == 0
    assert [found["pareto_efficiency"], *[found[name] for name in RATIOS]] == [0] * 5
    assert (card["headline"]["value"], card["headline"]["coordination_gain"]) == (0, 0)
    assert (found["surplus"], found["welfare"], found["irrationality_depth"]) == (15, 21, 1)
    assert card["per_seat"]["individually_rational"] == [True, True, False]
    assert card["per_seat"]["gain"] == [8, 8, -1]
    shown = arena("score", "transcripts")
    assert "a seat is below its threshold" in shown
    assert [line.split() for line in shown.splitlines() if line.strip().startswith("rational ")] == [
        ["rational", "yes", "yes", "no"]
    ]


def test_a_deal_that_a_majority_may_make_counts_and_the_seat_that_it_robs_is_told_all_the_same(arena: Arena) -> None:
    card = play(arena, "confluence", acceptance="majority")
    assert card["agreement"]["quality_gate"] == 1
    assert (card["headline"]["value"], card["headline"]["coordination_gain"]) == (15, 1)
    assert card["per_seat"]["individually_rational"] == [True, True, False]
    assert card["agreement"]["individually_rational"] is False
    assert [card["agreement"][name] for name in RATIOS] == [0] * 4, "every ratio is over what robs nobody"


def test_a_deal_that_robs_a_majority_should_not_have_passed_under_majority_either(arena: Arena) -> None:
    card = play(arena, "gift", {"gift": [30, 1, 1], "share": [3, 3, 3]}, "majority")
    assert card["status"] == "agreed"
    assert (card["agreement"]["quality_gate"], card["headline"]["value"]) == (0, 0)
    assert card["per_seat"]["individually_rational"] == [True, False, False]


@pytest.mark.parametrize(
    "outcomes",
    [{"low": [1.0, 5, 5], "high": [9, 1, 1]}, {"same": [2.0, 2, 2], "worse": [0, 9, 9]}],
    ids=["nothing passes", "nothing that passes is a gain"],
)
def test_a_right_no_deal_is_a_status_of_its_own_and_never_a_gain(
    arena: Arena, outcomes: dict[str, list[float]]
) -> None:
    card = play(arena, None, outcomes)
    assert card["status"] == "no_deal_correct"
    assert card["headline"]["coordination_gain"] is None
    assert [card["agreement"][name] for name in ("quality_gate", "pareto_efficiency", *RATIOS)] == [None] * 6
    assert [card["agreement"][f"loss_{part}"] for part in ("choice", "delay", "deadlock")] == [0, 0, 0]
    assert card["per_seat"]["individually_rational"] == [True] * 3


def test_a_no_deal_that_was_a_mistake_counts_as_no_gain(arena: Arena) -> None:
    card = play(arena, None)
    assert (card["status"], card["headline"]["coordination_gain"]) == ("no_deal_missed", 0)
    assert [card["agreement"][name] for name in ("pareto_efficiency", *RATIOS)] == [0] * 5
    assert card["agreement"]["loss_deadlock"] == 8


def test_a_deal_where_no_outcome_is_acceptable_to_all_keeps_its_raw_figures_and_has_no_ratio(arena: Arena) -> None:
    card = play(arena, "low", {"low": [1, 5, 5], "high": [9, 1, 1]})
    assert (card["status"], card["agreement"]["quality_gate"]) == ("agreed", 0)
    assert [card["agreement"][name] for name in ("pareto_efficiency", *RATIOS)] == [None] * 5
    assert (card["agreement"]["surplus"], card["agreement"]["irrationality_depth"]) == (5, 1)
    assert card["headline"]["value"] == 0
