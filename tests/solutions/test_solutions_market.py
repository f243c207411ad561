"""Competitive prices: at these, and at no others, supply meets demand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from arena.solutions.assignment import best_assignment
from arena.solutions.market import UniformPrice, assignment_market, uniform_price

whole = st.lists(st.integers(0, 9), max_size=5)


def clears(values, costs, price):
    """Whether as many can trade as want to: those who are indifferent may or may not."""
    want, must_buy = sum(v >= price for v in values), sum(v > price for v in values)
    offer, must_sell = sum(c <= price for c in costs), sum(c < price for c in costs)
    return must_buy <= offer and must_sell <= want


@given(whole, whole)
def test_uniform_prices_are_all_at_which_the_market_clears(values, costs):
    found = uniform_price(np.array(values, float), np.array(costs, float))
    for quarter in range(-4, 44):
        price = quarter / 4
        assert clears(values, costs, price) == (found.low <= price <= found.high)


@given(whole, whole)
def test_as_many_trade_as_gain_by_it(values, costs):
    gains = np.maximum(np.subtract.outer(np.array(values, float), np.array(costs, float)), 0)
    best = best_assignment(gains)
    found = uniform_price(np.array(values, float), np.array(costs, float))
    ranked = zip(sorted(values, reverse=True), sorted(costs), strict=False)
    assert found.trades == sum(v > c for v, c in ranked)
    assert sum(sorted(values, reverse=True)[: found.trades]) - sum(sorted(costs)[: found.trades]) == best.value


def test_uniform_prices_by_hand():
    assert uniform_price(np.array([10.0, 8, 5, 2]), np.array([1.0, 4, 6, 9])) == UniformPrice(2, 5.0, 6.0)
    assert uniform_price(np.array([3.0]), np.array([7.0])) == UniformPrice(0, 3.0, 7.0)
    assert uniform_price(np.array([]), np.array([7.0])) == UniformPrice(0, -math.inf, 7.0)
    assert uniform_price(np.array([7.0]), np.array([])) == UniformPrice(0, 7.0, math.inf)
    assert uniform_price(np.array([7.0]), np.array([2.0])) == UniformPrice(1, 2.0, 7.0)


@st.composite
def markets(draw):
    buyers, sellers = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    row = st.lists(st.integers(0, 7), min_size=sellers, max_size=sellers)
    values = draw(st.lists(row, min_size=buyers, max_size=buyers))
    return np.array(values, float), np.array(draw(row), float)


def extreme_payoffs(values, costs, favour):
    """The payoffs in the core that are best for the buyers (favour 1) or the sellers (-1), by linear programming."""
    gains = np.maximum(values - costs, 0)
    buyers, sellers = gains.shape
    rows = [
        [-float(k == i) for k in range(buyers)] + [-float(k == j) for k in range(sellers)]
        for i in range(buyers)
        for j in range(sellers)
    ]
    found = linprog(
        [-favour] * buyers + [favour] * sellers,
        A_ub=rows,
        b_ub=-gains.ravel(),
        A_eq=[[1.0] * (buyers + sellers)],
        b_eq=[best_assignment(gains).value],
        bounds=(0, None),
    )
    return found.x[buyers:]


@given(markets())
def test_the_buyers_and_the_sellers_best_prices_are_the_ends_of_the_core(market):
    found = assignment_market(*market)
    assert (found.low - market[1]).tolist() == pytest.approx(extreme_payoffs(*market, 1).tolist(), abs=1e-7)
    assert (found.high - market[1]).tolist() == pytest.approx(extreme_payoffs(*market, -1).tolist(), abs=1e-7)
    assert (found.low <= found.high + 1e-9).all()


@given(markets())
def test_at_either_price_everyone_has_what_it_likes_best(market):
    values, costs = market
    found = assignment_market(*market)
    for prices in (found.low, found.high):
        for buyer, seller in enumerate(found.seller_of):
            has = 0.0 if seller is None else values[buyer, seller] - prices[seller]
            assert has >= max(0.0, *(values[buyer] - prices)) - 1e-9
        assert (prices >= costs - 1e-9).all()


@given(markets())
def test_pairs_may_trade_iff_some_best_matching_holds_them(market):
    values, costs = market
    gains = values - costs
    found = assignment_market(*market)
    surplus = best_assignment(np.maximum(gains, 0)).value
    assert found.surplus == surplus
    for buyer in range(len(values)):
        for seller in range(len(costs)):
            tied = gains.copy()
            tied[buyer, :] = tied[:, seller] = -100
            held = best_assignment(np.maximum(tied, 0)).value + gains[buyer, seller]
            assert found.may_trade[buyer, seller] == (gains[buyer, seller] >= 0 and held == surplus)
    for buyer, seller in enumerate(found.seller_of):
        assert seller is None or found.may_trade[buyer, seller]


@given(whole.filter(len), whole.filter(len))
def test_where_all_units_are_alike_every_trading_seller_has_the_uniform_price(values, costs):
    found = assignment_market(np.tile(np.array(values, float)[:, None], len(costs)), np.array(costs, float))
    alike = uniform_price(np.array(values, float), np.array(costs, float))
    for seller in {seller for seller in found.seller_of if seller is not None}:
        assert (found.low[seller], found.high[seller]) == pytest.approx((alike.low, alike.high))


def test_the_three_houses_of_shapley_and_shubik():
    """Values and costs in thousands; a row here is a house (The assignment game I, 1971)."""
    houses = np.array([[23.0, 26, 20], [22, 24, 21], [21, 22, 17]])
    found = assignment_market(houses.T, np.array([18.0, 15, 19]))
    assert found.surplus == 16
    assert found.seller_of == (2, 0, 1)
    assert (found.low.tolist(), found.high.tolist()) == ([21, 20, 19], [23, 21, 20])
    assert found.may_trade.tolist() == [[False, False, True], [True, False, False], [False, True, False]]


@pytest.mark.parametrize(
    ("values", "costs", "message"),
    [
        ([[1.0, 2]], [1.0], "one for each seller"),
        ([[1.0]], [[1.0]], "a row of finite numbers"),
        ([[float("inf")]], [1.0], "finite number"),
        ([[1.0]], [float("nan")], "a row of finite numbers"),
    ],
)
def test_a_market_that_does_not_fit_together_is_refused(values, costs, message):
    with pytest.raises(ValueError, match=message):
        assignment_market(np.array(values), np.array(costs))
