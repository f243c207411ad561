"""The planner: it tells all, works out the best deal for all, and does what everyone who knows the same would do."""

from __future__ import annotations

import pytest

from arena.core.events import Disclosed, Moved, Said
from arena.core.recall import view
from arena.moderators.channels import Public, Ring, Silent
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import AlternatingOffers, BidForFloor, ChairCalls
from arena.scenarios.bargain.policies.disclosure import known_sheets
from arena.scenarios.bargain.policies.joint import needed, ranking
from arena.scenarios.bargain.terms import (
    Accept,
    Goal,
    Interaction,
    Issue,
    Points,
    Propose,
    Reject,
    Reserve,
    Rules,
    Sheet,
    Synergy,
    WalkAway,
)
from tests.scenarios.policy_tables import (
    BUYER,
    HIGH_LONG,
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
TIED = ((10.0, 10.0, 10.0), (10.0, 10.0))


def pooled(*points: tuple[tuple[float, ...], ...], round: int = 2, **more: object):  # type: ignore[no-untyped-def]  # noqa: A002
    """The table in round 2, after everyone has told its sheet as it is."""
    task = bargain(*points, **more)  # type: ignore[arg-type]
    table = opened(task)
    for sheet in task.sheets:
        table = told(table, sheet.seat, sheet.points, sheet.threshold)
    return in_round(table, round)


def test_on_its_first_turn_it_tells_its_whole_sheet_as_claims() -> None:
    claims = answer("planner", opened(bargain()), BOB).claims
    assert [claim.fact for claim in claims] == [
        Points("Price", (0.0, 30.0, 50.0)),
        Points("Term", (0.0, 30.0)),
        Reserve(20.0),
    ]
    assert {claim.to for claim in claims} == {(ANN,)}


def test_it_tells_the_same_in_words() -> None:
    (message,) = answer("planner", opened(bargain()), BOB).messages
    assert "Price (low 0, mid 30, high 50); Term (short 0, long 30)" in message.text
    assert "20" in message.text


def test_it_tells_its_sheet_once() -> None:
    table = told(opened(bargain()), BOB, SELLER, 20.0)
    assert answer("planner", table, BOB).claims == ()


def test_pairs_of_options_are_told_as_well_once_each() -> None:
    twice = (Interaction("Term", "long", "Price", "mid", 7.0), Interaction("Price", "mid", "Term", "long", 5.0))
    body = answer("planner", opened(bargain(interactions=((), twice, (), ()))), BOB)
    assert Synergy("Price: mid", "Term: long", 12.0) in [claim.fact for claim in body.claims]
    assert "long and mid together 7 on top" in body.messages[0].text or "12 on top" in body.messages[0].text


def test_numbers_that_a_claim_cannot_name_are_told_as_near_as_it_can() -> None:
    odd = ((0.4, 1200.0, -3.0), (2.6, 0.0))
    claims = answer("planner", opened(bargain(BUYER, odd, thresholds=(20.0, 2.1))), BOB).claims
    assert [claim.fact for claim in claims] == [
        Points("Price", (0.0, 1000.0, 0.0)),
        Points("Term", (3.0, 0.0)),
        Reserve(3.0),
    ]


def test_whispers_carry_the_sheet_where_nothing_else_does() -> None:
    task = bargain(BUYER, SELLER, TIED, TIED)
    body = answer("planner", opened(task), BOB, Meeting(channel=Ring()))
    assert {claim.to for claim in body.claims} == {(ANN, CLEO)}
    assert [message.to for message in body.messages] == [(ANN, CLEO)]


def test_where_words_are_short_the_claims_go_alone() -> None:
    body = answer("planner", opened(bargain()), BOB, Meeting(limits=Limits(characters=10)))
    assert body.messages == ()
    assert len(body.claims) == 3


def test_in_the_first_round_it_waits_for_the_others_to_tell_theirs() -> None:
    assert move("planner", opened(bargain()), ANN) is None
    assert move("planner", proposed(opened(bargain()), ANN, LOW_LONG), BOB) is None


def test_the_lowest_numbered_seat_proposes_what_is_best_for_all() -> None:
    assert move("planner", pooled(), ANN) == Propose(MID_LONG)


def test_a_seat_that_completes_the_picture_leaves_the_proposal_to_the_lowest() -> None:
    table = told(opened(bargain()), ANN, BUYER, 20.0)
    body = answer("planner", table, BOB)
    assert len(body.claims) == 3
    assert body.move is None


def test_another_seat_proposes_where_a_phase_has_gone_by_without() -> None:
    assert move("planner", pooled(), BOB) == Propose(MID_LONG)


def test_the_others_accept_exactly_that_deal() -> None:
    table = pooled()
    assert move("planner", proposed(table, ANN, MID_LONG), BOB) == Accept(1)
    assert move("planner", proposed(table, ANN, MID_SHORT), BOB) == Propose(MID_LONG)


def test_it_turns_down_other_deals_while_the_best_one_stands() -> None:
    table = proposed(proposed(pooled(), BOB, HIGH_LONG), ANN, MID_LONG)
    assert move("planner", table, ANN) == Reject(1)
    assert move("planner", rejected(table, ANN, 1), ANN) is None


def test_ties_go_to_the_first_deal_in_lexicographic_order() -> None:
    """Deals within X_IR of equal sums: any with the low price."""
    flat = ((30.0, 0.0, 0.0), (0.0, 0.0))
    assert move("planner", pooled(flat, flat), ANN) == Propose(LOW_SHORT)


def test_all_deals_of_a_large_space_that_tie_are_ranked_in_lexicographic_order() -> None:
    issues = tuple(Issue(f"issue {k}", "", tuple("abcd")) for k in range(5))
    rules = Rules("", issues, "unanimous", 2, (), 10, 2)
    sheets = tuple(Sheet(seat, (*((1.0,) * 4,) * 4, (0.0, 1.0, 0.0, 1.0)), 0.0) for seat in range(2))
    assert ranking(rules, sheets, ()).tolist() == [*range(1, 4**5, 2), *range(0, 4**5, 2)]


def test_a_seat_is_needed_where_no_deal_can_pass_without_it() -> None:
    rules = Rules("", (), "majority", 2, (), 10, 3)
    assert not needed(rules, {BOB}, ())
    assert needed(rules, {BOB}, (CLEO,))
    assert needed(rules, {BOB, CLEO}, ())
    assert needed(Rules("", (), "majority", 2, (BOB,), 10, 3), {BOB}, ())


def test_it_maximises_over_deals_that_everyone_agrees_to() -> None:
    """Without thresholds low and short would be best, 103 in all, but Bob has nothing there."""
    rich = ((100.0, 40.0, 0.0), (3.0, 0.0))
    assert move("planner", pooled(rich, SELLER), ANN) == Propose(LOW_LONG)
    assert move("planner", pooled(rich, SELLER, thresholds=(20.0, 40.0)), ANN) == Propose(MID_LONG)


def test_under_a_majority_a_seat_below_its_threshold_neither_accepts_nor_objects() -> None:
    table = pooled(TIED, BUYER, BUYER, acceptance="majority", thresholds=(30.0, 0.0, 0.0))
    assert move("planner", table, ANN) is None
    assert move("planner", table, BOB) == Propose(LOW_SHORT)
    assert move("planner", proposed(table, BOB, LOW_SHORT), ANN) is None
    assert move("planner", proposed(table, BOB, LOW_SHORT), CLEO) == Accept(1)


def test_a_veto_seat_must_agree() -> None:
    table = pooled(TIED, BUYER, SELLER, acceptance="majority", vetoes=(2,), thresholds=(0.0, 0.0, 60.0))
    assert move("planner", table, ANN) == Propose(MID_LONG)


def test_a_deal_that_a_needed_seat_has_rejected_is_passed_over() -> None:
    table = rejected(proposed(pooled(), ANN, MID_LONG), BOB, 1)
    assert move("planner", table, ANN) == Propose(LOW_LONG)


def test_a_deal_that_rounding_made_look_agreeable_is_rejected() -> None:
    """Bob has 59.8 for the best deal and needs 59.9; told were 60 and 60."""
    task = bargain(BUYER, ((0.0, 29.9, 50.0), (0.0, 29.9)), thresholds=(20.0, 59.9))
    table = told(told(opened(task), ANN, BUYER, 20.0), BOB, SELLER, 60.0)
    assert move("planner", proposed(in_round(table, 2), ANN, MID_LONG), BOB) == Reject(1)


def test_in_the_last_round_it_takes_any_deal_that_would_pass() -> None:
    table = proposed(proposed(pooled(round=11), ANN, MID_LONG), BOB, LOW_LONG)
    assert move("planner", table, ANN) == Accept(2)


def test_where_no_deal_would_pass_it_says_so_and_leaves_at_half_time() -> None:
    hopeless = bargain(thresholds=(50.0, 50.0))
    table = told(told(opened(hopeless), BOB, SELLER, 50.0), ANN, BUYER, 50.0)
    body = answer("planner", table, BOB)
    assert body.move is None
    assert "no deal" in body.messages[0].text
    assert move("planner", in_round(table, 5), BOB) is None
    assert move("planner", in_round(table, 6), BOB) == WalkAway()


def test_where_no_deal_would_pass_as_told_it_takes_one_that_is_offered_all_the_same() -> None:
    table = told(told(opened(bargain()), BOB, SELLER, 90.0), ANN, BUYER, 20.0)
    assert move("planner", proposed(in_round(table, 2), BOB, MID_LONG), ANN) == Accept(1)


def test_with_a_seat_that_tells_nothing_it_offers_the_best_for_those_who_have_told() -> None:
    table = proposed(told(opened(bargain()), ANN, BUYER, 20.0), BOB, HIGH_LONG)
    assert move("planner", in_round(table, 2), ANN) in (Propose(LOW_SHORT), Propose(LOW_LONG))


def test_as_time_runs_it_comes_towards_what_the_silent_seat_offers() -> None:
    table = proposed(told(opened(bargain()), ANN, BUYER, 20.0), BOB, HIGH_LONG, MID_LONG, HIGH_LONG)
    assert move("planner", in_round(table, 9), ANN) == Propose(MID_LONG)


@pytest.mark.parametrize("number", range(2, 12))
def test_it_never_makes_or_takes_an_offer_below_its_threshold(number: int) -> None:
    table = proposed(told(opened(bargain()), ANN, BUYER, 20.0), BOB, HIGH_LONG)
    made = move("planner", in_round(table, number), ANN)
    assert made == Reject(1) or (isinstance(made, Propose) and made.deal[0] in ("low", "mid"))


def test_in_the_last_round_it_takes_what_a_silent_seat_offers_if_it_can() -> None:
    table = proposed(told(opened(bargain()), ANN, BUYER, 20.0), BOB, MID_LONG)
    assert move("planner", in_round(table, 11), ANN) == Accept(1)


def test_it_waits_up_to_half_of_the_time_for_a_seat_that_had_no_chance_to_be_heard() -> None:
    table = told(told(opened(bargain(BUYER, SELLER, TIED)), ANN, BUYER, 20.0), BOB, SELLER, 20.0)
    assert move("planner", in_round(table, 4), ANN) is None
    assert isinstance(move("planner", in_round(table, 5), ANN), Propose)
    heard = after(table, Moved(CLEO, Propose(HIGH_LONG)))
    assert isinstance(move("planner", in_round(heard, 2), ANN), Propose)


def test_where_nobody_can_speak_it_does_not_wait_for_words() -> None:
    assert isinstance(move("planner", opened(bargain()), ANN, Meeting(channel=Silent())), Propose)


def test_a_seat_that_has_left_is_not_waited_for() -> None:
    table = told(told(opened(bargain(BUYER, SELLER, TIED, acceptance="majority")), ANN, BUYER, 20.0), BOB, SELLER, 20.0)
    left = after(in_round(table, 2), Moved(CLEO, WalkAway()))
    assert move("planner", left, ANN) == Propose(MID_LONG)
    assert move("planner", proposed(left, BOB, LOW_LONG), ANN) == Propose(MID_LONG)  # all is known, nothing guessed


def test_only_whole_sheets_count_as_told() -> None:
    table = after(opened(bargain()), Disclosed(Points("Price", (0.0, 30.0, 50.0)), (ANN,), BOB))
    table = told(table, ANN, BUYER, 20.0)
    assert move("planner", in_round(table, 2), ANN) != Propose(MID_LONG)


def test_what_the_game_itself_tells_of_a_seat_counts_before_what_the_seat_claims() -> None:
    task = bargain()
    table = told(told(opened(task), ANN, BUYER, 20.0), BOB, SELLER, 80.0)  # Bob asks for more than he needs
    table = after(table, Disclosed(task.sheets[BOB], (ANN, BOB)))
    assert move("planner", in_round(table, 2), ANN) == Propose(MID_LONG)


def test_the_proposer_of_the_round_proposes_under_alternating_offers_whoever_it_is() -> None:
    meeting = Meeting(turns=AlternatingOffers())
    assert move("planner", pooled(), BOB, meeting) == Propose(MID_LONG)
    assert move("planner", proposed(pooled(), BOB, MID_LONG), ANN, meeting) == Accept(1)


def test_to_propose_what_stands_already_is_how_it_accepts_where_only_offers_are_allowed() -> None:
    table = proposed(pooled(), ANN, MID_LONG)
    assert move("planner", table, BOB, Meeting(turns=AlternatingOffers())) == Propose(MID_LONG)


def test_it_moves_where_it_must() -> None:
    assert isinstance(move("planner", opened(owing(bargain())), ANN), Propose)


def test_in_a_phase_of_talk_it_tells_and_makes_no_move() -> None:
    body = answer("planner", opened(talking(bargain())), ANN)
    assert len(body.claims) == 3
    assert body.move is None


def test_it_wants_the_floor_most_to_tell_then_to_settle_and_not_to_wait() -> None:
    meeting = Meeting(turns=BidForFloor())
    untold = answer("planner", opened(bargain()), ANN, meeting).bid
    settles = answer("planner", pooled(), ANN, meeting).bid
    stands_in = answer("planner", pooled(), BOB, meeting).bid
    waits = answer("planner", told(opened(bargain()), ANN, BUYER, 20.0), ANN, meeting).bid
    done = answer("planner", proposed(pooled(), ANN, MID_LONG), ANN, meeting).bid
    assert untold is not None
    assert settles is not None
    assert stands_in is not None
    assert untold > settles > stands_in > 0
    assert waits == done == 0


def test_in_the_chair_it_calls_who_has_not_told_then_who_has_not_accepted() -> None:
    meeting = Meeting(turns=ChairCalls(0), channel=Public())
    task = bargain(BUYER, SELLER, TIED, thresholds=(20.0, 20.0, 0.0))
    table = told(told(opened(task), ANN, BUYER, 20.0), BOB, SELLER, 20.0)
    assert answer("planner", table, ANN, meeting).call == CLEO
    table = proposed(told(table, CLEO, TIED, 0.0), ANN, MID_LONG)
    talkative = after(table, Moved(BOB, Accept(1)), *[Said(CLEO, (ANN, BOB), "Hm.")] * 5)
    assert answer("planner", talkative, ANN, meeting).call == CLEO


def test_in_the_only_round_whoever_knows_all_proposes_at_once() -> None:
    table = told(opened(bargain(rounds=1)), ANN, BUYER, 20.0)
    body = answer("planner", table, BOB)
    assert body.move == Propose(MID_LONG)
    assert len(body.claims) == 3
    assert "Price: mid; Term: long" in body.messages[0].text


def test_with_a_seat_that_tells_nothing_it_does_not_offer_again_what_that_seat_rejected() -> None:
    table = told(opened(bargain(SELLER, BUYER)), ANN, SELLER, 20.0)
    table = rejected(proposed(table, ANN, HIGH_LONG), BOB, 1)
    assert move("planner", in_round(table, 2), ANN) == Propose(MID_LONG)


def test_its_own_sheet_is_none_of_those_that_it_was_told() -> None:
    table = told(told(opened(bargain()), ANN, BUYER, 20.0), BOB, SELLER, 20.0)
    assert set(known_sheets(view(table, Meeting(), ANN), table.common.rules)) == {BOB}


def test_private_goals_are_no_part_of_what_it_tells_or_solves() -> None:
    table = after(pooled(), Disclosed(Goal(ANN, "block", 50.0, "Term", "long"), (ANN,)))
    assert move("planner", table, ANN) == Propose(MID_LONG)


def test_an_edited_claim_replaces_the_one_before() -> None:
    table = told(told(opened(bargain()), ANN, BUYER, 20.0), BOB, SELLER, 90.0)
    table = after(table, Disclosed(Reserve(20.0), (ANN,), BOB))
    assert move("planner", in_round(table, 2), ANN) == Propose(MID_LONG)
