"""Symmetric games of two choices: where one mixes, and which equilibrium is the safer."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.solutions.two_by_two import deviation_products, mixed_equilibrium

STAG = np.array([[4.0, 0], [3, 3]])
CHICKEN = np.array([[3.0, 1], [4, 0]])
DILEMMA = np.array([[3.0, 0], [5, 1]])


@given(st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_where_both_mix_both_choices_are_worth_the_same(entries):
    table = np.array(entries, float).reshape(2, 2)
    p = mixed_equilibrium(table)
    first, second = entries[0] - entries[2], entries[3] - entries[1]
    if first * second > 0:
        assert 0 < p < 1
        assert p * table[0, 0] + (1 - p) * table[0, 1] == pytest.approx(p * table[1, 0] + (1 - p) * table[1, 1])
    else:
        assert math.isnan(p)


def test_known_games():
    assert mixed_equilibrium(STAG) == 3 / 4
    assert mixed_equilibrium(CHICKEN) == 1 / 2
    assert math.isnan(mixed_equilibrium(DILEMMA))
    assert deviation_products(STAG) == (1, 9)


@pytest.mark.parametrize("table", [CHICKEN, DILEMMA, np.array([[4.0, 0], [4, 3]])])
def test_there_is_no_risk_to_compare_where_leaving_costs_nothing(table):
    with pytest.raises(ValueError, match="no risk to compare"):
        deviation_products(table)


@pytest.mark.parametrize("table", [np.zeros((2, 3)), np.zeros(4), np.full((2, 2), np.nan)])
def test_a_table_of_another_shape_is_refused(table):
    for solve in (mixed_equilibrium, deviation_products):
        with pytest.raises(ValueError, match=r"expected \(2, 2\)"):
            solve(table)
