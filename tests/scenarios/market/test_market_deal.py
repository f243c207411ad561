"""The generator of a market: what it deals, what it refuses, and what its certificate says."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from arena.core.draw import Draw
from arena.core.view import World
from arena.errors import BadParams
from arena.scenarios.market.book import evolve
from arena.scenarios.market.params import Params
from arena.scenarios.market.rules import SCENARIO
from arena.scenarios.market.settings import SETTINGS
from arena.scenarios.market.shock import shock
from arena.scenarios.market.terms import Book, Shift
from tests.teams import deal, play, reference

SEEDS = range(60)
KINDS: list[dict[str, Any]] = [
    {},
    {"seats": 2, "rounds": 2},
    {"seats": 5, "buyers": 1},
    {"goods": "different", "taste": 1.0},
    {"seats": 4, "units": 2},
]


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"seats": 1}, ["seats"]),
        ({"seats": 21, "scale": 5, "alignment": 1.5}, ["seats", "scale", "alignment"]),
        ({"seats": 4, "buyers": 4}, ["buyers"]),
        ({"buyers": 0, "taste": float("nan")}, ["buyers", "taste"]),
        ({"goods": "different", "units": 2}, ["units"]),
        ({"units": 4, "rounds": 3, "goal_bonus": 0.0}, ["rounds", "goal_bonus"]),
        ({"goals": 7, "setting": "bulb"}, ["goals", "setting"]),
    ],
)
def test_impossible_parameters_are_named_all_at_once(params: dict[str, Any], names: list[str]) -> None:
    with pytest.raises(BadParams) as caught:
        SCENARIO.check(Params(**params))
    assert sorted({mistake.path for mistake in caught.value.mistakes}) == sorted(names)


def test_a_seed_deals_the_same_and_another_seed_another() -> None:
    draw = Draw.root(3, "s").at("deal")
    assert SCENARIO.deal(Params(), draw) == SCENARIO.deal(Params(), Draw.root(3, "s").at("deal"))
    assert len({deal("market", seed).task for seed in SEEDS}) == len(SEEDS)


def by_hand(rules: Any, worth: dict[int, tuple[int, ...]]) -> float:
    """The most that can be gained, by trying who buys from whom, unit by unit."""
    wanted = [(b, k) for b in rules.buyers for k in range(rules.units)]
    offered = [(s, k) for s in rules.sellers for k in range(rules.units)]
    more = wanted + [None] * len(offered)  # type: ignore[list-item]

    def gain(pair: Any, unit: tuple[int, int]) -> int:
        if pair is None:
            return 0
        (buyer, k), (seller, number) = pair, unit
        place = rules.sellers.index(seller) if rules.goods == "different" else k
        return max(worth[buyer][place] - worth[seller][number], 0)

    return max(
        sum(gain(p, u) for p, u in zip(chosen, offered, strict=True)) for chosen in permutations(more, len(offered))
    )


@pytest.mark.parametrize("params", KINDS)
def test_the_optimum_is_what_brute_force_finds_and_solo_is_nothing(params: dict[str, Any]) -> None:
    for seed in range(3):
        game = deal("market", seed, **params)
        task: Any = game.task
        found = reference(game)
        assert found.best == by_hand(task.rules, {sheet.seat: sheet.worth for sheet in task.sheets}) > 0
        assert (found.hind, found.how, found.headline) == (found.best, "exact", "solo")
        assert found.floors["solo"].value == 0
        assert 0 <= found.floors["silent"].value <= found.best
        assert found.floors["random"].value <= found.best


def test_values_and_costs_are_whole_and_in_order_and_every_secret_has_its_mark() -> None:
    tasks: list[Any] = [deal("market", seed, seats=5, units=3, goals=2, scale=50).task for seed in SEEDS]
    assert {task.rules.setting for task in tasks} == {setting.name for setting in SETTINGS}
    assert {len(task.rules.buyers) for task in tasks} == {2, 3}
    for task in tasks:
        marks = [sheet.canary for sheet in task.sheets] + [goal.canary for goal in task.goals]
        assert all(marks)
        assert len(set(marks)) == 7
        assert len(set(task.rules.names)) == 5
        for sheet in task.sheets:
            assert all(1 <= each <= 50 for each in sheet.worth)
            assert list(sheet.worth) == sorted(sheet.worth, reverse=sheet.seat in task.rules.buyers)
        for goal in task.goals:
            buying = goal.seat in task.rules.buyers
            assert goal.other is None or (goal.other in task.rules.buyers) != buying


def test_every_seat_is_as_often_a_buyer_as_a_seller() -> None:
    """Chi-square with 5 degrees of freedom is above 20.5 once in a thousand; without replacement, times 5/6."""
    counts = [0] * 6
    for seed in range(300):
        for seat in deal("market", seed).task.rules.buyers:  # type: ignore[attr-defined]
            counts[seat] += 1
    assert sum((count - 150) ** 2 / 75 for count in counts) * 5 / 6 < 20.5


@pytest.mark.parametrize("params", KINDS)
def test_a_shock_changes_what_units_are_worth_to_one_seat_from_then_on(params: dict[str, Any]) -> None:
    game = deal("market", 2, **params)
    task: Any = game.task
    hidden = Book(sheets=task.sheets, goals=task.goals)
    common = Book(rules=task.rules, left=(task.rules.units,) * len(task.seats), round=2)
    ((to, shift),) = [(fact.to, fact.fact) for fact in shock(World(common, hidden), Draw.root(0, ""))]
    assert isinstance(shift, Shift)
    assert to == (shift.sheet.seat,)
    old = task.sheets[shift.sheet.seat].worth
    assert shift.sheet.worth != old
    assert len(shift.sheet.worth) == len(old)
    told: Any = game.scenario.evolve(hidden, shock(World(common, hidden), Draw.root(0, ""))[0])
    now = {sheet.seat: sheet.worth for sheet in told.sheets}
    assert game.scenario.solve(World(common, told)).best == by_hand(task.rules, now)


def test_what_was_traded_before_a_shock_keeps_its_worth() -> None:
    game = deal("market", 1)
    table, _ = play(game, "truthful")
    before = game.scenario.outcome(table.world, "deadline", frozenset())
    assert table.common.trades
    assert not table.common.closed
    ((shift,)) = shock(table.world, Draw.root(0, "later"))
    told = evolve(table.hidden, shift)
    assert told.sheets[-1].since == len(table.common.trades)
    assert game.scenario.outcome(World(table.common, told), "deadline", frozenset()) == before


def test_a_shock_before_the_first_trade_leaves_the_market_that_was_dealt_as_it_was() -> None:
    game = deal("market", 1)
    opened: Any = play(game, "absent")[0]
    (before,) = SCENARIO.accounts(opened.world)
    (shift,) = shock(opened.world, Draw.root(0, "early"))
    (after,) = SCENARIO.accounts(World(opened.common, evolve(opened.hidden, shift)))
    assert after == before


def test_twenty_seats_are_exact() -> None:
    for params in ({"goods": "different"}, {"units": 2}):
        found = reference(deal("market", 0, seats=20, rounds=6, **params))
        assert found.how == "exact"
        assert found.best > found.floors["silent"].value > 0
