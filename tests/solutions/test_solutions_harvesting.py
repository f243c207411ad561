from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.solutions.harvesting import Ints, best_reply, lasting, plan, sustainable, yielded
from arena.solutions.regrowth import next_stocks

TABLES = st.lists(st.integers(0, 9), min_size=2, max_size=10).map(
    lambda added: np.array([0, *(min(r + a, len(added)) for r, a in enumerate(added, 1))])
)


def every_way(after: Ints, stock: int, rounds: int, survival: float) -> float:
    """The best by looking at every harvest in every round."""

    @cache
    def best(s: int, left: int) -> float:
        if left == 0:
            return 0.0
        again = survival if left > 1 else 0.0
        return max(s - r + again * best(int(after[r]), left - 1) for r in range(s + 1))

    return best(stock, rounds)


@given(TABLES, st.integers(1, 5), st.sampled_from([1.0, 0.9, 0.5]))
def test_a_plan_is_worth_what_the_best_of_all_ways_is(after: Ints, rounds: int, survival: float) -> None:
    made = plan(after, rounds, survival)
    for stock in range(len(after)):
        assert made.worth[0, stock] == pytest.approx(every_way(after, stock, rounds, survival))


@given(TABLES, st.integers(1, 6))
def test_a_plan_yields_what_it_is_worth(after: Ints, rounds: int) -> None:
    made = plan(after, rounds)
    for stock in range(len(after)):
        assert yielded(made, after, stock, rounds) == made.worth[0, stock]


@given(TABLES, st.integers(1, 4))
def test_of_equally_good_plans_it_leaves_most_standing(after: Ints, rounds: int) -> None:
    made = plan(after, rounds)
    later = plan(after, rounds - 1).worth[0] if rounds > 1 else np.zeros(len(after))
    for stock in range(len(after)):
        worth = [stock - r + later[after[r]] for r in range(stock + 1)]
        assert made.keep[0, stock] == max(r for r, w in enumerate(worth) if w == max(worth))


@given(TABLES)
def test_a_sustainable_harvest_is_the_largest_that_does_not_shrink_the_stock(after: Ints) -> None:
    for stock in range(len(after)):
        possible = [h for h in range(stock + 1) if after[stock - h] >= stock]
        assert sustainable(after, stock) == max(possible, default=0)


@given(TABLES)
def test_a_lasting_harvest_leaves_what_regrows_most(after: Ints) -> None:
    growth = [int(after[r]) - r for r in range(len(after))]
    best = growth.index(max(growth))
    assert [lasting(after, stock) for stock in range(len(after))] == [max(s - best, 0) for s in range(len(after))]


@given(TABLES, st.integers(0, 8), st.integers(1, 4))
def test_a_best_reply_is_the_best_of_all_first_harvests(after: Ints, others: int, rounds: int) -> None:
    @cache
    def best(s: int, left: int) -> float:
        return max(reply(s, h, left) for h in range(s + 1)) if left else 0.0

    def reply(s: int, h: int, left: int) -> float:
        got = h if h + others <= s else h * s // max(h + others, 1)
        return got + best(int(after[max(s - h - others, 0)]), left - 1)

    for stock in range(len(after)):
        worth = [reply(stock, h, rounds) for h in range(stock + 1)]
        assert best_reply(after, stock, others, rounds) == worth.index(max(worth))


def test_stocks_regrow_by_their_rule_and_collapse_under_the_threshold() -> None:
    assert next_stocks("doubling", 10, 2).tolist() == [0, 0, 4, 6, 8, 10, 10, 10, 10, 10, 10]
    assert next_stocks("doubling", 10, 0, 0.3).tolist() == [0, 1, 2, 3, 5, 6, 7, 9, 10, 10, 10]
    # 1 + .9, 2 + 1.6, 3 + 2.1, 4 + 2.4, 5 + 2.5, 6 + 2.4, 7 + 2.1, 8 + 1.6, 9 + .9
    assert next_stocks("logistic", 10, 0, 1.0).tolist() == [0, 1, 3, 5, 6, 7, 8, 9, 9, 9, 10]
    assert next_stocks("table", 6, 1, 1.0, ((2, 1), (4, 3))).tolist() == [0, 1, 3, 4, 6, 6, 6]


def test_three_tenths_of_ten_are_three() -> None:
    assert next_stocks("doubling", 100, 0, 0.3)[10] == 13
