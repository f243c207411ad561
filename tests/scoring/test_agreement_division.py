"""Envy, envy up to one item, and proportionality of divisions."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.scoring.agreement.division import fairness
from arena.solutions.division import Division
from arena.solutions.space import Interaction, Space
from tests.dividing import divisions, worth


@st.composite
def cases(draw):
    """What items are worth, how many there are, and one way to hand out all of them."""
    parties, kinds = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    values = draw(
        st.lists(st.lists(st.integers(0, 6), min_size=kinds, max_size=kinds), min_size=parties, max_size=parties)
    )
    division = divisions(parties, draw(st.lists(st.integers(0, 3), min_size=kinds, max_size=kinds)))
    return values, division, draw(st.integers(0, math.prod(division.shape) - 1))


@given(cases())
def test_where_utilities_are_additive_fairness_is_what_the_textbook_says(case):
    values, division, outcome = case
    parties, kinds = len(values), len(values[0])
    found = fairness(worth(division, values), division, outcome)
    held = np.array(division.at(outcome)).T  # (parties, kinds)
    for i in range(parties):
        bundles = [int(np.dot(values[i], held[j])) for j in range(parties)]
        assert found.envy[i] == max(0, *(other - bundles[i] for other in bundles), 0)
        left = [0]
        for j in range(parties):
            items = [values[i][k] for k in range(kinds) if held[j][k]]
            if j != i and items:
                left.append(bundles[j] - max(items) - bundles[i])
        assert found.envy_but_one[i] == max(left)
        assert found.ef1[i] == (max(left) == 0)
        everything = int(np.dot(values[i], division.supply))
        assert found.shortfall[i] == pytest.approx(max(0, everything / parties - bundles[i]))
        assert found.proportional[i] == (parties * bundles[i] >= everything)


def row(division, *shares):
    return division.row(shares)


def test_one_item_too_many_is_envied_and_taken_out():
    division = divisions(2, (1, 3))
    space = worth(division, [[4, 1], [4, 1]])
    found = fairness(space, division, row(division, (1, 0), (0, 3)))
    assert found.envy == (0, 1)
    assert found.ef1 == (True, True)
    assert found.proportional == (True, False)
    assert found.shortfall == (0, 0.5)


def test_envy_of_more_than_one_item_is_not_excused():
    division = divisions(2, (5,))
    found = fairness(worth(division, [[3], [3]]), division, row(division, (4, 1)))
    assert (found.envy, found.envy_but_one, found.ef1) == ((0, 9), (0, 6), (True, False))


def test_no_party_envies_a_bundle_that_is_worth_more_to_its_owner_alone():
    division = divisions(2, (2,))
    found = fairness(worth(division, [[10], [0]]), division, row(division, (2, 0)))
    assert (found.envy, found.shortfall) == ((0, 0), (0, 0))
    assert found.proportional == (True, True)


def test_what_items_are_worth_together_counts_in_every_bundle_that_holds_both():
    division = divisions(2, (1, 1))
    mine = Interaction(0, division.ways[0].index((1, 0)), 1, division.ways[1].index((1, 0)), (10.0, 0.0))
    space = worth(division, [[2, 1], [2, 1]], [mine])
    found = fairness(space, division, row(division, (0, 1), (0, 1)))
    assert found.envy == (13, 0)
    assert found.envy_but_one == (1, 0)  # without the first item the pair is worth no more together
    assert found.shortfall == (6.5, 0)


def test_without_a_deal_there_is_no_division_to_be_fair():
    division = divisions(3, (1, 1))
    found = fairness(worth(division, [[1, 1]] * 3), division, None)
    for entries in dataclasses.astuple(found):
        assert len(entries) == 3
        assert all(math.isnan(entry) for entry in entries)


def test_a_comparison_with_an_outcome_that_cannot_be_is_undefined():
    two_of_three_ways = Division((((2, 0), (1, 1)),), (2,))
    space = Space(np.array([(2.0, 0), (1, 1)]), np.zeros(2), np.ones(2, bool), (2,))
    found = fairness(space, two_of_three_ways, 0)
    assert all(math.isnan(value) for value in (*found.envy, *found.envy_but_one, *found.ef1))
    assert found.shortfall[0] == 0
    assert math.isnan(found.shortfall[1])
    even = fairness(space, two_of_three_ways, 1)
    assert even.envy == (0, 0)
    assert even.proportional[0] is True
    assert math.isnan(even.proportional[1])


def test_a_division_of_another_space_is_refused():
    division = divisions(2, (1,))
    with pytest.raises(ValueError, match="does not fit a space"):
        fairness(worth(divisions(2, (2,)), [[1], [1]]), division, 0)
    with pytest.raises(ValueError, match="not in a space"):
        fairness(worth(division, [[1], [1]]), division, 2)
