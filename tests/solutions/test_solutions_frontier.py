"""The frontier is what the definition says, on small games and on large ones of every shape."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.solutions import frontier as module
from arena.solutions.frontier import pareto_frontier
from tests.small_games import frontier, games

NOISE = st.sampled_from([0.0, 1e-13, -1e-13, 1e-11])


def by_definition(utilities):
    better = (utilities[None] >= utilities[:, None]).all(axis=2) & (utilities[None] > utilities[:, None]).any(axis=2)
    return ~better.any(axis=1)


@given(games())
def test_an_outcome_is_off_the_frontier_iff_another_dominates_it(game):
    assert np.flatnonzero(pareto_frontier(np.array(game.rows, float))).tolist() == frontier(game.rows)


@given(games(), st.data())
def test_differences_below_the_tolerance_do_not_count(game, data):
    exact = np.array(game.rows, float)
    noise = [[data.draw(NOISE) for _ in row] for row in game.rows]
    assert (pareto_frontier(exact + noise) == by_definition(exact)).all()


@given(st.lists(st.integers(-3, 3), max_size=20))
def test_with_one_party_the_frontier_is_every_maximum(values):
    utilities = np.array(values, float).reshape(-1, 1)
    assert pareto_frontier(utilities).tolist() == [value == max(values) for value in values]


@pytest.mark.parametrize("parties", [2, 3])
def test_utilities_are_compared_as_whole_multiples_of_the_tolerance(parties):
    rest = np.ones((3, parties - 1))
    below = np.column_stack([[7.0, 7.0 + 0.4e-9, 7.0 - 0.4e-9], rest])
    above = np.column_stack([[7.0, 7.0 + 1.1e-9, 7.0 - 0.4e-9], rest])
    assert pareto_frontier(below).tolist() == [True, True, True]
    assert pareto_frontier(above).tolist() == [False, True, False]


def test_two_parties_with_equal_first_utilities_are_told_apart_by_the_second():
    utilities = np.array([[3, 1], [3, 2], [3, 2], [1, 3], [1, 2], [0, 3]], float)
    assert np.flatnonzero(pareto_frontier(utilities)).tolist() == [1, 2, 3]


def test_no_outcomes_have_an_empty_frontier():
    assert pareto_frontier(np.zeros((0, 3))).tolist() == []


def shaped(kind, outcomes, parties, rng):
    match kind:
        case "independent":
            return rng.random((outcomes, parties))
        case "correlated":
            return rng.random((outcomes, 1)) + 0.1 * rng.random((outcomes, parties))
        case "opposed":
            return rng.dirichlet(np.ones(parties), outcomes)
        case "opposed, blurred":
            return rng.dirichlet(np.ones(parties), outcomes) + 0.1 * rng.random((outcomes, 1))
        case _:
            return rng.integers(0, 5, (outcomes, parties)).astype(float)


@pytest.mark.parametrize("kind", ["independent", "correlated", "opposed", "opposed, blurred", "few whole values"])
@pytest.mark.parametrize("parties", [2, 3, 6])
def test_large_spaces_of_every_shape_agree_with_the_definition(monkeypatch, kind, parties):
    monkeypatch.setattr(module, "_FEW", 200)  # so that samples are taken, and samples of samples
    utilities = shaped(kind, 1500, parties, np.random.default_rng(parties))
    assert (pareto_frontier(utilities) == by_definition(utilities)).all()
