"""Core and least core, against every coalition written down."""

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import linprog

from arena.solutions.coalitions import Coalitions, coalitions_of, members
from arena.solutions.least_core import blocking_coalitions, core_is_empty, core_violation, in_core, least_core
from tests.coalition_games import coalition_games

MAJORITY = coalitions_of(3, lambda who: float(len(who) >= 2))
GLOVE = coalitions_of(3, lambda who: float(0 in who and len(who) > 1))


def by_every_coalition(game):
    """The least epsilon of the program with all its rows."""
    rows = [[-float(party in members(s)) for party in range(game.parties)] + [-1.0] for s in range(1, 2**game.parties)]
    found = linprog(
        [0.0] * game.parties + [1.0],
        A_ub=rows[:-1],
        b_ub=-game.worths[1:-1],
        A_eq=[[1.0] * game.parties + [0.0]],
        b_eq=[game.everyone],
        bounds=(None, None),
    )
    return found.fun


@given(coalition_games(least=2, most=5))
def test_epsilon_is_that_of_the_program_with_every_coalition_and_is_attained(game):
    found = least_core(game)
    assert found.epsilon == pytest.approx(by_every_coalition(game), abs=1e-7)
    assert found.allocation.sum() == pytest.approx(game.everyone, abs=1e-9)
    assert game.excesses(found.allocation)[1:-1].max() == found.epsilon


@given(coalition_games(least=2))
def test_the_core_is_empty_iff_not_even_the_least_core_is_in_it(game):
    assert core_is_empty(game) == (not in_core(game, least_core(game).allocation))


def test_a_coalition_that_would_gain_by_leaving_blocks_an_allocation_and_all_that_gain_the_most_are_named():
    even, pair = np.full(3, 1 / 3), np.array([0.5, 0.5, 0])
    assert core_violation(MAJORITY, even) == pytest.approx(1 / 3)
    assert [members(int(s)) for s in blocking_coalitions(MAJORITY, even)] == [(0, 1), (0, 2), (1, 2)]
    assert [members(int(s)) for s in blocking_coalitions(MAJORITY, pair)] == [(0, 2), (1, 2)]
    assert in_core(GLOVE, np.array([1.0, 0, 0]))
    assert blocking_coalitions(GLOVE, np.array([1.0, 0, 0])).tolist() == []


def test_what_is_left_over_is_what_everyone_together_would_gain():
    assert core_violation(GLOVE, np.array([0.5, 0, 0])) == 0.5
    assert not in_core(GLOVE, np.array([0.5, 0, 0]))


def test_the_least_core_of_a_game_with_room_lies_deep_inside_its_core():
    game = coalitions_of(3, lambda who: 6.0 if len(who) == 3 else 0.0)
    found = least_core(game)
    assert found.epsilon == pytest.approx(-2)
    assert found.allocation.tolist() == pytest.approx([2, 2, 2])


def test_nobody_can_leave_a_party_that_is_alone():
    found = least_core(Coalitions(np.array([0.0, 5])))
    assert (found.epsilon, found.allocation.tolist()) == (float("-inf"), [5])
    assert not core_is_empty(Coalitions(np.array([0.0, 5])))
    assert core_violation(Coalitions(np.array([0.0, 5])), np.array([4.0])) == 1


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e9])
def test_the_unit_of_the_worths_does_not_matter(scale):
    found = least_core(Coalitions(MAJORITY.worths * scale))
    assert found.epsilon == pytest.approx(scale / 3, rel=1e-9)


def test_a_game_of_many_parties_is_solved_without_writing_every_coalition_down():
    game = coalitions_of(13, lambda who: float(len(who) > 6))
    assert least_core(game).epsilon == pytest.approx(1 - 7 / 13, abs=1e-9)
    assert core_is_empty(game)
