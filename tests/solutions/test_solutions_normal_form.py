"""Pure equilibria are the profiles that nobody gains by leaving."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.errors import TooLarge
from arena.solutions.normal_form import pure_equilibria


@st.composite
def tables(draw):
    choices = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    shape = (*choices, len(choices))
    cells = int(np.prod(shape))
    return np.array(draw(st.lists(st.integers(0, 4), min_size=cells, max_size=cells)), float).reshape(shape)


@given(tables())
def test_an_equilibrium_is_a_profile_that_no_player_gains_by_leaving_alone(table):
    by_hand = []
    for profile in product(*[range(choices) for choices in table.shape[:-1]]):
        gains = [
            table[(*profile[:player], other, *profile[player + 1 :], player)] - table[(*profile, player)]
            for player in range(table.shape[-1])
            for other in range(table.shape[player])
        ]
        if max(gains) <= 0:
            by_hand.append(list(profile))
    assert pure_equilibria(table).tolist() == by_hand


def test_matching_pennies_has_none():
    win = np.array([[1.0, -1], [-1, 1]])
    assert pure_equilibria(np.stack([win, -win], axis=-1)).shape == (0, 2)


def test_gains_within_the_tolerance_are_none():
    first = np.array([[1.0], [1 + 1e-10], [1 + 1e-8]])
    assert pure_equilibria(np.stack([first, np.zeros((3, 1))], axis=-1)).tolist() == [[2, 0]]
    assert pure_equilibria(np.stack([first[:2], np.zeros((2, 1))], axis=-1)).tolist() == [[0, 0], [1, 0]]


@pytest.mark.parametrize("shape", [(2,), (2, 2), (2, 2, 3), (2, 0, 2), ()])
def test_a_table_that_does_not_fit_its_players_is_refused(shape):
    with pytest.raises(ValueError, match="choices of n players"):
        pure_equilibria(np.zeros(shape))


def test_payoffs_that_are_no_numbers_and_games_too_large_are_refused():
    with pytest.raises(ValueError, match="not finite"):
        pure_equilibria(np.full((2, 2, 2), np.nan))
    with pytest.raises(TooLarge, match="1,001,000 outcomes"):
        pure_equilibria(np.zeros((1001, 1000, 2)))
