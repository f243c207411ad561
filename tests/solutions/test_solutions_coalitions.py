"""Coalitions are numbered by their members' bits, and their excesses are what leaving would bring."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.errors import TooLarge
from arena.solutions.coalitions import Coalitions, coalitions_of, members, sizes
from tests.coalition_games import coalition_games


def test_a_coalition_is_named_by_the_bits_of_its_members():
    assert [members(coalition) for coalition in range(8)] == [(), (0,), (1,), (0, 1), (2,), (0, 2), (1, 2), (0, 1, 2)]
    assert sizes(3).tolist() == [0, 1, 1, 2, 1, 2, 2, 3]


def test_a_function_of_the_members_is_asked_once_for_each_coalition():
    asked = []
    game = coalitions_of(3, lambda who: asked.append(who) or float(len(who) ** 2))
    assert asked == [members(coalition) for coalition in range(8)]
    assert game.worths.tolist() == [0, 1, 1, 4, 1, 4, 4, 9]
    assert (game.parties, game.everyone) == (3, 9)


@given(coalition_games(), st.data())
def test_an_excess_is_what_a_coalition_makes_less_what_its_members_are_given(game, data):
    shares = data.draw(st.lists(st.integers(-5, 5), min_size=game.parties, max_size=game.parties))
    shares[0] += min(0, int(game.everyone) - sum(shares))  # no more than there is
    found = game.excesses(np.array(shares, float))
    for coalition, worth in enumerate(game.worths):
        assert found[coalition] == worth - sum(shares[party] for party in members(coalition))


def test_the_worths_are_a_copy_that_cannot_be_written_to():
    worths = np.array([0.0, 1, 2, 3])
    game = Coalitions(worths)
    worths[3] = 9
    assert game.everyone == 3
    with pytest.raises(ValueError, match="read-only"):
        game.worths[3] = 9


@pytest.mark.parametrize(
    ("worths", "message"),
    [
        ([], "one for each coalition"),
        ([0], "one for each coalition"),
        ([0, 1, 2], "one for each coalition"),
        ([[0, 1]], "one for each coalition"),
        ([0, float("nan")], "not finite"),
        ([1, 2], "empty coalition is worth 1, expected 0"),
    ],
)
def test_worths_that_are_no_game_are_refused(worths, message):
    with pytest.raises(ValueError, match=message):
        Coalitions(np.array(worths, float))


def test_more_than_a_million_coalitions_are_refused_before_anyone_is_asked():
    with pytest.raises(TooLarge, match=r"20 parties make 1,048,576 coalitions"):
        coalitions_of(20, lambda who: pytest.fail("asked"))
    with pytest.raises(TooLarge, match="20 parties"):
        Coalitions(np.zeros(2**20))


@pytest.mark.parametrize("shares", [[1, 1], [1, 1, float("nan")], [[1, 1, 1]]])
def test_an_allocation_is_one_number_for_each_party(shares):
    with pytest.raises(ValueError, match="3 numbers, one for each party"):
        coalitions_of(3, len).excesses(np.array(shares, float))


def test_more_than_there_is_cannot_be_handed_out():
    with pytest.raises(ValueError, match="4 is handed out of 3"):
        coalitions_of(3, len).excesses(np.array([2.0, 1, 1]))
