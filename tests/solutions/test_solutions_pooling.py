"""Pooling facts: what is told and heard, what options are worth by it, how many facts it takes."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from arena.solutions.pooling import Piece, facts_needed, favourites, pool, short, values

A, B = Piece(1, "a", 3), Piece(2, "b", -2)


def test_ones_own_facts_stand_whatever_is_told() -> None:
    assert pool([A], [(1, Piece(1, "a", -9)), (2, Piece(1, "b", 1)), (2, B)]) == {1: A, 2: B}


def test_who_tells_a_fact_twice_means_the_later() -> None:
    assert pool([], [(1, A), (1, Piece(1, "a", 4))]) == {1: Piece(1, "a", 4)}


def test_what_is_told_differently_is_taken_as_most_do_and_ties_go_to_the_smallest() -> None:
    other = Piece(1, "a", -3)
    assert pool([], [(1, A), (2, other), (3, A)]) == {1: A}
    assert pool([], [(1, A), (2, other)]) == pool([], [(2, other), (1, A)]) == {1: other}


def test_values_are_sums_in_the_order_of_the_options() -> None:
    assert values(("b", "c", "a"), [A, B, Piece(3, "a", 1)]) == (-2, 0, 4)
    assert favourites((1, 3, 3)) == (1, 2)


def test_how_far_an_option_is_from_leading_all_others() -> None:
    assert short((2, -1), 1) == 4
    assert short((5, 7, 7), 1) == 1
    assert short((5, 8, 7), 1) == 0


@given(st.integers(-4, 6), st.lists(st.integers(-3, 4), max_size=7))
def test_facts_needed_are_those_of_the_best_and_the_worst_set(lead: int, gains: list[int]) -> None:
    sets = [[sum(each) > lead for each in combinations(gains, count)] for count in range(len(gains) + 1)]
    found = facts_needed(lead, gains)
    if not sets[-1][0]:
        assert found is None
        return
    fewest = min(count for count, wins in enumerate(sets) if any(wins))
    most = 1 + max((count for count, wins in enumerate(sets) if not all(wins)), default=-1)
    assert found == (fewest, most)
