"""PE, E, eps+ and d+ are what their definitions say, in exact arithmetic."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.scoring.agreement.pareto import (
    distance_plus,
    efficiency,
    epsilon_plus,
    expected_efficiency,
    floor_adjusted,
    floor_adjusted_mean,
    pareto_efficiency,
    pareto_optimal,
)
from arena.solutions.space import Space
from tests.small_games import floats, frontier, games, outcomes_of


def at_least(row, other):
    return all(a >= b for a, b in zip(row, other, strict=True))


def efficiency_by_hand(game, x):
    if not at_least(x, game.disagreement):
        return Fraction(0)
    above = [k for k in game.rational if at_least(game.rows[k], x)]
    left = max((sum(game.r(game.rows[k])) - sum(game.r(x)) for k in above), default=Fraction(0))
    return 1 - left / max(sum(game.r(game.rows[k])) for k in game.rational)


@given(games(), st.data())
def test_pareto_efficiency_is_one_less_the_share_of_joint_gains_left(game, data):
    x = data.draw(outcomes_of(game))
    found = pareto_efficiency(game.space, floats(x))
    if game.rational and game.able:
        assert found == pytest.approx(float(efficiency_by_hand(game, x)), abs=1e-8)
    else:
        assert math.isnan(found)


@given(games())
def test_pareto_efficiency_is_one_on_the_frontier_of_rational_outcomes_and_below_off_it(game):
    if game.rational and game.able:
        best = frontier([game.rows[k] for k in game.rational])
        for place, k in enumerate(game.rational):
            assert (pareto_efficiency(game.space, floats(game.rows[k])) == 1) == (place in best)


@given(games())
def test_expected_efficiency_is_the_mean_over_rational_outcomes(game):
    if game.rational and game.able:
        mean = sum(efficiency_by_hand(game, game.rows[k]) for k in game.rational) / len(game.rational)
        assert expected_efficiency(game.space) == pytest.approx(float(mean), abs=1e-8)
    else:
        assert math.isnan(expected_efficiency(game.space))


@given(games(), st.data())
def test_epsilon_plus_is_what_everyone_could_have_had_more(game, data):
    x = data.draw(outcomes_of(game))
    found = epsilon_plus(game.space, floats(x))
    if game.rational and game.able:
        more = [min(a - b for a, b in zip(game.r(game.rows[k]), game.r(x), strict=True)) for k in game.rational]
        assert found == pytest.approx(float(max(0, *more)), abs=1e-12)
    else:
        assert math.isnan(found)


@given(games(), st.data())
def test_distance_plus_is_the_shortfall_from_the_nearest_frontier_outcome(game, data):
    x = data.draw(outcomes_of(game))
    found = distance_plus(game.space, floats(x))
    if game.rational and game.able:
        best = [game.rational[k] for k in frontier([game.rows[k] for k in game.rational])]
        squares = [sum(max(a - b, 0) ** 2 for a, b in zip(game.r(game.rows[k]), game.r(x), strict=True)) for k in best]
        assert found == pytest.approx(math.sqrt(min(squares) / len(game.able)), abs=1e-12)
    else:
        assert math.isnan(found)


def test_expected_efficiency_of_a_large_space_is_the_mean_of_the_single_ones():
    utilities = np.random.default_rng(5).random((900, 3))
    space = Space(utilities, np.full(3, 0.2), np.ones(900, bool))
    singly = [pareto_efficiency(space, utilities[k]) for k in space.rational_outcomes]
    assert len(singly) > 300
    assert expected_efficiency(space) == pytest.approx(sum(singly) / len(singly), abs=1e-12)


def test_floor_adjusted_efficiency_is_zero_at_chance_one_at_best_and_undefined_where_chance_is_best():
    assert floor_adjusted(0.5, 0.5) == 0
    assert floor_adjusted(1, 0.5) == 1
    assert floor_adjusted(0, 0.5) == -1
    assert math.isnan(floor_adjusted(1, 1))
    assert math.isnan(floor_adjusted(float("nan"), 0.5))


def test_floor_adjusted_means_are_ratios_of_sums_so_that_easy_games_weigh_little():
    nan = float("nan")
    assert floor_adjusted_mean([1, 0.9, nan, 1], [0, 0.9, 0.5, 1]) == pytest.approx(1 / 1.1)
    assert math.isnan(floor_adjusted_mean([1, 1], [1, 1]))
    assert math.isnan(floor_adjusted_mean([], []))
    with pytest.raises(ValueError, match="argument"):
        floor_adjusted_mean([1], [])


def test_all_five_stand_together():
    space = Space(np.array([(4, 0), (3, 3), (1, 1), (0, 4)], float), np.zeros(2), np.ones(4, bool))
    five = efficiency(space, np.array([1.0, 1.0]))
    assert five.pareto == pytest.approx(1 / 3)
    assert five.expected == pytest.approx(5 / 6)
    assert five.floor_adjusted == pytest.approx(-3)
    assert five.epsilon_plus == pytest.approx(1 / 2)
    assert five.distance_plus == pytest.approx(1 / 2)


def test_a_deal_is_pareto_optimal_if_no_outcome_at_all_dominates_it_rational_or_not() -> None:
    space = Space([[9.0, 0.0], [5.0, 5.0], [5.0, 4.0], [1.0, 6.0]], [2.0, 2.0], np.array([False, True, True, False]))
    assert [pareto_optimal(space, row) for row in range(4)] == [True, True, False, True]
    assert pareto_efficiency(space, space.utilities[0]) == 0, "though it is outside X_IR"
    assert np.isnan(pareto_optimal(space, None))
    tied = Space([[5.0, 5.0], [5.0, 5.0 + 1e-12]], [2.0, 2.0], np.array([True, True]))
    assert [pareto_optimal(tied, row) for row in range(2)] == [True, True], "equal within the tolerance"
