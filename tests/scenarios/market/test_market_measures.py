"""The measures of a market, by hand and over matches."""

from __future__ import annotations

from math import isnan, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.accounts.trades import Exchange, Trades
from arena.scoring.group.market import market
from tests.teams import card, deal, play

# Ann and Bo buy at 80 and 50, Cy and Di sell at 30 and 60: one trade, of Ann with Cy, at 50 to 60.
WANTED = ((0, (80.0,)), (1, (50.0,)))
OFFERED = ((2, (30.0,)), (3, (60.0,)))


def account(*made: Exchange, **other: Any) -> Trades:
    return Trades(**{"seats": 4, "wanted": WANTED, "offered": OFFERED, "alike": True, "made": made, **other})


def test_the_one_trade_that_should_be_made_at_a_competitive_price() -> None:
    found = market(account(Exchange(0, 2, 56, 80, 30, 20)))
    assert found["allocative_efficiency"] == 1
    assert (found["irrational_trades"], found["misplaced_trades"], found["price_deviation"]) == (0, 0, 0)
    assert found["buyers_share"] == 24 / 50
    assert found["buyers_share_competitive"] == 25 / 50
    assert found["beyond_competitive"] == (0, 0, 0, 0)
    assert found["traded"] == (1, 0, 1, 0)
    assert found["first_offer_bias"] == 0, "56 is nearer to 55 than to 20"
    assert isnan(found["price_dispersion"])


def test_trades_that_lose_and_trades_that_should_not_be_are_told_apart() -> None:
    crossed = market(account(Exchange(0, 3, 70, 80, 60, None), Exchange(1, 2, 40, 50, 30, 70)))
    assert crossed["allocative_efficiency"] == 40 / 50
    assert (crossed["irrational_trades"], crossed["misplaced_trades"]) == (0, 1)
    assert crossed["price_dispersion"] == 15
    assert crossed["price_deviation"] == 10
    assert crossed["beyond_competitive"] == (10 - 20, 10, 10 - 20, 10)
    losing = market(account(Exchange(0, 2, 90, 80, 30, 70)))
    assert (losing["irrational_trades"], losing["misplaced_trades"], losing["losing_trades"]) == (1, 0, (1, 0, 0, 0))
    assert losing["buyers_share"] == -10 / 50
    assert losing["beyond_competitive"] == (-30, 0, 30, 0)


def test_a_market_without_a_trade() -> None:
    found = market(account())
    assert (found["trades"], found["allocative_efficiency"]) == (0, 0)
    nothing = ("irrational_trades", "misplaced_trades", "price_deviation", "buyers_share", "first_offer_bias")
    assert all(isnan(found[name]) for name in nothing)
    assert found["beyond_competitive"] == (-20, 0, -20, 0)


@pytest.mark.parametrize(
    ("price", "first", "bias"), [(50, 40, 0), (45, 40, 1), (47.5, 40, 0.5), (55, 90, 0), (80, 90, 1)]
)
def test_a_price_is_nearer_to_the_first_offer_or_to_the_competitive_price(
    price: float, first: float, bias: float
) -> None:
    assert market(account(Exchange(0, 2, price, 80, 30, first)))["first_offer_bias"] == bias


@pytest.mark.parametrize("first", [None, 50.0, 55.0, 60.0])
def test_the_first_offer_itself_and_one_at_a_competitive_price_tell_nothing(first: float | None) -> None:
    assert isnan(market(account(Exchange(0, 2, 55, 80, 30, first)))["first_offer_bias"])


def test_of_several_units_it_counts_which_one_was_traded() -> None:
    many = {"wanted": ((0, (80.0, 20.0)),), "offered": ((1, (30.0, 40.0)),), "seats": 2}
    found = market(account(Exchange(0, 1, 50, 80, 30, None), Exchange(0, 1, 50, 20, 40, 50), **many))
    assert found["misplaced_trades"] == 0.5
    assert found["allocative_efficiency"] == (50 - 20) / 50
    assert found["losing_trades"] == (1, 0)


def test_where_units_differ_each_has_prices_of_its_own() -> None:
    """Shapley and Shubik's houses (1971): the middle competitive prices are 22, 20.5 and 19.5."""
    houses = {
        "seats": 6,
        "wanted": ((0, (23.0, 22.0, 21.0)), (1, (26.0, 24.0, 22.0)), (2, (20.0, 21.0, 17.0))),
        "offered": ((3, (18.0,)), (4, (15.0,)), (5, (19.0,))),
        "alike": False,
    }
    found = market(account(Exchange(1, 3, 20, 26, 18, 19), Exchange(2, 4, 18, 21, 15, None), **houses))
    assert (found["allocative_efficiency"], found["misplaced_trades"]) == ((8 + 6) / 16, 0)
    assert found["price_dispersion"] == pytest.approx(abs((20 - 22) - (18 - 20.5)) / 2)


@given(
    st.lists(st.integers(1, 30), min_size=2, max_size=4),
    st.lists(st.integers(1, 30), min_size=2, max_size=4),
    st.lists(st.integers(0, 40), min_size=4, max_size=4),
)
def test_the_measures_stay_within_their_ranges(values: list[int], costs: list[int], prices: list[int]) -> None:
    if max(values) <= min(costs):
        values = [*values[:-1], min(costs) + 1]
    n = len(values)
    pairs = list(zip(range(n), range(len(costs)), prices, strict=False))
    made = [Exchange(b, n + s, p, values[b], costs[s], prices[0] if b else None) for b, s, p in pairs]
    wanted = tuple((b, (float(v),)) for b, v in enumerate(values))
    offered = tuple((n + s, (float(c),)) for s, c in enumerate(costs))
    found = market(Trades(n + len(costs), wanted, offered, True, tuple(made)))
    assert found["allocative_efficiency"] <= 1 + 1e-9
    for name in ("irrational_trades", "misplaced_trades", "first_offer_bias", "buyers_share_competitive"):
        assert isnan(found[name]) or 0 <= found[name] <= 1
    assert found["price_dispersion"] >= 0 <= found["price_deviation"]
    assert found["price_dispersion"] <= sqrt(len(made)) * 40
    assert sum(found["traded"]) == 2 * len(made)


@pytest.mark.parametrize("params", [{}, {"goods": "different"}, {"units": 3}])
def test_the_efficiency_is_the_coordination_gain_and_planners_trade_at_competitive_prices(
    params: dict[str, Any],
) -> None:
    for seed in range(4):
        game = deal("market", seed, **params)
        table, lines = play(game, "planner")
        found = card(game, table, lines)
        assert found.group["allocative_efficiency"] == found.headline["coordination_gain"] == 1
        assert found.group["price_deviation"] == found.group["misplaced_trades"] == 0
        assert set(found.group["beyond_competitive"]) == {0}
        random_, lines = play(game, "zi-unconstrained")
        worse = card(game, random_, lines)
        assert worse.group["allocative_efficiency"] == pytest.approx(worse.headline["coordination_gain"])
