"""Individual rationality, the quality gate and the group's value."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from arena.scoring.agreement.ending import Ending, realised
from arena.scoring.agreement.rationality import Rationality, group_value, quality_gate, rationality
from arena.solutions.optimum import first_best
from arena.solutions.space import Space
from tests.small_games import games

SPACE = Space(
    np.array([(5, -1, 2), (1, 0, 2), (-4, -4, 1)], float), np.array([1.0, 0, 0]), np.array([True, True, False])
)


def test_rationality_is_told_for_each_party_and_jointly_with_its_depth():
    assert rationality(SPACE, SPACE.utilities[0]) == Rationality((True, False, True), False, 1.0)
    assert rationality(SPACE, SPACE.utilities[1]) == Rationality((True, True, True), True, 0.0)
    assert rationality(SPACE, SPACE.utilities[2]) == Rationality((False, False, True), False, 9.0)


def test_the_gate_is_shut_iff_the_deal_should_not_have_passed_and_says_nothing_without_a_deal():
    assert [quality_gate(SPACE, Ending(k)) for k in range(3)] == [1, 1, 0]
    assert math.isnan(quality_gate(SPACE, Ending(None)))


def test_a_deal_that_should_not_have_passed_is_worth_nothing_at_best():
    rich = Space(np.array([(9, -1)], float), np.zeros(2), np.zeros(1, bool))
    assert group_value(rich, Ending(0), rich.utilities[0]) == 0
    assert group_value(SPACE, Ending(2), SPACE.utilities[2]) == -8
    assert group_value(SPACE, Ending(0), SPACE.utilities[0]) == 5


def test_no_deal_is_worth_what_its_messages_cost():
    assert group_value(SPACE, Ending(None), realised(SPACE, Ending(None))) == 0
    costly = Ending(None, costs=(1.0, 0, 0), messages=(3, 0, 0))
    assert group_value(SPACE, costly, realised(SPACE, costly)) == -3


@given(games(), st.data())
def test_an_undiscounted_value_never_exceeds_the_first_best(game, data):
    ending = Ending(data.draw(st.one_of(st.none(), st.integers(0, len(game.rows) - 1))))
    assert group_value(game.space, ending, realised(game.space, ending)) <= first_best(game.space).value


@given(games(unanimous=True), st.data())
def test_where_all_must_agree_no_discount_lifts_the_value_above_the_first_best(game, data):
    discounts = data.draw(st.tuples(*[st.floats(0, 1)] * len(game.disagreement)))
    outcome = data.draw(st.one_of(st.none(), st.integers(0, len(game.rows) - 1)))
    ending = Ending(outcome, rounds=data.draw(st.integers(0, 5)), discounts=discounts)
    assert group_value(game.space, ending, realised(game.space, ending)) <= first_best(game.space).value + 1e-9
