"""Conceder, boulware, hardliner and tit for tat: who gives way, when, and how far."""

from __future__ import annotations

import pytest

from arena.core.events import Disclosed, Moved
from arena.scenarios.bargain.policies.aspiration import BOULWARE, CONCEDER, aspiration
from arena.scenarios.bargain.terms import Accept, Deal, Goal, Propose, Reject, WalkAway
from tests.scenarios.policy_tables import (
    BUYER,
    HIGH_LONG,
    HIGH_SHORT,
    LOW_LONG,
    LOW_SHORT,
    MID_LONG,
    MID_SHORT,
    SELLER,
    after,
    answer,
    bargain,
    in_round,
    move,
    opened,
    owing,
    proposed,
    rejected,
)

ANN, BOB = 0, 1
HAGGLERS = ("conceder", "boulware", "hardliner", "tit-for-tat", "selfish")


def test_an_aspiration_starts_at_the_best_and_ends_at_the_least() -> None:
    for beta in (BOULWARE, 1.0, CONCEDER):
        assert aspiration(60.0, 20.0, 0.0, beta) == 60.0
        assert aspiration(60.0, 20.0, 1.0, beta) == 20.0


def test_a_conceder_is_below_the_straight_line_and_a_boulware_above_it() -> None:
    assert aspiration(60.0, 20.0, 0.25, CONCEDER) == 40.0  # a quarter of the time, half of the way
    assert aspiration(60.0, 20.0, 0.5, 1.0) == 40.0
    assert aspiration(60.0, 20.0, 0.5, BOULWARE) == 60.0 - 40.0 / 32


@pytest.mark.parametrize("name", HAGGLERS)
def test_hagglers_open_with_a_deal_that_is_best_for_them(name: str) -> None:
    assert move(name, opened(bargain()), ANN) in (Propose(LOW_SHORT), Propose(LOW_LONG))
    assert move(name, opened(bargain()), BOB) == Propose(HIGH_LONG)


@pytest.mark.parametrize("name", HAGGLERS)
def test_hagglers_make_no_offer_below_their_threshold_and_accept_none(name: str) -> None:
    for number in range(1, 12):
        table = proposed(in_round(opened(bargain()), number), BOB, HIGH_LONG)
        for dice in range(5):
            made = move(name, table, ANN, dice=dice)
            assert made != Accept(1)
            assert not isinstance(made, Propose) or made.deal not in (HIGH_SHORT, HIGH_LONG)


@pytest.mark.parametrize("name", HAGGLERS)
def test_hagglers_accept_their_best_deal_at_once(name: str) -> None:
    assert move(name, proposed(opened(bargain()), BOB, LOW_LONG), ANN) == Accept(1)


@pytest.mark.parametrize("name", HAGGLERS)
def test_a_haggler_who_agrees_to_no_deal_turns_down_what_comes(name: str) -> None:
    table = opened(bargain(thresholds=(70.0, 20.0)))
    assert move(name, table, ANN) is None
    assert move(name, proposed(table, BOB, LOW_LONG), ANN) == Reject(1)


def test_a_conceder_accepts_the_middle_before_half_time_and_a_boulware_at_the_end() -> None:
    def first_round(name: str) -> int:
        tables = ((n, proposed(in_round(opened(bargain()), n), BOB, MID_LONG)) for n in range(1, 12))
        return next(n for n, table in tables if move(name, table, ANN) == Accept(1))

    assert first_round("conceder") == 4  # 60 - 40 * sqrt(.3) < 40
    assert first_round("boulware") == 10  # 60 - 40 * .9**5 < 40


def test_a_conceder_offers_what_just_reaches_its_aspiration_and_is_likest_to_the_others_offers() -> None:
    table = proposed(proposed(in_round(opened(bargain()), 5), ANN, LOW_SHORT), BOB, HIGH_LONG)
    assert {move("conceder", table, ANN, dice=dice) for dice in range(8)} == {Propose(MID_LONG)}


def test_in_the_last_round_a_conceder_and_a_boulware_take_the_threshold() -> None:
    table = proposed(in_round(opened(bargain(thresholds=(40.0, 20.0))), 11), BOB, MID_SHORT)
    assert move("conceder", table, ANN) == Accept(1)
    assert move("boulware", table, ANN) == Accept(1)


def test_without_a_known_deadline_a_conceder_gives_way_as_if_there_were_ten_rounds() -> None:
    unknown, ten = bargain(rounds=None), bargain(rounds=10)
    for number in range(1, 11):
        one, other = (proposed(in_round(opened(task), number), BOB, MID_LONG) for task in (unknown, ten))
        assert move("conceder", one, ANN) == move("conceder", other, ANN)
    assert move("conceder", proposed(in_round(opened(unknown), 99), BOB, MID_LONG), ANN) == Accept(1)


def test_of_offers_that_are_good_enough_the_one_that_most_have_accepted_is_accepted() -> None:
    four = bargain(BUYER, SELLER, SELLER, SELLER)
    table = proposed(proposed(in_round(opened(four), 11), 1, LOW_LONG), 2, MID_LONG)
    assert move("conceder", table, ANN) == Accept(1)  # one seat each: the better one
    assert move("conceder", after(table, Moved(3, Accept(2))), ANN) == Accept(2)


def test_a_hardliner_repeats_its_best_deal_and_accepts_nothing_less_to_the_end() -> None:
    table = in_round(proposed(opened(bargain()), BOB, MID_LONG), 11)
    assert move("hardliner", table, ANN) == Propose(LOW_SHORT)
    standing = proposed(table, ANN, LOW_SHORT)
    assert move("hardliner", standing, ANN) == Reject(1)
    assert move("hardliner", rejected(standing, ANN, 1), ANN) is None


def test_a_hardliner_does_not_leave_even_where_a_move_is_owed() -> None:
    table = opened(owing(bargain()))
    for number in range(1, 12):
        table = in_round(table, number)
        made = move("hardliner", table, ANN)
        assert not isinstance(made, WalkAway | Accept)
        table = proposed(table, ANN, made.deal) if isinstance(made, Propose) else rejected(table, ANN, made.offer)


def tit_for_tat_after(*offers: Deal, mid: float = 60.0) -> object:
    """What Ann does who has 100, `mid` and 0 points for low, mid and high, after her first offer and these of Bob's."""
    steep = bargain(((100.0, mid, 0.0), (0.0, 0.0)), SELLER, thresholds=(0.0, 20.0))
    return move("tit-for-tat", proposed(proposed(opened(steep), ANN, LOW_SHORT), BOB, *offers), ANN)


def test_tit_for_tat_gives_one_step_first_and_no_more_while_the_others_give_nothing() -> None:
    """A tenth of what there is to lose: after her first offer Ann holds out for 90."""
    assert tit_for_tat_after(MID_LONG, mid=91.0) == Accept(2)
    assert tit_for_tat_after(MID_LONG, mid=89.0) == Propose(LOW_LONG)
    assert tit_for_tat_after(HIGH_LONG, HIGH_SHORT) in (Propose(LOW_LONG), Reject(3))


def test_tit_for_tat_mirrors_what_the_others_have_given() -> None:
    """From high to mid Bob gives Ann 60 points, so she comes down by 60 and a step."""
    assert tit_for_tat_after(HIGH_LONG, MID_LONG) == Accept(3)


def test_tit_for_tat_takes_its_steps_back_if_the_others_do() -> None:
    assert tit_for_tat_after(HIGH_LONG, MID_LONG, HIGH_SHORT) in (Propose(LOW_LONG), Reject(4))


@pytest.mark.parametrize("name", HAGGLERS)
def test_an_offer_that_stands_is_not_made_again(name: str) -> None:
    table = opened(bargain())
    made = move(name, table, BOB)
    assert isinstance(made, Propose)
    assert answer(name, proposed(table, BOB, made.deal), BOB).move is None


@pytest.mark.parametrize("name", ["conceder", "boulware", "hardliner", "tit-for-tat"])
def test_what_a_seat_holds_out_for_holds_also_with_a_private_goal(name: str) -> None:
    """A bonus for the long term breaks Ann's tie between the terms."""
    table = after(opened(bargain()), Disclosed(Goal(ANN, "want", 5.0, "Term", "long"), (ANN,)))
    assert move(name, table, ANN) == Propose(LOW_LONG)
    block = after(opened(bargain()), Disclosed(Goal(ANN, "block", 5.0, "Term", "long"), (ANN,)))
    assert move(name, block, ANN) == Propose(LOW_SHORT)
