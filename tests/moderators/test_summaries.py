"""A seat whose prompt has outgrown its model summarises for itself: once per overflow, uncharged, unseen by others."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.json import encode

from arena.core.events import AnyEvent, Bid, Body, Forfeited, Message, Moved, Refused, Replied, Summarised
from arena.core.overflow import Overflow
from arena.core.table import Table, fold
from arena.core.view import Ask, Reply, View
from arena.moderators.meeting import Meeting
from arena.moderators.turns import BidForFloor, Simultaneous
from arena.scoring.conduct import conduct
from tests.meetings import MEETINGS
from tests.playing import Function, Memory, run
from tests.talkers import Answer, chatty, forgetful
from tests.toy import Pledge, pool

FULL = Reply(overflow=Overflow(1, 40, 5_000, 4_096))


def plain(view: View, ask: Ask) -> Body[Any, Any]:
    """Bids, says a word, makes the move that is owed."""
    if ask.kind == "bid":
        return Body(bid=1)
    to = tuple(s for s in range(len(view.seats)) if s != view.seat)
    return Body((Message(to, "Well."),) if ask.reach.public else (), move=Pledge(0) if ask.must else None)


def full_at(nth: int, *summaries: Body[Any, Any] | Reply | str, then: Answer = plain) -> Answer:
    """Answers `then`, but its `nth` question does not fit, and to what follows it says these things."""

    def answer(view: View, ask: Ask) -> Body[Any, Any] | Reply | str:
        if ask.nth == nth:
            return FULL
        return summaries[ask.nth - nth - 1] if nth < ask.nth <= nth + len(summaries) else then(view, ask)

    return answer


def match(first: Answer, meeting: Meeting = Meeting()) -> tuple[Table, Memory, Function]:  # noqa: B008 - frozen
    agent = Function(first)
    return *run(pool(), meeting, [agent, Function(plain), Function(plain)]), agent


def own(memory: Memory, seat: int = 0) -> list[AnyEvent]:
    """The events that one seat alone saw."""
    return [a.e for line in memory.lines for a in line if a.to == (seat,)]


def public(memory: Memory) -> bytes:
    """The events that the other two saw, line by line."""
    return encode([[a for a in line if 2 in a.to] for line in memory.lines if any(2 in a.to for a in line)])


def test_it_is_asked_for_a_summary_then_what_it_was_asked_before() -> None:
    _, memory, agent = match(full_at(1, Body(summary="So far: nothing.")))
    first, overflown, request, again, *_ = [ask for _, ask in agent.asked]
    assert (first.kind, overflown.kind, request.kind, again.kind) == ("speak", "speak", "summarise", "speak")
    assert (request.covers, request.left.characters, request.moves, request.reach.public) == (1, 40, (), False)
    assert (again.moves, again.must, again.reach) == (overflown.moves, overflown.must, overflown.reach)
    assert [ask.nth for _, ask in agent.asked] == list(range(len(agent.asked)))
    assert [type(e) for e in own(memory) if isinstance(e, Summarised | Refused | Forfeited)] == [Summarised]


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_the_others_see_the_same_match_as_without_it(meeting: Meeting) -> None:
    plainly, summing = match(plain, meeting), match(forgetful(plain, 1), meeting)
    assert any(isinstance(e, Summarised) for e in own(summing[1]))
    assert public(plainly[1]) == public(summing[1])
    assert plainly[0].valued == summing[0].valued


def test_it_takes_no_turn_and_no_message_and_is_counted() -> None:
    _, memory, _ = match(full_at(1, Body(summary="Nothing.")))
    _, before, _ = match(plain)
    counted = [conduct([[a.e for a in line] for line in m.lines], 3, 2) for m in (memory, before)]
    assert (counted[0].summaries, counted[1].summaries) == ((1, 0, 0), (0, 0, 0))
    assert counted[0].turns == counted[1].turns
    assert counted[0].messages == counted[1].messages
    # The request is a call that was answered; that the prompt did not fit is none.
    assert counted[0].calls[0] == counted[1].calls[0] + 1
    assert (counted[0].parse_rate, counted[0].refusals) == ((1.0, 1.0, 1.0), {})


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("{ not JSON", "unparseable"),
        (Body(), "summary"),
        (Body(summary=" \n"), "summary"),
        (Body(summary="x" * 41), "too_long"),
        (Body(summary="Fine.", notes="and a note"), "summary"),
        (Body(summary="Fine.", move=Pledge(0)), "summary"),
        (Reply(overflow=Overflow(1, 40, 1, 1)), "empty"),  # nothing less is left to cover
    ],
)
def test_a_summary_that_will_not_do_is_refused_and_asked_for_again(said: Any, code: str) -> None:
    _, memory, agent = match(full_at(1, said, Body(summary="Better.")))
    assert [ask.kind for _, ask in agent.asked[1:5]] == ["speak", "summarise", "summarise", "speak"]
    found = [e for e in own(memory) if isinstance(e, Refused | Summarised | Forfeited)]
    assert [getattr(e, "code", None) for e in found] == [code, None]


@pytest.mark.parametrize("turns", [None, Simultaneous(), BidForFloor()])
def test_out_of_tries_it_forfeits_its_turn_and_is_asked_for_a_summary_at_the_next(turns: Any) -> None:
    meeting = Meeting(refusals=1) if turns is None else Meeting(refusals=1, turns=turns)
    _, memory, agent = match(full_at(1, "{", "{", FULL, Body(summary="At last.")), meeting)
    assert [ask.kind == "summarise" for _, ask in agent.asked[:7]] == [False, False, True, True, False, True, False]
    found = [type(e) for e in own(memory) if isinstance(e, Refused | Summarised | Forfeited | Bid)]
    assert found[-3:] == [Refused, Forfeited, Summarised] or [*found].index(Summarised) > [*found].index(Forfeited)
    assert sum(kind is Summarised for kind in found) == sum(kind is Forfeited for kind in found) == 1


def test_a_summary_counts_among_the_tries_of_its_turn_so_that_they_come_to_an_end() -> None:
    """Every question is answered badly, and before every next try the prompt has outgrown the context again."""

    def never(view: View, ask: Ask) -> Body[Any, Any] | Reply | str:
        if ask.kind == "summarise":
            return Body(summary="Again.")
        bad = isinstance(view.events[-1], Refused)
        return FULL if bad else "{"

    table, memory, _ = match(never)
    assert table.closed is not None
    assert sum(isinstance(e, Forfeited) for e in own(memory)) == 4


@pytest.mark.parametrize("covers", [-1, 0, 2, 99])
def test_an_overflow_that_leaves_nothing_to_cover_is_an_empty_answer(covers: int) -> None:
    def always(view: View, ask: Ask) -> Body[Any, Any] | Reply | str:
        return Reply(overflow=Overflow(covers, 40, 1, 1)) if ask.nth == 1 else plain(view, ask)

    _, memory, agent = match(always)
    assert all(ask.kind == "speak" for _, ask in agent.asked)
    assert [e.code for e in own(memory) if isinstance(e, Refused)] == ["empty"]


def test_an_agent_that_says_at_every_question_that_it_does_not_fit_comes_to_an_end() -> None:
    table, memory, _ = match(lambda view, ask: FULL)
    assert table.closed is not None
    assert not [e for e in own(memory) if isinstance(e, Summarised)]


def test_in_a_wave_the_others_answers_wait_and_nothing_is_shown_before_all_have_answered() -> None:
    meeting = Meeting(turns=Simultaneous())
    _, memory, _ = match(full_at(1, Body(summary="Nothing.")), meeting)
    overflown = next(i for i, line in enumerate(memory.lines) if getattr(line[0].e, "overflow", None))
    later = memory.lines[overflown + 1 :]
    ruled = next(i for i, line in enumerate(later) if any(isinstance(a.e, Moved) for a in line))
    between = [a for line in later[:ruled] for a in line]
    assert {type(a.e) for a in between} == {Replied, Summarised}
    assert all(len(a.to) == 1 for a in between)
    asked = [meeting.next(fold(pool(), memory.lines[: overflown + n])) for n in (1, 2, 3)]
    assert [[(ask.seat, ask.kind) for ask in step.asks] for step in asked] == [  # type: ignore[union-attr]
        [(1, "speak"), (2, "speak")],
        [(2, "speak")],
        [(0, "summarise")],  # last, so that a match that goes on from here asks in the order of one that never stopped
    ]


def test_unasked_a_summary_is_refused() -> None:
    _, memory, _ = match(lambda view, ask: Body(summary="Unasked.") if ask.nth == 0 else plain(view, ask))
    assert [e.code for e in own(memory) if isinstance(e, Refused)] == ["summary"]


def test_chatty_seats_that_all_outgrow_their_context_play_to_the_end() -> None:
    for meeting in MEETINGS.values():
        table, memory = run(pool(rounds=4), meeting, [Function(forgetful(chatty)) for _ in range(3)])
        assert table.closed is not None
        assert all(any(isinstance(e, Summarised) for e in own(memory, seat)) for seat in range(3))
