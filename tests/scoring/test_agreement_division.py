"""Envy, envy up to one item, and proportionality of divisions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.scoring.agreement.division import fairness


@st.composite
def divisions(draw):
    parties, kinds = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    table = lambda top: st.lists(  # noqa: E731
        st.lists(st.integers(0, top), min_size=kinds, max_size=kinds), min_size=parties, max_size=parties
    )
    spare = draw(st.lists(st.integers(0, 2), min_size=kinds, max_size=kinds))
    return np.array(draw(table(6))), np.array(draw(table(3))), np.array(spare)


@given(divisions())
def test_fairness_is_what_the_definitions_say(division):
    values, allocation, spare = division
    parties, supply = len(values), allocation.sum(axis=0) + spare
    found = fairness(values, allocation, supply)
    for i in range(parties):
        own = int(values[i] @ allocation[i])
        others = [int(values[i] @ allocation[j]) for j in range(parties)]
        assert found.envy[i] == max(0, *(other - own for other in others), 0)
        left = [0]
        for j in range(parties):
            held = [int(values[i][k]) for k in range(values.shape[1]) if allocation[j][k]]
            if j != i and held:
                left.append(others[j] - max(held) - own)
        assert found.envy_but_one[i] == max(left)
        assert found.ef1[i] == (max(left) == 0)
        assert found.shortfall[i] == pytest.approx(max(0, int(values[i] @ supply) / parties - own))
        assert found.proportional[i] == (parties * own >= int(values[i] @ supply))


def test_one_item_too_many_is_envied_and_taken_out():
    found = fairness(np.array([[4, 1], [4, 1]]), np.array([[1, 0], [0, 3]]))
    assert found.envy == (0, 1)
    assert found.ef1 == (True, True)
    assert found.proportional == (True, False)
    assert found.shortfall == (0, 0.5)


def test_envy_of_more_than_one_item_is_not_excused():
    found = fairness(np.array([[3.0], [3.0]]), np.array([[4], [1]]))
    assert (found.envy, found.envy_but_one, found.ef1) == ((0, 9), (0, 6), (True, False))


@pytest.mark.parametrize(
    ("values", "allocation", "supply", "message"),
    [
        ([[1, 2]], [[1]], None, "do not fit"),
        ([[-1.0]], [[1]], None, "negative or missing"),
        ([[float("nan")]], [[1]], None, "negative or missing"),
        ([[1.0]], [[0.5]], None, "whole number"),
        ([[1.0]], [[-1]], None, "whole number"),
        ([[1.0], [1.0]], [[1], [1]], [1], "handed out of"),
        ([[1.0]], [[1]], [1, 2], "do not fit"),
    ],
)
def test_a_division_that_cannot_be_is_refused(values, allocation, supply, message):
    with pytest.raises(ValueError, match=message):
        fairness(np.array(values), np.array(allocation), None if supply is None else np.array(supply))
