"""Each solution is every outcome that attains it, by the definition."""

from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.solutions.bargaining import egalitarian, kalai_smorodinsky, nash, opposition, welfare
from arena.solutions.space import Space
from tests.small_games import best, games

EVERY = [nash, kalai_smorodinsky, egalitarian, welfare]


def space_of(rows, disagreement):
    return Space(np.array(rows, float), np.array(disagreement, float), np.ones(len(rows), bool))


@given(games())
def test_no_solution_exists_exactly_where_no_outcome_is_rational(game):
    for solution in EVERY:
        assert (solution(game.space) is None) == (not game.rational)


@given(games())
def test_nash_is_every_rational_outcome_with_the_largest_product_of_gains_of_those_who_can_gain(game):
    if game.rational:
        found = nash(game.space)
        tied = best(game.rational, lambda k: prod(game.gains(k)[i] for i in game.able))
        assert found.outcomes.tolist() == tied
        assert found.value == prod(game.gains(tied[0]))


@given(games())
def test_kalai_smorodinsky_is_every_leximin_outcome_of_normalised_gains(game):
    if game.rational:
        found = kalai_smorodinsky(game.space)
        tied = best(game.rational, lambda k: sorted(game.r(game.rows[k])))
        assert found.outcomes.tolist() == tied
        if game.able:
            assert found.value == pytest.approx(float(min(game.r(game.rows[tied[0]]))), abs=1e-12)
        else:
            assert np.isnan(found.value)


@given(games())
def test_egalitarian_and_welfare_are_every_outcome_with_the_largest_smallest_gain_and_sum(game):
    if game.rational:
        fair, rich = egalitarian(game.space), welfare(game.space)
        assert fair.outcomes.tolist() == best(game.rational, lambda k: min(game.gains(k)))
        assert fair.value == max(min(game.gains(k)) for k in game.rational)
        assert rich.outcomes.tolist() == best(game.rational, lambda k: sum(game.rows[k]))
        assert rich.value == max(sum(game.rows[k]) for k in game.rational)


@given(games())
def test_opposition_is_the_least_distance_of_any_outcome_to_the_ideal_point(game):
    if not game.rational or not game.able:
        assert np.isnan(opposition(game.space))
    else:
        squared = min(sum((1 - r) ** 2 for r in game.r(row)) for row in game.rows)
        assert opposition(game.space) == pytest.approx(float(squared) ** 0.5, abs=1e-12)


@given(games(), st.data())
def test_nash_and_kalai_smorodinsky_do_not_move_under_affine_changes_of_a_utility(game, data):
    """By powers of two, so that not even rounding moves them; others move ties by no more than the tolerance."""
    parties = game.space.parties
    scale = 2.0 ** np.array(data.draw(st.tuples(*[st.integers(-3, 6)] * parties)))
    shift = np.array(data.draw(st.tuples(*[st.integers(-8, 8)] * parties)), float)
    space = game.space
    moved = Space(space.utilities * scale + shift, space.disagreement * scale + shift, space.passing)
    if game.rational:
        for solution in (nash, kalai_smorodinsky):
            assert solution(moved).outcomes.tolist() == solution(space).outcomes.tolist()
    assert moved.frontier.tolist() == space.frontier.tolist()
    assert np.isclose(opposition(moved), opposition(space), rtol=0, atol=1e-12, equal_nan=True)


def test_a_party_that_cannot_gain_does_not_blur_who_the_nash_outcome_is():
    found = nash(space_of([(0, 4, 1), (0, 3, 3), (0, 1, 4)], (0, 0, 0)))
    assert found.outcomes.tolist() == [1]
    assert found.value == 0
    assert nash(space_of([(-1e-10, 4, 1), (1e-10, 3, 3)], (0, 0, 0))).value == 0


def test_gains_that_cannot_be_had_together_leave_every_rational_outcome_tied_at_a_product_of_zero():
    found = nash(space_of([(5, 0), (0, 5), (0, 0)], (0, 0)))
    assert (found.value, found.outcomes.tolist()) == (0, [0, 1, 2])


def test_ties_have_the_tolerance():
    rows = [(2.0, 1.0), (1.0, 2.0 + 1e-12), (1.0, 2.0 - 1e-12), (0.9, 1.9)]
    for solution in EVERY:
        assert solution(space_of(rows, (0, 0))).outcomes.tolist() == [0, 1, 2]


def test_nash_ties_are_relative_so_that_no_unit_matters():
    rows = np.array([(3, 4), (4, 3), (2, 5), (5, 0)], float)
    for scale in (1e-5, 1, 1e8):
        assert nash(space_of(rows * scale, (0, 0))).outcomes.tolist() == [0, 1]
