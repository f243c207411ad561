"""The generator of a commons: what it deals, what it refuses, and what its certificate says."""

from __future__ import annotations

from typing import Any

import pytest

from arena.core.draw import Draw
from arena.errors import BadParams
from arena.scenarios.commons.params import Params
from arena.scenarios.commons.rules import SCENARIO
from arena.scenarios.commons.settings import SETTINGS
from tests.teams import deal, reference

SEEDS = range(60)


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"seats": 1}, ["seats"]),
        ({"seats": 21, "capacity": 10, "ending": 1.5}, ["seats", "capacity", "ending"]),
        ({"start": 0.0}, ["start"]),
        ({"start": -0.5, "threshold": 0.9}, ["start", "threshold"]),
        ({"rate": 0.0, "goal_bonus": 0.0}, ["rate", "goal_bonus"]),
        ({"fine": 2.0}, ["fine"]),
        ({"goals": 6}, ["goals"]),
        ({"setting": "laek"}, ["setting"]),
        ({"regrowth": "table"}, ["steps"]),
        ({"regrowth": "table", "steps": ((4, 2), (2, 1)), "growth": "estimated"}, ["steps", "growth"]),
        ({"steps": ((1, 1),)}, ["steps"]),
        ({"capacity": 20, "seats": 6}, ["capacity"]),
        ({"alignment": float("nan")}, ["alignment"]),
    ],
)
def test_impossible_parameters_are_named_all_at_once(params: dict[str, Any], names: list[str]) -> None:
    with pytest.raises(BadParams) as caught:
        SCENARIO.check(Params(**params))
    assert sorted({mistake.path for mistake in caught.value.mistakes}) == sorted(names)


def test_a_stock_that_is_not_worth_sustaining_is_not_dealt() -> None:
    with pytest.raises(BadParams, match="no instance in 200 drawn gives 3 times the first stock"):
        SCENARIO.deal(Params(rate=0.1, rounds=3), Draw.root(0, "").at("deal"))


def test_a_seed_deals_the_same_and_another_seed_another() -> None:
    draw = Draw.root(3, "s").at("deal")
    assert SCENARIO.deal(Params(), draw) == SCENARIO.deal(Params(), Draw.root(3, "s").at("deal"))
    assert len({deal("commons", seed).task for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("ending", [0.3, 0.5])
def test_a_hidden_horizon_too_near_for_restraint_to_pay_is_refused(ending: float) -> None:
    with pytest.raises(BadParams, match=r"gives 3 times the first stock .* a lower threshold or `ending`"):
        deal("commons", 0, horizon="hidden", rounds=30, ending=ending)


def test_every_instance_gives_three_times_as_much_when_it_is_sustained() -> None:
    for seed in SEEDS:
        found = reference(deal("commons", seed))
        assert found.best >= 3 * found.floors["silent"].value
        assert found.best <= found.hind
        assert found.floors["random"].value <= found.best


def test_every_story_is_told_and_every_seat_has_its_name_and_mark() -> None:
    tasks: list[Any] = [deal("commons", seed, needs=0.5, goals=2).task for seed in SEEDS]
    assert {task.rules.setting for task in tasks} == {setting.name for setting in SETTINGS}
    for task in tasks:
        marks = [sheet.canary for sheet in task.sheets] + [goal.canary for goal in task.goals]
        assert len({seat.name for seat in task.seats}) == len(task.seats)
        assert len(set(marks)) == len(marks) == len(task.seats) + 2
        assert all(marks)


def test_with_a_hidden_horizon_hindsight_knows_more_and_nobody_is_told() -> None:
    games = [deal("commons", seed, horizon="hidden", rounds=40, ending=0.1) for seed in SEEDS]
    rounds = [game.task.fate.rounds for game in games]  # type: ignore[attr-defined]
    assert all(game.task.rounds is None for game in games)
    assert 5 < sum(rounds) / len(rounds) < 15
    assert all(reference(game).best <= reference(game).hind for game in games)
    assert any(reference(game).best < reference(game).hind for game in games)


def test_an_estimated_rate_makes_the_optimum_a_bound_and_is_told_to_nobody() -> None:
    for seed in SEEDS[:20]:
        game = deal("commons", seed, growth="estimated")
        task: Any = game.task
        assert reference(game).how == "bound"
        assert task.rules.growth.rate is None
        assert len({sheet.estimate for sheet in task.sheets}) > 1


def test_twenty_seats_are_exact() -> None:
    found = reference(deal("commons", 0, seats=20, capacity=400, rounds=30))
    assert found.how == "exact"
    assert found.best > 3 * found.floors["silent"].value > 0
