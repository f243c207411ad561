"""The Shapley value is the mean over all orders of arrival, and keeps the axioms that define it."""

from fractions import Fraction
from itertools import permutations
from math import factorial

import numpy as np
import pytest
from hypothesis import given

from arena.solutions.coalitions import Coalitions, coalitions_of
from arena.solutions.shapley import shapley
from tests.coalition_games import coalition_games


@given(coalition_games())
def test_it_is_what_each_adds_in_the_mean_of_all_orders(game):
    totals = [Fraction(0)] * game.parties
    for order in permutations(range(game.parties)):
        there = 0
        for party in order:
            totals[party] += Fraction(game.worths[there | 1 << party]) - Fraction(game.worths[there])
            there |= 1 << party
    by_hand = [float(total / factorial(game.parties)) for total in totals]
    assert shapley(game).tolist() == pytest.approx(by_hand, abs=1e-12)


@given(coalition_games(), coalition_games())
def test_it_hands_out_everything_and_adds_up_over_games(game, other):
    assert shapley(game).sum() == pytest.approx(game.everyone, abs=1e-9)
    if game.parties == other.parties:
        both = Coalitions(game.worths + other.worths)
        assert np.allclose(shapley(both), shapley(game) + shapley(other), atol=1e-9)


def test_equals_have_the_same_and_who_adds_nothing_has_nothing():
    values = shapley(coalitions_of(4, lambda who: float(len(set(who) & {0, 2}) ** 2)))
    assert values.tolist() == pytest.approx([2, 0, 2, 0], abs=1e-12)


def test_nineteen_parties_are_solved_exactly():
    weights = np.arange(19)
    sums = np.zeros(1)
    for weight in weights:
        sums = np.concatenate([sums, sums + weight])
    assert shapley(Coalitions(sums)).tolist() == pytest.approx(weights.tolist(), abs=1e-9)
