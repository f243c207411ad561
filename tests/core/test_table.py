from copy import deepcopy

import pytest

from arena.core.events import (
    AnyEvent,
    Bid,
    Disclosed,
    Forfeited,
    Moved,
    Passed,
    PhaseOpened,
    Refused,
    Replied,
    Said,
    Summarised,
    address,
)
from arena.core.overflow import Overflow
from arena.core.recall import own_table, recall, view
from arena.core.table import Table, evolve, fold
from arena.core.view import Ask, Seen, View
from arena.moderators.meeting import Meeting
from tests.meetings import MEETINGS
from tests.playing import Function, run
from tests.talkers import chatty, clumsy, forgetful
from tests.toy import Pledge, Purse, pool

EVERYONE = (0, 1, 2)


def after(*lines: tuple[object, ...]) -> Table:
    return fold(pool(), [address(line, EVERYONE) for line in lines])  # type: ignore[arg-type]


def each(table: Table, what: str) -> tuple[object, ...]:
    """One attribute of every seat's desk."""
    return tuple(getattr(desk, what) for desk in table.desks)


def test_a_public_event_is_folded_into_the_common_world_alone() -> None:
    table = after((Said(0, (1, 2), "hello"),))
    assert (table.common.heard, table.hidden.heard, [desk.own.heard for desk in table.desks]) == (1, 0, [0, 0, 0])


def test_a_private_event_is_folded_into_the_worlds_of_those_who_saw_it_and_the_moderators() -> None:
    table = after((Said(0, (2,), "psst"),))
    assert (table.common.heard, table.hidden.heard, [desk.own.heard for desk in table.desks]) == (0, 1, [1, 0, 1])


def test_a_secret_is_known_to_its_seat_and_the_moderator_only() -> None:
    table = after((Disclosed(Purse(1, 4, "c"), (1,)),))
    assert [len(table.known(s).own.purses) for s in EVERYONE] == [0, 1, 0]
    assert len(table.world.own.purses) == 1


def test_a_reply_waits_until_it_is_ruled_on_and_counts_towards_nth() -> None:
    table = after((PhaseOpened(1, "talk"),), (Replied(1, "x"),))
    assert table.desks[1].pending == Replied(1, "x")
    assert (each(table, "nth"), each(table, "spoken")) == ((0, 1, 0), (0, 0, 0))


def test_however_much_a_seat_does_in_one_line_it_is_one_turn() -> None:
    table = after(
        (PhaseOpened(1, "talk"),), (Replied(1),), (Said(1, (0, 2), "a"), Said(1, (0,), "b"), Moved(1, Pledge(2)))
    )
    assert (each(table, "spoken"), table.acted, table.desks[1].pending) == ((0, 1, 0), (1,), None)
    assert (table.desks[1].messages, table.desks[1].characters) == (2, 2)


def test_refusals_count_until_the_turn_is_over() -> None:
    opened, bad = (PhaseOpened(1, "talk"),), (Refused(0, "illegal", "no"),)
    assert each(after(opened, bad, bad), "refused") == (2, 0, 0)
    assert each(after(opened, bad, bad, (Said(0, (1, 2), "ok"),)), "refused") == (0, 0, 0)


FULL = Overflow(1, 300, 9_000, 8_192)
TALK, ANSWER = (PhaseOpened(1, "talk"),), (Replied(0, "a"),)
TURN = (Passed(0),)


def test_a_prompt_that_does_not_fit_is_no_answer_that_waits_but_a_request_for_a_summary() -> None:
    table = after(TALK, ANSWER, TURN, (Replied(0, overflow=FULL),))
    desk = table.desks[0]
    assert (desk.overflow, desk.pending, desk.nth, desk.answers, desk.spoken) == (FULL, None, 2, 1, 1)


def test_a_summary_is_no_turn_and_what_was_answered_before_it_is_counted_no_more() -> None:
    table = after(TALK, ANSWER, TURN, (Replied(0, overflow=FULL),), (Replied(0, "s"),), (Summarised(0, "s"),))
    desk = table.desks[0]
    assert (desk.overflow, desk.pending, desk.nth, desk.answers, desk.spoken) == (None, None, 3, 0, 1)


@pytest.mark.parametrize("covers", [-1, 0, 2])
def test_an_overflow_that_has_nothing_to_cover_is_an_answer_like_any(covers: int) -> None:
    full = Replied(0, overflow=Overflow(covers, 300, 9_000, 8_192))
    desk = after(TALK, ANSWER, TURN, (full,)).desks[0]
    assert (desk.overflow, desk.pending, desk.answers) == (None, full, 2)


@pytest.mark.parametrize("end", [(Passed(0),), (Forfeited(0, "summary"),), (Bid(0, 0), Forfeited(0, "summary"))])
def test_a_turn_that_is_over_leaves_no_request_for_a_summary_behind(end: tuple[object, ...]) -> None:
    desk = after(TALK, ANSWER, TURN, (Replied(0, overflow=FULL),), (Replied(0, "{"),), end).desks[0]
    assert (desk.overflow, desk.pending, desk.answers) == (None, None, 1)


def test_evolving_leaves_the_table_it_starts_from_as_it_was() -> None:
    def contents(table: Table) -> list[object]:
        plain = [getattr(table, name) for name in table.__struct_fields__ if name not in ("game", "desks")]
        counts = [getattr(desk, name) for desk in table.desks for name in desk.__struct_fields__ if name != "seen"]
        return [*plain, *counts, *(list(table.seen(seat)) for seat in EVERYONE)]

    table = after((PhaseOpened(1, "talk"),), (Said(0, (1, 2), "one"),))
    kept = deepcopy(contents(table))
    evolve(table, address((Said(1, (0, 2), "two"), Moved(1, Pledge(2))), EVERYONE))
    assert contents(table) == kept


def test_two_futures_of_one_table_do_not_mix() -> None:
    table = after((PhaseOpened(1, "talk"),))
    left = evolve(table, address((Said(0, (1, 2), "left"),), EVERYONE))
    right = evolve(table, address((Said(0, (1, 2), "right"),), EVERYONE))
    assert [left.seen(1)[-1], right.seen(1)[-1]] == [Said(0, (1, 2), "left"), Said(0, (1, 2), "right")]
    assert len(table.seen(1)) == 1


def test_what_was_seen_is_a_sequence_that_cannot_be_outrun() -> None:
    items: list[AnyEvent] = [PhaseOpened(1, "talk"), Said(0, (1,), "a")]
    seen = Seen(items, 2)
    items.append(Said(0, (1,), "later"))
    assert (len(seen), seen[-1], list(seen[:1])) == (2, Said(0, (1,), "a"), [PhaseOpened(1, "talk")])
    assert list(seen) == items[:2]
    with pytest.raises(IndexError):
        seen[2]


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_a_seats_own_events_fold_to_the_table_as_it_knows_it(meeting: Meeting) -> None:
    """At every cut:

    the same world, the same counts, the same ask. So an ask cannot tell a seat what it has not seen.
    """
    game = pool(rounds=2)
    _, memory = run(game, meeting, [Function(clumsy), Function(forgetful(chatty)), Function(forgetful(clumsy, 1))])
    for cut in range(1, len(memory.lines) + 1):
        table = fold(game, memory.lines[:cut])
        for seat in EVERYONE:
            own = own_table(game, table.seen(seat))
            assert own.known(seat) == table.known(seat)
            for count in ("nth", "refused", "answers", "overflow"):
                assert each(own, count)[seat] == each(table, count)[seat]
            assert meeting.ask(own, seat) == meeting.ask(table, seat)


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_earlier_turns_are_recalled_as_they_were(meeting: Meeting) -> None:
    game = pool(rounds=2)
    agents = [Function(clumsy), Function(forgetful(chatty)), Function(forgetful(clumsy, 1))]
    table, _ = run(game, meeting, agents)
    for seat, agent in enumerate(agents):
        then: list[tuple[View, Ask]] = list(recall(game, meeting, seat, table.seen(seat)))
        assert [ask for _, ask in then] == [ask for _, ask in agent.asked]
        assert [(v.events, v.known) for v, _ in then] == [(v.events, v.known) for v, _ in agent.asked]
        assert view(table, meeting, seat).earlier() != ()
