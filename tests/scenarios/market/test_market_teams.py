"""What scripted traders do, and what is claimed of teams of them."""

from __future__ import annotations

from itertools import product
from math import sqrt
from statistics import fmean, stdev
from typing import Any

import pytest

from arena.core.draw import Draw
from arena.core.events import Body, Claim, Moved
from arena.core.recall import recall
from arena.core.view import Ask, View
from arena.moderators.meeting import Meeting
from arena.scenarios.market.terms import Fact, Move, PostAsk, PostBid, Worth
from arena.scenarios.market.worth import units
from arena.scripting import policies
from arena.scripting.lots import any_move
from tests.meetings import MEETINGS, OFFERS
from tests.playing import Function, run
from tests.teams import deal, gain, play, reference, team, value

NAMES = policies.names("arena.scenarios.market.policies")
PARAMS: list[dict[str, Any]] = [
    {},
    {"seats": 2, "rounds": 1},
    {"seats": 5, "goods": "different", "goals": 3, "alignment": 0.5},
    {"seats": 4, "units": 3, "rounds": 5},
]
SIZES: list[dict[str, Any]] = [
    {"seats": 4},
    {},
    {"seats": 12},
    {"goods": "different"},
    {"seats": 4, "goods": "different"},
    {"units": 3},
]


def test_the_policies_are_those_that_the_handbook_names() -> None:
    assert NAMES == (
        "absent",
        "planner",
        "random",
        "saboteur",
        "selfish",
        "shading",
        "silent",
        "truthful",
        "zi-constrained",
        "zi-unconstrained",
    )


@pytest.mark.parametrize("params", SIZES)
def test_planners_who_disclose_reach_the_optimum_and_traders_without_intelligence_do_not(
    params: dict[str, Any],
) -> None:
    assert gain("market", range(8), "planner", **params) >= 0.95
    assert gain("market", range(8), "zi-unconstrained", **params) < 0.9


@pytest.mark.sweep
@pytest.mark.parametrize("params", SIZES)
def test_the_same_over_a_hundred_instances_with_an_interval(params: dict[str, Any]) -> None:
    """The paired difference per instance lies above 0 with its 95% interval, by t."""
    games = [deal("market", seed, **params) for seed in range(100)]
    assert gain("market", range(100), "planner", **params) >= 0.95
    apart = [value(game, "planner") - value(game, "zi-unconstrained") for game in games]
    assert fmean(apart) - 1.984 * stdev(apart) / 10 > 0
    assert gain("market", range(100), "selfish", **params) > 0.9, "no more is claimed against patient traders"


def test_the_first_and_the_last_of_a_side_are_worth_no_more_than_any() -> None:
    """What the pair at a place gains, less the mean of all pairs, lies within 3.3 standard errors of 0."""
    for goods in ("alike", "different"):
        tasks: list[Any] = [deal("market", seed, goods=goods, seats=5).task for seed in range(300)]
        gains = [units(task.rules, task.sheets).gains for task in tasks]
        for place in (0, -1):
            apart = [float(each[place, place] - each.mean()) for each in gains]
            assert abs(fmean(apart)) < 3.3 * stdev(apart) / sqrt(len(apart))


def test_patience_is_nearly_as_good_as_a_plan_and_telling_the_truth_at_once_is_not() -> None:
    assert gain("market", range(20), "selfish") > 0.95
    assert gain("market", range(20), "shading") > 0.95
    assert 0.7 < gain("market", range(20), "truthful", seats=12) < 0.95
    assert gain("market", range(20), "absent") == 0


@pytest.mark.sweep
def test_twenty_seats_stay_exact_and_planners_reach_the_optimum() -> None:
    for seed, goods in product(range(10), ("alike", "different")):
        game = deal("market", seed, seats=20, goods=goods)
        assert reference(game).how == "exact"
        assert value(game, "planner") == reference(game).best


def test_one_saboteur_among_planners_lowers_the_gain_where_it_is_pivotal() -> None:
    """The buyer with the largest value is in every best matching; without it somebody worse is, or nobody."""
    for seed in range(10):
        game = deal("market", seed)
        task: Any = game.task
        best = max(task.rules.buyers, key=lambda seat: task.sheets[seat].worth)
        names = ["saboteur" if seat == best else "planner" for seat in range(6)]
        assert value(game, names) < value(game, "planner") == reference(game).best


@pytest.mark.parametrize(("name", "params"), list(product(NAMES, PARAMS)))
def test_every_policy_is_legal_in_every_market_and_never_beats_the_optimum(name: str, params: dict[str, Any]) -> None:
    for seed in range(2):
        game = deal("market", seed, **params)
        seats = len(game.everyone)
        company = ["planner", "random", "shading", "truthful", "zi-unconstrained"][: seats - 1]
        table, lines = play(game, [name, *company])
        assert table.forfeits == frozenset(), [a.e for line in lines for a in line if type(a.e).__name__ == "Refused"]
        assert table.valued is not None
        assert table.valued.value <= reference(game).hind + 1e-9


@pytest.mark.parametrize(("meeting", "goods"), list(product(MEETINGS | OFFERS, ("alike", "different"))))
def test_a_team_sits_through_every_meeting(meeting: str, goods: str) -> None:
    game = deal("market", 2, seats=5, rounds=4, goods=goods)
    company = [["planner", "selfish", "saboteur", "absent", "random"], ["truthful", "shading", "silent", "planner"]]
    for names in company:
        names = [*names, "zi-unconstrained"][:5]
        table, _ = play(game, names, (MEETINGS | OFFERS)[meeting])
        assert table.forfeits == frozenset()
        assert table.closed is not None


@pytest.mark.parametrize("meeting", ["simultaneous", "random", "chair calls", "bid for the floor", "ring channel"])
def test_planners_find_each_other_in_other_meetings_too(meeting: str) -> None:
    games = [deal("market", seed, seats=4) for seed in range(6)]
    reached = sum(value(game, "planner", MEETINGS[meeting]) for game in games)
    assert reached >= 0.8 * sum(reference(game).best for game in games)


def test_planners_who_cannot_speak_still_trade() -> None:
    games = [deal("market", seed) for seed in range(10)]
    reached = sum(value(game, "planner", MEETINGS["silent channel"]) for game in games)
    assert reached > 0.5 * sum(reference(game).best for game in games)


@pytest.mark.parametrize("name", ["truthful", "shading", "selfish", "zi-constrained", "silent", "planner"])
def test_who_is_in_its_right_mind_never_trades_at_a_loss(name: str) -> None:
    for seed, (goods, units_) in product(range(6), (("alike", 1), ("different", 1), ("alike", 3))):
        game = deal("market", seed, goods=goods, units=units_, rounds=6)
        table, _ = play(game, name)
        assert table.valued is not None
        assert min(table.valued.utilities) >= 0


def test_planners_tell_what_is_true_and_saboteurs_what_is_not_and_never_trade() -> None:
    game = deal("market", 3)
    task: Any = game.task
    table, lines = play(game, ["planner"] * 5 + ["saboteur"], Meeting())
    told = {claim.seat: claim.fact.points for claim in table.common.claims if isinstance(claim.fact, Worth)}
    assert all(told[seat] == task.sheets[seat].worth for seat in range(5))
    assert told[5] == ((100,) if 5 in task.rules.buyers else (0,))
    assert all(5 not in (trade.buyer, trade.seller) for trade in table.common.trades)
    offers = [a.e.move.price for line in lines for a in line if isinstance(a.e, Moved)
              and a.e.seat == 5 and isinstance(a.e.move, PostAsk | PostBid)]  # fmt: skip
    assert set(offers) <= {0, 100}


def babble(view: View, ask: Ask) -> Body[Any, Any]:
    """Legal, without sense, full of claims that are whispered, contradictory and false."""
    rng = Draw.root(view.seat, "babble").of(ask.nth)
    if ask.kind == "bid":
        return Body(bid=rng.randint(0, 10))
    to = tuple(s for s in range(len(view.seats)) if s != view.seat) if ask.reach.public else ask.reach.to
    to = tuple(rng.sample(to, min(len(to), 1))) if to and set(ask.reach.to) >= set(to) else to
    claims = tuple(Claim(to, any_move([spec], Fact, rng)) for spec in ask.claims * 2 if to)
    call = rng.choice(ask.callable) if ask.kind == "call" else None
    return Body(claims=claims, move=any_move(ask.moves, Move, rng), call=call)


@pytest.mark.parametrize("params", PARAMS[1:])
def test_no_claim_makes_a_planner_break_a_rule(params: dict[str, Any]) -> None:
    for i, meeting in enumerate((MEETINGS["whispers channel"], MEETINGS["simultaneous"], MEETINGS["teams channel"])):
        game = deal("market", i, **{**params, "seats": 4, "rounds": 5})
        seats = [Function(babble), *team("market", ["planner"] * 2), Function(babble)]
        table, _ = run(game, meeting, seats)
        assert table.forfeits == frozenset()
        assert table.closed is not None


@pytest.mark.parametrize("meeting", ["round robin", "simultaneous", "bid for the floor"])
def test_what_a_seat_was_asked_follows_from_its_own_events(meeting: str) -> None:
    game = deal("market", 7, seats=4, rounds=4, units=2)
    seats = [Function(babble) for _ in range(4)]
    table, _ = run(game, MEETINGS[meeting], seats)
    assert table.common.trades
    for seat, agent in enumerate(seats):
        again = recall(game, MEETINGS[meeting], seat, table.seen(seat))
        assert [ask for _, ask in again] == [ask for _, ask in agent.asked]
        assert [view.known for view, _ in again] == [view.known for view, _ in agent.asked]
