"""What is claimed of scripted teams in a commons: the planner has the optimum; sustaining beats grabbing and zero."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from arena.scripting import policies
from tests.meetings import MEETINGS
from tests.teams import deal, gain, play, reference, value

PACKAGE = "arena.scenarios.commons.policies"
NAMES = policies.names(PACKAGE)
PARAMS: list[dict[str, Any]] = [
    {},
    {"horizon": "hidden", "rounds": 30},
    {"regrowth": "logistic", "rate": 2.0, "growth": "estimated", "needs": 0.5, "goals": 2, "monitor": "total"},
    {"institution": "quota", "fine": 0.5, "monitor": "none"},
    {"institution": "manager", "term": 2, "fine": 1.0, "alignment": 0.5},
]
SAMPLE = range(15)


def test_the_planner_reaches_the_optimum_and_sustaining_beats_grabbing_and_taking_nothing() -> None:
    assert gain("commons", SAMPLE, "planner") == pytest.approx(1.0)
    assert 0.8 < gain("commons", SAMPLE, "sustainable") < 1.0
    assert gain("commons", SAMPLE, "silent") == 0.0
    assert gain("commons", SAMPLE, "zero") < 0.0


@pytest.mark.sweep
def test_the_same_over_a_hundred_instances() -> None:
    assert gain("commons", range(100), "planner") == pytest.approx(1.0)
    assert 0.8 < gain("commons", range(100), "sustainable") < 1.0
    assert gain("commons", range(100), "pool-share") == 0.0
    assert gain("commons", range(100), "zero") < 0.0


def test_one_saboteur_among_planners_lowers_the_gain() -> None:
    assert gain("commons", SAMPLE, ["planner"] * 4 + ["saboteur"]) < 0.3


def test_planners_who_do_not_know_the_horizon_reach_what_the_best_policy_does() -> None:
    assert gain("commons", SAMPLE, "planner", horizon="hidden", rounds=30) == pytest.approx(1.0)


@pytest.mark.parametrize(("name", "params"), list(product(NAMES, PARAMS)))
def test_every_policy_is_legal_in_every_commons_and_never_beats_hindsight(name: str, params: dict[str, Any]) -> None:
    for seed in range(3):
        game = deal("commons", seed, **params)
        table, lines = play(game, [name, "planner", "punisher", name, "selfish"])
        assert table.forfeits == frozenset(), [a.e for line in lines for a in line if type(a.e).__name__ == "Refused"]
        assert table.valued is not None
        assert table.valued.value <= reference(game).hind + 1e-9


@pytest.mark.parametrize("meeting", MEETINGS)
def test_a_team_sits_through_every_meeting(meeting: str) -> None:
    game = deal("commons", 2, seats=4, rounds=8)
    table, _ = play(game, ["planner", "silent", "saboteur", "absent"], MEETINGS[meeting])
    assert table.forfeits == frozenset()


def test_the_selfish_take_what_is_left_in_the_end_and_harvesting_wide_open_they_race() -> None:
    game = deal("commons", 3)
    assert value(game, ["selfish"] + ["sustainable"] * 4) <= reference(game).hind
    assert value(game, ["selfish", "greedy", "greedy", "greedy", "greedy"]) < 0.5 * reference(game).best
