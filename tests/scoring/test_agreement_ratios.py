"""The ratios to the bargaining solutions, and the surplus shares, by their definitions."""

import math
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.scoring.agreement.ratios import (
    egalitarian_ratio,
    kalai_smorodinsky_ratio,
    nash_ratio,
    ratios,
    surplus_shares,
    welfare_ratio,
)
from arena.solutions.space import Space
from tests.small_games import floats, games, outcomes_of


def check_ratio(game, x, found, key, root=1):
    """`found` is key(x) / the largest key in X_IR, 0 outside X_IR, NaN where that is 0 or nobody can gain."""
    if not game.rational or not game.able or max(key(game.rows[k]) for k in game.rational) <= 0:
        assert math.isnan(found)
    elif any(u < d for u, d in zip(x, game.disagreement, strict=True)):
        assert found == 0
    else:
        share = key(x) / max(key(game.rows[k]) for k in game.rational)
        assert found == pytest.approx(float(share) ** (1 / root), abs=1e-12)


def gains(game, row):
    return [u - d for u, d in zip(row, game.disagreement, strict=True)]


@given(games(), st.data())
def test_the_nash_ratio_is_the_root_of_the_ratio_of_products_over_those_who_can_gain(game, data):
    x = data.draw(outcomes_of(game))
    key = lambda row: prod(gains(game, row)[i] for i in game.able)  # noqa: E731
    check_ratio(game, x, nash_ratio(game.space, floats(x)), key, len(game.able) if game.rational else 1)


@given(games(), st.data())
def test_the_kalai_smorodinsky_ratio_is_that_of_the_smallest_normalised_gains(game, data):
    x = data.draw(outcomes_of(game))
    check_ratio(game, x, kalai_smorodinsky_ratio(game.space, floats(x)), lambda row: min(game.r(row)))


@given(games(), st.data())
def test_the_egalitarian_ratio_is_that_of_the_smallest_gains_of_all(game, data):
    x = data.draw(outcomes_of(game))
    check_ratio(game, x, egalitarian_ratio(game.space, floats(x)), lambda row: min(gains(game, row)))


@given(games(), st.data())
def test_the_welfare_ratio_is_that_of_surpluses(game, data):
    x = data.draw(outcomes_of(game))
    check_ratio(game, x, welfare_ratio(game.space, floats(x)), lambda row: sum(gains(game, row)))


@given(games(), st.data())
def test_surplus_shares_are_never_clipped_and_undefined_without_a_surplus(game, data):
    x = data.draw(outcomes_of(game))
    surplus = sum(gains(game, x))
    found = surplus_shares(game.space, floats(x))
    if surplus > 0:
        assert found.tolist() == pytest.approx([float(g / surplus) for g in gains(game, x)])
    else:
        assert np.isnan(found).all()


def test_the_egalitarian_ratio_needs_a_declared_common_unit():
    space = Space(np.array([(4, 2), (2, 4), (3, 1)], float), np.zeros(2), np.ones(3, bool))
    assert math.isnan(ratios(space, space.utilities[2], common_unit=False).egalitarian)
    assert ratios(space, space.utilities[2], common_unit=True).egalitarian == 1 / 2


def test_all_four_stand_together():
    space = Space(np.array([(10, 10, 1), (6, 5, 3), (4, 4, 4), (5, 4, 3)], float), np.full(3, 2.0), np.ones(4, bool))
    four = ratios(space, space.utilities[2], common_unit=True)
    assert four.nash == pytest.approx((8 / 12) ** (1 / 3))
    assert (four.kalai_smorodinsky, four.egalitarian, four.welfare) == (1, 1, 6 / 8)


def test_the_nash_root_counts_only_parties_that_can_gain():
    space = Space(np.array([(4, 4, 7), (2, 2, 7)], float), np.array([0, 0, 7.0]), np.ones(2, bool))
    assert nash_ratio(space, space.utilities[1]) == 1 / 2


def test_gains_that_cannot_be_had_together_leave_what_divides_by_zero_undefined():
    space = Space(np.array([(1, 0), (0, 1)], float), np.zeros(2), np.ones(2, bool))
    four = ratios(space, space.utilities[0], common_unit=True)
    assert [math.isnan(value) for value in (four.nash, four.kalai_smorodinsky, four.egalitarian)] == [True] * 3
    assert four.welfare == 1


def test_rounding_that_leaves_a_gain_a_hair_below_zero_does_not_make_a_ratio_undefined():
    space = Space(np.array([(4, 4), (4, -1e-12)]), np.zeros(2), np.ones(2, bool))
    four = ratios(space, space.utilities[1], common_unit=True)
    assert (four.nash, four.kalai_smorodinsky, four.egalitarian) == (0, 0, 0)
    assert four.welfare == pytest.approx(1 / 2)
