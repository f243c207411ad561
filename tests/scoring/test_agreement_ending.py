"""What a match leaves each party with, and what it is called."""

import numpy as np
import pytest

from arena.scoring.agreement.ending import Ending, message_costs, realised, status_of
from arena.solutions.space import Space


def space_of(rows, disagreement, passing=None):
    passing = [True] * len(rows) if passing is None else passing
    return Space(np.array(rows, float), np.array(disagreement, float), np.array(passing, bool))


PIE = space_of([(k / 10, 1 - k / 10) for k in range(11)], (0.1, 0))


def test_a_deal_in_the_first_round_is_worth_its_utilities_to_the_bit():
    rng = np.random.default_rng(2)
    space = space_of(rng.random((50, 2)), rng.random(2) * 100)
    for outcome, row in enumerate(space.utilities):
        assert realised(space, Ending(outcome, discounts=(0.9, 0.3))).tolist() == row.tolist()
        assert realised(space, Ending(outcome, rounds=4, discounts=(1.0, 1.0))).tolist() == row.tolist()


def test_gains_shrink_with_each_round_and_each_message_while_what_no_deal_gives_does_not():
    late = Ending(5, rounds=2, discounts=(0.5, 1.0), costs=(0.01, 0.02), messages=(3, 4))
    assert realised(PIE, late).tolist() == pytest.approx([0.1 + 0.25 * 0.4 - 0.03, 0.5 - 0.08])


def test_without_a_deal_everyone_has_what_no_deal_gives_less_the_messages():
    ending = Ending(None, rounds=7, discounts=(0.5, 0.5), costs=(0.25, 0.5), messages=(1, 2))
    assert realised(PIE, ending).tolist() == [0.1 - 0.25, -1.0]
    assert message_costs(PIE, ending).tolist() == [0.25, 1.0]
    assert realised(PIE, Ending(None)).tolist() == [0.1, 0]


@pytest.mark.parametrize(
    ("ending", "message"),
    [
        (Ending(11), "not among the 11"),
        (Ending(-1), "not among the 11"),
        (Ending(0, rounds=-1), "expected >= 0 and in"),
        (Ending(0, discounts=(1.1, 1)), "expected >= 0 and in"),
        (Ending(0, discounts=(0.9,)), "2 numbers, one for each party"),
        (Ending(0, costs=(float("nan"), 0)), "2 numbers, one for each party"),
        (Ending(0, costs=(-1, 0)), "expected none below 0"),
        (Ending(0, messages=(0, -1)), "expected none below 0"),
    ],
)
def test_an_ending_that_does_not_fit_the_game_is_refused(ending, message):
    with pytest.raises(ValueError, match=message):
        realised(PIE, ending)


def test_a_standing_deal_is_agreed_even_where_a_seat_forfeited_on_the_way():
    assert status_of(PIE, Ending(3)) == "agreed"
    assert status_of(PIE, Ending(3, forfeits=(1,))) == "agreed"


def test_a_match_that_was_cut_short_is_void_whatever_stands():
    assert status_of(PIE, Ending(None, ended=False)) == "void"
    assert status_of(PIE, Ending(3, ended=False, forfeits=(0,))) == "void"


def test_without_a_deal_a_forfeit_is_named_first():
    assert status_of(PIE, Ending(None, forfeits=(1,))) == "forfeit"


@pytest.mark.parametrize(
    ("rows", "passing", "status"),
    [
        ([(0, 0), (1, 0)], [True, True], "no_deal_missed"),
        ([(0, 0), (5, 5)], [True, False], "no_deal_correct"),
        ([(0, 0), (-1, 5)], [True, True], "no_deal_missed"),
        ([(0, 0), (1e-10, 0)], [True, True], "no_deal_correct"),
        ([(9, 9)], [False], "no_deal_correct"),
    ],
)
def test_no_deal_is_missed_iff_some_deal_that_passes_gives_someone_a_strict_gain(rows, passing, status):
    assert status_of(space_of(rows, (0, 0), passing), Ending(None)) == status
