"""The loss splits into choice, delay and deadlock, and adds up."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from arena.scoring.agreement.ending import Ending, realised
from arena.scoring.agreement.loss import Loss, split_loss
from arena.solutions.space import Space
from tests.small_games import games

ROWS = np.array([(10, 10, 1), (6, 5, 3), (4, 4, 4), (5, 4, 3)], float)
VETO = Space(ROWS, np.full(3, 2.0), np.array([False, True, True, True]))


def endings(game):
    parties = len(game.disagreement)
    return st.builds(
        Ending,
        st.one_of(st.none(), st.integers(0, len(game.rows) - 1)),
        rounds=st.integers(0, 3),
        discounts=st.tuples(*[st.sampled_from([0.25, 0.5, 1.0])] * parties),
        costs=st.tuples(*[st.sampled_from([0.0, 0.125, 0.5])] * parties),
        messages=st.tuples(*[st.integers(0, 4)] * parties),
    )


@given(games(), st.data())
def test_the_parts_add_up_exactly_to_the_welfare_not_reached(game, data):
    ending = data.draw(endings(game))
    standing = sum(game.disagreement)
    target = max([standing, *(sum(game.rows[k]) for k in game.rational)])
    loss = split_loss(game.space, ending)
    assert loss.choice + loss.delay + loss.deadlock == loss.total
    assert loss.total == target - realised(game.space, ending).sum()  # every number here is a sum of 64ths


@given(games(), st.data())
def test_a_rational_deal_loses_nothing_to_deadlock_and_never_gains_from_choice_or_delay(game, data):
    ending = data.draw(endings(game))
    loss = split_loss(game.space, ending)
    if ending.outcome is None:
        assert loss.choice == 0
        assert loss.deadlock >= 0
    else:
        assert loss.deadlock == 0
    if ending.outcome in game.rational:
        assert loss.choice >= 0
        assert loss.delay >= 0


def test_a_worse_deal_struck_late_loses_to_choice_and_to_delay():
    ending = Ending(2, rounds=1, discounts=(0.5, 0.5, 0.5), costs=(0.5, 0, 0), messages=(2, 9, 9))
    assert split_loss(VETO, ending) == Loss(choice=2, delay=3 + 1, deadlock=0)


def test_no_deal_loses_the_whole_surplus_to_deadlock_and_the_messages_to_delay():
    ending = Ending(None, rounds=9, discounts=(0.5, 0.5, 0.5), costs=(0.25, 0, 0), messages=(4, 0, 0))
    assert split_loss(VETO, ending) == Loss(choice=0, delay=1, deadlock=8)


def test_choice_is_negative_where_a_deal_beyond_individual_rationality_is_richer():
    assert split_loss(VETO, Ending(0)) == Loss(choice=14 - 21, delay=0, deadlock=0)


def test_delay_is_negative_where_it_spares_a_party_a_loss():
    space = Space(np.array([(1.0, -9.0)]), np.zeros(2), np.ones(1, bool))
    assert split_loss(space, Ending(0, rounds=1, discounts=(1.0, 0.5))).delay == -4.5


def test_where_nothing_is_rational_no_deal_loses_nothing():
    loss = split_loss(Space(np.array([(-1.0, 5.0)]), np.zeros(2), np.ones(1, bool)), Ending(None))
    assert (loss.choice, loss.delay, loss.deadlock, loss.total) == (0, 0, 0, 0)
    assert not math.copysign(1, loss.total) < 0
