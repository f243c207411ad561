from typing import Any

import pytest

from arena.core.events import Body, Claim, Forfeited, Message, Moved, Noted, Passed, Refused, Replied, Said
from arena.core.view import Ask, View
from arena.moderators.channels import Public
from arena.moderators.limits import Limits
from arena.moderators.meeting import Meeting
from arena.moderators.turns import BidForFloor, ChairCalls
from tests.playing import Function, Memory, run
from tests.talkers import chatty
from tests.toy import Leave, Pledge, Purse, pool

ALL = (1, 2)
TALK: list[tuple[str, Body[Any, Any], Meeting]] = [
    ("empty_message", Body(messages=(Message(ALL, "  \n"),)), Meeting()),
    ("too_long", Body(messages=(Message(ALL, "x" * 11),)), Meeting(limits=Limits(characters=10))),
    ("budget", Body(messages=(Message(ALL, "a"), Message(ALL, "b"))), Meeting(limits=Limits(messages=1))),
    ("budget", Body(messages=(Message(ALL, "abcd"),)), Meeting(limits=Limits(total=3))),
    ("channel", Body(messages=(Message((1,), "psst"),)), Meeting()),
    ("channel", Body(claims=(Claim((1,), Purse(0, 3, "")),)), Meeting()),
    ("claim", Body(claims=(Claim(ALL, Purse(0, 3, "")),)), Meeting()),
    ("illegal", Body(move=Pledge(0)), Meeting()),
    ("bid", Body(bid=3), Meeting()),
    ("call", Body(call=1), Meeting()),
    ("call", Body(), Meeting(turns=ChairCalls(0))),
    ("call", Body(call=0), Meeting(turns=ChairCalls(0))),
    ("bid", Body(), Meeting(turns=BidForFloor())),
    ("bid", Body(bid=11), Meeting(turns=BidForFloor())),
    ("bid", Body(bid=-1), Meeting(turns=BidForFloor())),
    ("bid", Body(bid=3, messages=(Message(ALL, "and"),)), Meeting(turns=BidForFloor())),
    ("bid", Body(bid=3, notes="sneaky"), Meeting(turns=BidForFloor())),
]


def stubborn(body: Body[Any, Any] | str, phase_must: bool = False) -> Function:
    """Answers so whenever it may talk (or, with `phase_must`, whenever it must act), and sensibly otherwise."""

    def answer(view: View, ask: Ask) -> Body[Any, Any] | str:
        return body if ask.must == phase_must else chatty(view, ask)

    return Function(answer)


def events(memory: Memory, kind: type) -> list[Any]:
    return [a.e for line in memory.lines for a in line if isinstance(a.e, kind)]


@pytest.mark.parametrize(("code", "body", "meeting"), TALK, ids=[f"{c}-{i}" for i, (c, *_) in enumerate(TALK)])
def test_a_reply_that_breaks_the_rules_of_talk_is_refused_with_its_code(
    code: str, body: Body[Any, Any], meeting: Meeting
) -> None:
    _, memory = run(pool(3, 1), meeting, [stubborn(body), Function(chatty), Function(chatty)])
    refused = [e for e in events(memory, Refused) if e.seat == 0]
    assert [e.code for e in refused][:2] == [code, code]
    assert all(e.detail for e in refused)
    assert [(e.seat, e.code) for e in events(memory, Forfeited)][:1] == [(0, code)]


@pytest.mark.parametrize(
    ("code", "body"),
    [("no_move", Body()), ("illegal", Body(move=Pledge(1000))), ("odd", Body(move=Pledge(1))), ("unparseable", "?!")],
)
def test_a_move_that_will_not_do_is_refused_and_then_forfeited_as_the_game_says(
    code: str, body: Body[Any, Any] | str
) -> None:
    table, memory = run(pool(3, 1), Meeting(), [stubborn(body, phase_must=True), Function(chatty), Function(chatty)])
    assert [e.code for e in events(memory, Refused)] == [code, code]
    assert [e.code for e in events(memory, Forfeited)] == [code]
    assert [e.move for e in events(memory, Moved) if e.seat == 0] == [Pledge(0)], "what the game puts in its place"
    assert table.forfeits == {0}
    assert table.closed == "deadline"


@pytest.mark.parametrize("chances", [0, 1, 3])
def test_a_seat_is_asked_again_as_often_as_the_meeting_says(chances: int) -> None:
    agent = stubborn("nonsense")
    _, memory = run(pool(3, 1), Meeting(refusals=chances), [agent, Function(chatty), Function(chatty)])
    assert len([1 for _, ask in agent.asked if not ask.must]) == 1 + chances
    assert len(events(memory, Refused)) == chances


def test_a_refusal_is_seen_by_the_offender_alone_and_so_is_the_forfeit() -> None:
    table, _ = run(pool(3, 1), Meeting(), [stubborn("nonsense"), Function(chatty), Function(chatty)])
    for seat in (1, 2):
        assert not any(isinstance(e, Refused | Forfeited | Replied) and e.seat == 0 for e in table.seen(seat))
    assert sum(isinstance(e, Refused) for e in table.seen(0)) == 2


def test_nothing_of_a_half_good_reply_is_accepted() -> None:
    body: Body[Any, Any] = Body(messages=(Message(ALL, "the good half"),), notes="kept?", move=Leave())
    table, memory = run(pool(3, 1), Meeting(), [stubborn(body), Function(chatty), Function(chatty)])
    assert not any(isinstance(e, Said) and e.seat == 0 for e in table.seen(1))
    assert events(memory, Noted) == []


def test_a_good_second_answer_counts_and_wipes_the_slate() -> None:
    def learns(view: View, ask: Ask) -> Body[Any, Any] | str:
        return "oops" if isinstance(view.events[-1], Refused) is False and not ask.must else chatty(view, ask)

    table, memory = run(pool(3, 3), Meeting(refusals=1), [Function(learns), Function(chatty), Function(chatty)])
    assert table.forfeits == frozenset()
    assert len(events(memory, Refused)) == 3


def test_in_a_wave_nothing_is_published_until_everyone_has_passed() -> None:
    def slow(view: View, ask: Ask) -> Body[Any, Any] | str:
        return "oops" if ask.must and not isinstance(view.events[-1], Refused) else chatty(view, ask)

    _, memory = run(pool(3, 1), Meeting(), [Function(slow), Function(chatty), Function(chatty)])
    first_move = next(i for i, line in enumerate(memory.lines) if isinstance(line[0].e, Moved))
    last_reply = max(i for i, line in enumerate(memory.lines) if isinstance(line[0].e, Replied))
    assert last_reply < first_move
    assert [a.e.seat for a in memory.lines[first_move]] == [0, 1, 2]
    assert all(a.to == (a.e.seat,) for a in memory.lines[first_move]), "sealed"


def test_a_turn_without_a_trace_is_a_pass_that_only_its_author_sees() -> None:
    table, memory = run(pool(3, 1), Meeting(), [stubborn(Body()), Function(chatty), Function(chatty)])
    assert [e.seat for e in events(memory, Passed)] == [0]
    assert not any(isinstance(e, Passed) for seat in (1, 2) for e in table.seen(seat))


def test_a_seat_that_has_left_is_not_asked_again() -> None:
    def leaves(view: View, ask: Ask) -> Body[Any, Any]:
        return Body(move=Leave()) if ask.must else Body()

    agent = Function(leaves)
    table, _ = run(pool(3, 3), Meeting(channel=Public(True)), [agent, Function(chatty), Function(chatty)])
    assert len(agent.asked) == 2
    assert table.closed == "deadline"


def test_a_budget_is_each_seats_own_and_is_spent_by_what_was_accepted() -> None:
    table, _ = run(pool(3, 9), Meeting(limits=Limits(messages=2)), [Function(chatty) for _ in range(3)])
    assert [desk.messages for desk in table.desks] == [2, 2, 2]
    assert table.round > 2, "the match went on after the budgets were spent"
