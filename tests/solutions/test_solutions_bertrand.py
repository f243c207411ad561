"""Price competition, by its definition."""

from itertools import product

import numpy as np
import pytest

from arena.errors import TooLarge
from arena.solutions.bertrand import LinearMarket, bertrand

MARKET = LinearMarket(10, 2)


@pytest.mark.parametrize("sellers", [1, 2, 3])
def test_who_asks_least_sells_all_that_is_bought_and_equals_share(sellers):
    prices = np.array([1.0, 3, 3.5, 10, 12])
    payoffs = bertrand(MARKET, prices, sellers)
    assert payoffs.shape == (5,) * sellers + (sellers,)
    for profile in product(range(5), repeat=sellers):
        asked = [prices[choice] for choice in profile]
        sharing = asked.count(min(asked))
        for seller in range(sellers):
            sold = max(10 - min(asked), 0) / sharing if asked[seller] == min(asked) else 0
            assert payoffs[(*profile, seller)] == pytest.approx((min(asked) - 2) * sold)


def test_prices_below_cost_lose_and_prices_nobody_pays_earn_nothing():
    assert MARKET.profit(np.array([1.0, 2, 6, 10, 11])).tolist() == [-9, 0, 16, 0, 0]
    assert MARKET.total_surplus(np.array([10.0, 11])).tolist() == [0, 0]


def test_a_monopoly_takes_every_price_that_earns_most():
    places, profit = MARKET.monopoly(np.array([2.0, 5, 7, 9]))
    assert (places.tolist(), profit) == ([1, 2], 15)


@pytest.mark.parametrize(("prices", "sellers"), [([], 2), ([1.0], 0), ([[1.0]], 2), ([float("nan")], 2)])
def test_a_game_without_sellers_or_prices_is_refused(prices, sellers):
    with pytest.raises(ValueError, match="expected one or more"):
        bertrand(MARKET, np.array(prices), sellers)


def test_a_market_without_numbers_and_a_game_too_large_are_refused():
    with pytest.raises(ValueError, match="expected finite numbers"):
        LinearMarket(float("inf"), 2)
    with pytest.raises(TooLarge):
        bertrand(MARKET, np.arange(11.0), 6)
