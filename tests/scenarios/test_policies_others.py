"""Selfish, silent, absent, saboteur and random: what each does and leaves undone."""

from __future__ import annotations

from collections import Counter

import pytest

from arena.core.events import Moved
from arena.moderators.meeting import Meeting
from arena.moderators.turns import AlternatingOffers, BidForFloor, ChairCalls
from arena.scenarios.bargain.terms import Accept, Propose, Reject, WalkAway
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
    talking,
    told,
)

ANN, BOB, CLEO = 0, 1, 2


def test_selfish_goes_down_its_own_ranking_one_step_for_each_rejection() -> None:
    table = opened(bargain())
    asked = []
    for number in range(1, 4):
        made = move("selfish", table, BOB)
        asked.append(made.deal)
        table = rejected(proposed(table, BOB, made.deal), ANN, number)
    assert asked == [HIGH_LONG, MID_LONG, HIGH_SHORT]  # 80, 60 and 50 points for Bob


def test_selfish_concedes_nothing_while_nobody_rejects_its_offer() -> None:
    table = proposed(proposed(opened(bargain()), BOB, HIGH_LONG), ANN, LOW_SHORT)
    assert move("selfish", in_round(table, 10), BOB) == Reject(2)


def test_selfish_begins_again_where_everything_was_rejected() -> None:
    table = opened(bargain(thresholds=(20.0, 55.0)))
    table = rejected(proposed(table, BOB, HIGH_LONG), ANN, 1)
    table = rejected(proposed(table, BOB, MID_LONG), ANN, 2)
    assert move("selfish", table, BOB) == Propose(HIGH_LONG)


def test_selfish_asks_for_the_most_that_a_seat_agrees_to_by_the_points_it_told() -> None:
    assert move("selfish", told(opened(bargain()), ANN, BUYER, 20.0), BOB) == Propose(MID_LONG)


def test_selfish_accepts_what_is_worth_as_much_as_its_own_next_offer() -> None:
    table = rejected(proposed(opened(bargain()), BOB, HIGH_LONG), ANN, 1)
    assert move("selfish", proposed(table, ANN, MID_LONG), BOB) == Accept(2)
    assert move("selfish", proposed(table, ANN, MID_SHORT), BOB) == Propose(MID_LONG)


def test_selfish_takes_in_the_last_round_whatever_beats_having_no_deal() -> None:
    table = proposed(opened(bargain()), ANN, MID_SHORT)
    assert move("selfish", in_round(table, 10), BOB) == Propose(HIGH_LONG)
    assert move("selfish", in_round(table, 11), BOB) == Accept(1)
    assert move("selfish", in_round(proposed(opened(bargain()), ANN, LOW_SHORT), 11), BOB) == Propose(HIGH_LONG)


def test_silent_says_tells_and_offers_nothing() -> None:
    for table in (opened(bargain()), opened(talking(bargain())), proposed(opened(bargain()), BOB, HIGH_SHORT)):
        body = answer("silent", table, ANN)
        assert (body.messages, body.claims, body.move, body.notes) == ((), (), None, None)


def test_silent_accepts_the_offer_that_is_best_for_itself_if_it_reaches_its_threshold() -> None:
    three = bargain(BUYER, SELLER, SELLER, thresholds=(20.0, 0.0, 0.0))
    table = proposed(proposed(opened(three), BOB, MID_SHORT), CLEO, LOW_LONG)
    assert answer("silent", table, ANN).move == Accept(2)
    assert answer("silent", table, ANN).messages == ()


def test_silent_breaks_ties_by_its_own_lot_and_not_by_seat() -> None:
    three = bargain(BUYER, SELLER, SELLER, thresholds=(20.0, 0.0, 0.0))
    table = proposed(proposed(opened(three), BOB, MID_SHORT), CLEO, MID_LONG)
    chosen = Counter(move("silent", table, ANN, dice=dice).offer for dice in range(200))
    assert set(chosen) == {1, 2}
    assert min(chosen.values()) > 70


def test_silent_bids_for_the_floor_only_to_accept_something() -> None:
    meeting = Meeting(turns=BidForFloor())
    assert answer("silent", opened(bargain()), ANN, meeting).bid == 0
    assert answer("silent", proposed(opened(bargain()), BOB, HIGH_LONG), ANN, meeting).bid == 0
    assert answer("silent", proposed(opened(bargain()), BOB, MID_LONG), ANN, meeting).bid != 0


def test_absent_passes_always() -> None:
    for table in (opened(bargain()), proposed(opened(bargain()), BOB, LOW_LONG), in_round(opened(bargain()), 11)):
        body = answer("absent", table, ANN)
        assert (body.messages, body.claims, body.move, body.notes) == ((), (), None, None)
    assert answer("absent", opened(bargain()), ANN, Meeting(turns=BidForFloor())).bid == 0


def test_absent_rejects_where_a_move_is_owed_and_leaves_before_it_accepts() -> None:
    table = opened(owing(bargain()))
    assert move("absent", proposed(table, BOB, LOW_LONG), ANN) == Reject(1)
    answered = rejected(proposed(table, BOB, LOW_LONG), ANN, 1)
    assert move("absent", answered, ANN, Meeting(turns=AlternatingOffers())) == Propose(LOW_SHORT)  # its turn to offer
    assert move("absent", in_round(answered, 2), ANN, Meeting(turns=AlternatingOffers())) == WalkAway()


def test_a_saboteur_rejects_what_is_nearest_to_a_deal() -> None:
    three = bargain(BUYER, SELLER, SELLER, BUYER)
    table = proposed(proposed(opened(three), BOB, MID_LONG), 3, MID_SHORT)
    assert move("saboteur", after(table, Moved(CLEO, Accept(2))), ANN) == Reject(2)


def test_a_saboteur_rejects_even_its_own_best_deal_and_accepts_nothing() -> None:
    table = proposed(opened(bargain()), BOB, LOW_LONG)
    assert move("saboteur", table, ANN) == Reject(1)
    assert isinstance(move("saboteur", rejected(table, ANN, 1), ANN), Propose)


def test_a_saboteur_proposes_the_worst_deal_for_all_by_what_was_told() -> None:
    """As shares of a seat's best, high and short gives Ann 0 and Bob 50/140; low and short 1 and 0; the rest more."""
    points = ((0.0, 0.0, 50.0), (0.0, 90.0))
    table = told(opened(bargain(BUYER, points, thresholds=(0.0, 0.0))), BOB, points, 0.0)
    assert {move("saboteur", table, ANN, dice=dice) for dice in range(8)} == {Propose(HIGH_SHORT)}


def test_a_saboteur_who_was_told_nothing_proposes_what_is_unlike_the_others_offers() -> None:
    flat = bargain(((0.0, 0.0, 0.0), (0.0, 0.0)), SELLER)
    table = rejected(proposed(opened(flat), BOB, HIGH_LONG), ANN, 1)
    assert {move("saboteur", table, ANN, dice=dice).deal for dice in range(30)} == {LOW_SHORT, MID_SHORT}


@pytest.mark.parametrize("number", range(1, 12))
def test_a_saboteur_neither_accepts_nor_leaves(number: int) -> None:
    table = in_round(proposed(opened(owing(bargain())), BOB, MID_LONG), number)
    made = move("saboteur", table, ANN)
    then = move("saboteur", rejected(table, ANN, 1), ANN)
    assert not isinstance(made, Accept | WalkAway)
    assert not isinstance(then, Accept | WalkAway)


def test_random_draws_each_kind_of_legal_move_about_as_often() -> None:
    """Pearson's chi-square over 800 draws of four kinds: 16.27 is the .999 quantile for 3 degrees of freedom."""
    table = proposed(opened(bargain()), BOB, MID_LONG)
    drawn = Counter(type(move("random", table, ANN, dice=dice)) for dice in range(800))
    assert set(drawn) == {Propose, Accept, Reject, WalkAway}
    assert sum((count - 200) ** 2 / 200 for count in drawn.values()) < 16.27


def test_random_draws_each_deal_about_as_often() -> None:
    """The .999 quantile for 5 degrees of freedom is 20.52."""
    table = opened(bargain())
    moves = [move("random", table, ANN, dice=dice) for dice in range(1200)]
    deals = Counter(made.deal for made in moves if isinstance(made, Propose))
    expected = deals.total() / 6
    assert len(deals) == 6
    assert sum((count - expected) ** 2 / expected for count in deals.values()) < 20.52


@pytest.mark.parametrize("name", ["conceder", "hardliner", "random", "silent", "absent", "saboteur", "selfish"])
def test_in_the_chair_a_policy_calls_who_was_heard_least(name: str) -> None:
    meeting = Meeting(turns=ChairCalls(0))
    table = opened(bargain(BUYER, SELLER, SELLER))
    assert answer(name, proposed(table, BOB, HIGH_LONG), ANN, meeting).call == CLEO
    assert {answer(name, table, ANN, meeting, dice).call for dice in range(20)} == {BOB, CLEO}
