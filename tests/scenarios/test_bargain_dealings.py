from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.core.events import Disclosed, Moved, PhaseOpened, Said
from arena.core.protocol import Played
from arena.scenarios.bargain.acceptance import passes
from arena.scenarios.bargain.dealings import EVENTS, FACTS, MOVES
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import (
    Accept,
    Agreement,
    Fact,
    Intends,
    Move,
    Offer,
    Points,
    Propose,
    Reject,
    Reserve,
    Synergy,
    WalkAway,
)
from tests.scenarios.small_bargains import PAIR, after, dealt, many, opened, told

FIRST, SECOND, THIRD = ("o0",), ("o1",), ("o2",)


def test_a_deal_closes_the_match_the_moment_everyone_has_accepted() -> None:
    w = after(opened(dealt(PAIR)), (0, Propose(("low", "short"))), 2, 3)
    assert SCENARIO.over(w) is None
    w = after(w, (1, Accept(1)))
    offer = Offer(1, 0, ("low", "short"), (0, 1))
    assert (w.common.agreement, SCENARIO.over(w)) == (Agreement(offer, 2), "agreed")


def test_under_majority_two_of_three_bind_the_third() -> None:
    w = after(opened(dealt(many(3, acceptance="majority"))), (2, Propose(FIRST)), (0, Accept(1)))
    assert SCENARIO.over(w) == "agreed"


def test_under_all_but_one_three_of_four_bind_the_fourth() -> None:
    w = after(opened(dealt(many(4, acceptance="all-but-one"))), (0, Propose(FIRST)), (1, Accept(1)))
    assert SCENARIO.over(w) is None
    assert SCENARIO.over(after(w, (3, Accept(1)))) == "agreed"


def test_a_quorum_without_the_veto_seat_does_not_close_and_with_it_does() -> None:
    game = many(4, acceptance="all-but-one")
    game["parties"]["p3"]["veto"] = True
    w = after(opened(dealt(game)), (0, Propose(FIRST)), (1, Accept(1)), (2, Accept(1)))
    assert SCENARIO.over(w) is None
    assert SCENARIO.over(after(w, (3, Accept(1)))) == "agreed"


def test_a_newer_offer_replaces_the_older_one_of_the_same_seat_and_leaves_the_others() -> None:
    w = after(opened(dealt(many(3))), (0, Propose(FIRST)), (1, Propose(SECOND)), (0, Propose(THIRD)))
    assert [(o.number, o.by, o.deal) for o in w.common.offers] == [(2, 1, SECOND), (3, 0, THIRD)]


def test_accepting_an_offer_that_was_replaced_lapses() -> None:
    w = after(opened(dealt(many(2))), (0, Propose(FIRST)), (0, Propose(SECOND)))
    assert after(w, (1, Accept(1))) == w
    assert SCENARIO.over(after(w, (1, Accept(2)))) == "agreed"


def test_in_one_wave_an_offer_replaced_by_an_earlier_seat_can_no_longer_be_accepted() -> None:
    standing = after(opened(dealt(many(2))), (0, Propose(FIRST)))
    w = after(standing, (0, Propose(SECOND)), (1, Accept(1)))
    assert SCENARIO.over(w) is None
    assert w.common.offers == (Offer(2, 0, SECOND, (0,)),)


def test_in_one_wave_an_acceptance_by_an_earlier_seat_closes_before_the_offer_is_replaced() -> None:
    standing = after(opened(dealt(many(2))), (1, Propose(FIRST)))
    w = after(standing, (0, Accept(1)), (1, Propose(SECOND)))
    assert w.common.agreement == Agreement(Offer(1, 1, FIRST, (1, 0)), 0)


def test_two_seats_that_propose_the_same_deal_have_agreed_on_it() -> None:
    w = after(opened(dealt(many(2))), (0, Propose(FIRST)), (1, Propose(FIRST)))
    assert w.common.agreement == Agreement(Offer(1, 0, FIRST, (0, 1)), 0)


def test_proposing_what_another_seat_offers_accepts_it_and_withdraws_ones_own_offer() -> None:
    w = after(opened(dealt(many(3))), (0, Propose(FIRST)), (1, Propose(SECOND)), (1, Propose(FIRST)))
    assert w.common.offers == (Offer(1, 0, FIRST, (0, 1)),)
    assert w.common.proposed == 2


def test_proposing_ones_own_standing_deal_again_keeps_its_number_and_its_answers() -> None:
    w = after(opened(dealt(many(3))), (0, Propose(FIRST)), (1, Accept(1)), (2, Reject(1)))
    assert after(w, (0, Propose(FIRST))) == w


def test_the_last_answer_of_a_seat_counts() -> None:
    w = after(opened(dealt(many(3))), (0, Propose(FIRST)), (1, Accept(1)), (1, Reject(1)))
    assert w.common.offers == (Offer(1, 0, FIRST, (0,), (1,)),)
    w = after(w, (2, Accept(1)), (1, Accept(1)))
    assert w.common.agreement == Agreement(Offer(1, 0, FIRST, (0, 2, 1)), 0)


def test_walking_away_takes_ones_offer_and_acceptances_along() -> None:
    game = many(4, acceptance="majority")
    w = after(opened(dealt(game)), (0, Propose(FIRST)), (1, Propose(SECOND)), (1, Accept(1)), (1, WalkAway()))
    assert w.common.offers == (Offer(1, 0, FIRST, (0,)),)
    assert SCENARIO.absent(w) == (1,)
    assert SCENARIO.over(w) is None
    # The quorum is still 3 of the 4 who sat down.
    assert SCENARIO.over(after(w, (2, Accept(1)))) is None
    assert SCENARIO.over(after(w, (2, Accept(1)), (3, Accept(1)))) == "agreed"


def test_whoever_has_walked_away_can_do_nothing_more() -> None:
    w = after(opened(dealt(many(4, acceptance="majority"))), (0, Propose(FIRST)), (1, WalkAway()))
    assert after(w, (1, Accept(1)), (1, Propose(SECOND)), (1, Reject(1)), (1, WalkAway())) == w


@pytest.mark.parametrize(
    ("acceptance", "seats", "veto", "gone", "why"),
    [
        ("unanimous", 3, None, [0], "walked away"),
        ("majority", 5, None, [0, 1], None),
        ("majority", 5, None, [0, 1, 2], "walked away"),
        ("majority", 5, 4, [4], "walked away"),
        ("all-but-one", 4, None, [3], None),
        ("all-but-one", 4, None, [3, 0], "walked away"),
        ("majority", 3, None, [0, 1, 2], "walked away"),
    ],
)
def test_the_bargain_is_over_once_those_left_can_make_no_deal(
    acceptance: str, seats: int, veto: int | None, gone: list[int], why: str | None
) -> None:
    game = many(seats, acceptance=acceptance)
    if veto is not None:
        game["parties"][f"p{veto}"]["veto"] = True
    w = after(opened(dealt(game)), *[(seat, WalkAway()) for seat in gone])
    assert SCENARIO.over(w) == why


def test_messages_are_counted_for_their_sender_whether_all_hear_them_or_not() -> None:
    task = dealt(many(3))
    said = [Said(0, (1, 2), "all"), Said(0, (2,), "you"), Said(2, (0,), "yes")]
    moderator = told(opened(task), 3, None, *said)
    assert (moderator.common.sent, moderator.own.sent) == ((1,), (1, 0, 1))
    bystander = told(opened(task, 1), 3, 1, *said)
    assert (bystander.common.sent, bystander.own.sent) == ((1,), ())


def test_claims_are_kept_with_their_author_and_taken_for_nobodys_sheet() -> None:
    w = told(opened(dealt(many(2)), 1), 2, 1, Disclosed(Reserve(7), (1,), by=0))
    assert w.common.claims == ((0, Reserve(7)),)
    assert w.own.sheets == dealt(many(2)).sheets[1:]


def test_every_kind_of_event_move_and_fact_is_dispatched() -> None:
    assert set(EVENTS) == {Moved, Disclosed, PhaseOpened, Said}
    assert set(MOVES) == set(get_args(Move))
    assert set(FACTS) == set(get_args(Fact))


TASK = dealt(many(4, acceptance="all-but-one"))
OPENING = (*SCENARIO.open(TASK), PhaseOpened(1, "table"))
SEATS, NUMBERS = st.integers(0, 3), st.integers(1, 9)
DEALS = st.sampled_from([(label,) for label in ("o0", "o1", "o2", "o3")])
MOVED = st.builds(
    Moved, SEATS, st.one_of(st.builds(Propose, DEALS), st.builds(Accept, NUMBERS), st.builds(Reject, NUMBERS))
)
LEFT = st.builds(Moved, SEATS, st.just(WalkAway()))
CLAIMED = st.builds(
    Disclosed,
    st.sampled_from([Points("outcome", (1, 2, 3, 4)), Reserve(3), Synergy("a", "b", 2), Intends(FIRST)]),
    st.just((1, 2)),
    by=st.just(0),
)
HEARD = st.builds(Said, SEATS, st.just((0,)), st.just("hm"))
EVENT = st.one_of(MOVED, MOVED, MOVED, CLAIMED, HEARD, LEFT, st.builds(PhaseOpened, NUMBERS, st.just("table")))


@given(st.lists(EVENT, max_size=25), st.data())
def test_any_subset_of_the_events_of_a_match_folds_to_a_sound_world(events: list[Played], data: st.DataObject) -> None:
    kept = [event for event in (*OPENING, *events) if data.draw(st.booleans())]
    w = SCENARIO.blank()
    for event in kept:
        w = SCENARIO.evolve(w, event)
    assert len({o.by for o in w.offers}) == len({o.deal for o in w.offers}) == len(w.offers)
    for offer in w.offers:
        assert offer.by in offer.accepted
        assert not set(offer.accepted) & set(offer.rejected)
        assert len(set(offer.accepted)) == len(offer.accepted)
        assert not set(w.away) & set(offer.accepted)
        assert 1 <= offer.number <= w.proposed


@given(st.lists(EVENT, max_size=25))
def test_a_whole_match_holds_a_passing_offer_exactly_when_it_is_agreed(events: list[Played]) -> None:
    w = SCENARIO.blank()
    for event in (*OPENING, *events):
        before, w = w, SCENARIO.evolve(w, event)
        assert before.agreement is None or w.agreement == before.agreement
        assert (w.agreement is not None) == any(passes(TASK.rules, o.accepted) for o in w.offers)
