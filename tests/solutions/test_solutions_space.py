"""Spaces of outcomes: enumeration, indices, and what follows from utilities and disagreement."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.errors import TooLarge
from arena.solutions.space import Interaction, Space, additive, deal_at, enumerable, index_of
from tests.small_games import frontier, games

shapes = st.lists(st.integers(1, 4), min_size=1, max_size=4).map(tuple)


@given(shapes, st.integers(1, 3), st.integers(0, 99))
def test_every_deal_is_worth_the_sum_of_its_options_to_the_bit(shape, parties, seed):
    points = [np.random.default_rng(seed + k).random((options, parties)) for k, options in enumerate(shape)]
    utilities = additive(points)
    for index, deal in enumerate(product(*map(range, shape))):
        worth = np.zeros(parties)
        for table, option in zip(points, deal, strict=True):
            worth = worth + table[option]
        assert utilities[index].tolist() == worth.tolist()


@given(shapes)
def test_indices_and_deals_are_each_others_inverse_in_lexicographic_order(shape):
    for index, deal in enumerate(product(*map(range, shape))):
        assert deal_at(index, shape) == deal
        assert index_of(deal, shape) == index


def test_interactions_add_points_to_deals_that_hold_both_options():
    points = [np.zeros((2, 2)), np.zeros((3, 2)), np.zeros((2, 2))]
    utilities = additive(points, [Interaction(2, 1, 0, 0, (5.0, -1.0)), Interaction(0, 0, 1, 2, (1.0, 0.0))])
    for index, deal in enumerate(product(range(2), range(3), range(2))):
        both, other = deal[0] == 0 and deal[2] == 1, deal[0] == 0 and deal[1] == 2
        assert utilities[index].tolist() == [5.0 * both + 1.0 * other, -1.0 * both]


def test_the_points_that_are_summed_are_left_as_they_were():
    points = [np.ones((2, 1)), np.ones((2, 1))]
    additive(points, [Interaction(0, 0, 1, 0, (5.0,))])
    additive(points[:1])[0] = 9
    assert all((table == 1).all() for table in points)


@pytest.mark.parametrize(
    "one", [Interaction(0, 0, 0, 1, (1,)), Interaction(0, 2, 1, 0, (1,)), Interaction(0, 0, 2, 0, (1,))]
)
def test_an_interaction_that_names_what_is_not_there_is_refused(one):
    with pytest.raises(ValueError, match="two different issues"):
        additive([np.zeros((2, 1)), np.zeros((2, 1))], [one])


def test_points_for_different_parties_are_refused():
    with pytest.raises(ValueError, match=r"\(2, 2\), \(2, 3\)"):
        additive([np.zeros((2, 2)), np.zeros((2, 3))])
    with pytest.raises(ValueError, match="no issue"):
        additive([])


def test_more_than_a_million_outcomes_are_refused_before_they_are_built():
    with pytest.raises(TooLarge, match=r"10 x 10 x 10 x 10 x 10 x 10 x 2 options make 2,000,000 outcomes"):
        additive([np.zeros((10, 40))] * 6 + [np.zeros((2, 40))])
    assert enumerable((10,) * 6) == 10**6


@pytest.mark.parametrize("deal", [(0,), (0, 3), (-1, 0), (0, 0, 0)])
def test_a_deal_outside_the_shape_has_no_index(deal):
    with pytest.raises(ValueError, match="not in a space of shape"):
        index_of(deal, (2, 3))


@pytest.mark.parametrize("index", [-1, 6])
def test_an_index_outside_the_shape_has_no_deal(index):
    with pytest.raises(ValueError, match="which has 6"):
        deal_at(index, (2, 3))


@given(games())
def test_rational_outcomes_ideal_able_parties_and_frontier_follow_from_the_definitions(game):
    space = game.space
    assert space.rational_outcomes.tolist() == game.rational
    assert space.able.tolist() == (game.able if game.rational else [])
    if game.rational:
        assert space.ideal.tolist() == [max(game.rows[k][i] for k in game.rational) for i in range(space.parties)]
        rows = [game.rows[k] for k in game.rational]
        assert space.frontier.tolist() == [game.rational[k] for k in frontier(rows)]
        normalised = [[float(r) for r in game.r(row)] for row in game.rows]
        assert np.allclose(space.normalised_gains, np.array(normalised).reshape(len(game.rows), -1), atol=1e-12)
    else:
        assert np.isnan(space.ideal).all()
        assert len(space.frontier) == 0


def test_rationality_and_ability_have_the_tolerance():
    space = Space(np.array([[-1e-10, 1.0], [-1e-8, 5.0], [1e-10, 0.0]]), np.zeros(2), np.ones(3, bool))
    assert space.rational.tolist() == [True, False, True]
    assert space.able.tolist() == [1]


def test_a_space_keeps_its_own_arrays_which_cannot_be_written_to():
    utilities = np.ones((2, 2))
    space = Space(utilities, np.zeros(2), np.ones(2, bool))
    utilities[0, 0] = 7
    assert space.utilities[0, 0] == 1
    assert space.shape == (2,)
    with pytest.raises(ValueError, match="read-only"):
        space.utilities[0, 0] = 7


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"utilities": np.zeros(4)}, r"expected \(outcomes, parties\)"),
        ({"shape": (3,)}, "do not fill a space of shape"),
        ({"disagreement": np.zeros(3)}, "one for each party"),
        ({"passing": np.zeros(4)}, "expected bool"),
        ({"passing": np.zeros(3, bool)}, "one for each row"),
        ({"utilities": np.full((4, 2), np.nan)}, "not finite"),
        ({"disagreement": np.array([0, np.inf])}, "not finite"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(changed, message):
    fitting = {"utilities": np.zeros((4, 2)), "disagreement": np.zeros(2), "passing": np.zeros(4, bool)}
    with pytest.raises(ValueError, match=message):
        Space(**{**fitting, **changed})
