"""Alternating offers: what patience is worth, with and without a deadline."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.solutions.alternating_offers import division_by_deadline, division_without_end

discount = st.floats(0, 1)


@given(st.floats(0, 0.999), st.floats(0, 0.999))
def test_without_end_each_proposer_leaves_the_other_just_what_waiting_is_worth(first, second):
    mine = division_without_end(np.array([first, second]))
    theirs = division_without_end(np.array([second, first]))
    assert mine.sum() == pytest.approx(1)
    assert mine[1] == pytest.approx(second * theirs[0], abs=1e-9)
    assert ((mine >= 0) & (mine <= 1)).all()


@given(discount, discount, st.integers(1, 12))
def test_with_a_deadline_the_other_is_left_what_the_next_round_would_give_it(first, second, rounds):
    discounts = np.array([first, second])
    shares = division_by_deadline(discounts, rounds)
    assert shares.shape == (rounds, 2)
    assert shares[-1].tolist() == [float(rounds % 2 == 1), float(rounds % 2 == 0)]
    for now, later, other in zip(shares, shares[1:], [1, 0] * rounds, strict=False):
        assert now[other] == discounts[other] * later[other]
        assert now.sum() == pytest.approx(1)


def test_a_far_deadline_is_as_good_as_none():
    discounts = np.array([0.8, 0.9])
    assert division_by_deadline(discounts, 200)[0] == pytest.approx(division_without_end(discounts), abs=1e-12)


def test_who_cannot_wait_gets_nothing_and_who_can_wait_for_ever_everything():
    assert division_without_end(np.array([0.5, 0.0])).tolist() == [1, 0]
    assert division_without_end(np.array([1.0, 0.5])).tolist() == [1, 0]
    assert division_without_end(np.array([0.5, 1.0])).tolist() == [0, 1]
    assert division_by_deadline(np.array([1.0, 1.0]), 4)[0].tolist() == [0, 1]


def test_no_rounds_leave_nothing_to_say():
    assert division_by_deadline(np.array([0.5, 0.5]), 0).shape == (0, 2)


def test_without_impatience_every_division_is_stable():
    with pytest.raises(ValueError, match="expected one below 1"):
        division_without_end(np.array([1.0, 1.0]))


@pytest.mark.parametrize("discounts", [[0.5], [0.5, 1.1], [-0.1, 0.5], [float("nan"), 0.5]])
def test_discounts_that_are_none_are_refused(discounts):
    for solve in (division_without_end, lambda given: division_by_deadline(given, 3)):
        with pytest.raises(ValueError, match="two numbers in"):
            solve(np.array(discounts))
    with pytest.raises(ValueError, match="rounds are -1"):
        division_by_deadline(np.array([0.5, 0.5]), -1)
