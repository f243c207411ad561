"""Scripted and replayed seats: dice by seat and ask; the record, byte for byte."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from arena.agents.replayed import Replayed, replies_of
from arena.agents.scripted import Scripted
from arena.core.draw import Draw
from arena.core.events import Body, Fault, Message, Passed, Replied
from arena.core.recall import view
from arena.core.usage import Usage
from arena.core.view import Ask, Reply, View
from arena.errors import Halt
from arena.moderators.meeting import Meeting
from arena.scenarios.bargain import policies
from tests.playing import Memory, run
from tests.scenarios.policy_tables import bargain, opened

MEETING = Meeting()
AGENT = Draw.root(7, "agent")


def asked(seat: int = 0, nth: int = 0) -> tuple[View, Ask]:
    """A seat's view at the start, and an ask of it that counts as its nth."""
    table = opened(bargain())
    return view(table, MEETING, seat), replace(MEETING.ask(table, seat), nth=nth)


def dice(view: View, ask: Ask, draw: Draw) -> Body[Any, Any]:
    """A policy that says nothing but what it was dealt of chance."""
    return Body(notes=str(draw.number()))


def reply(agent: Any, seat: int = 0, nth: int = 0) -> Reply:
    """What an agent replies."""
    answer: Reply = asyncio.run(agent.reply(*asked(seat, nth)))
    return answer


def test_a_scripted_seat_replies_with_the_body_of_its_policy_and_no_raw_text() -> None:
    said = Body[Any, Any](messages=(Message((1,), "hello"),))
    assert reply(Scripted(lambda view, ask, draw: said, AGENT)) == Reply(raw="", body=said)


def test_its_dice_belong_to_the_agent_the_seat_and_the_ask() -> None:
    agent, other = Scripted(dice, AGENT), Scripted(dice, Draw.root(8, "agent"))
    rolled = [reply(agent), reply(agent, seat=1), reply(agent, nth=1), reply(other)]
    assert len({r.body.notes for r in rolled if r.body is not None}) == 4


def test_an_ask_does_not_move_the_dice_of_another() -> None:
    agent = Scripted(dice, AGENT)
    alone = reply(Scripted(dice, AGENT), nth=5)
    assert [reply(agent, nth=n) for n in range(6)][5] == alone


REPLIES = (
    Replied[Any, Any](0, raw='{"move": null}', body=Body(), reasoning="hm", prompt="ab12", usage=Usage(10, 2, 3, 1, 2)),
    Replied[Any, Any](0, raw="no JSON \u2028 at all\x00", fault=Fault("no_object", "The reply holds no JSON object.")),
    Replied[Any, Any](0, body=Body(notes="nothing raw")),
)


def test_a_replayed_seat_gives_the_nth_reply_to_the_nth_ask_with_all_that_stood_beside_it() -> None:
    agent = Replayed(REPLIES)
    for nth in (2, 0, 1):  # in any order: it keeps no count of its own
        r = REPLIES[nth]
        assert reply(agent, nth=nth) == Reply(r.raw, r.body, r.fault, r.reasoning, r.prompt, r.usage)


def test_a_record_that_ends_halts_the_match_and_says_where() -> None:
    with pytest.raises(Halt, match=r"the record of Ann \(seat 0\) holds 3 replies, and reply 4 is asked for"):
        reply(Replayed(REPLIES), nth=3)


def test_the_replies_of_a_seat_are_picked_out_of_the_events() -> None:
    events = [REPLIES[0], Passed(0), Replied[Any, Any](1), REPLIES[1]]
    assert replies_of(events, 0) == REPLIES[:2]
    assert replies_of(events, 1) == (Replied[Any, Any](1),)
    assert replies_of(events, 2) == ()


def test_a_match_replayed_from_its_own_record_has_the_same_lines() -> None:
    game = opened(bargain()).game
    names = ("tit-for-tat", "random")
    _, first = run(game, MEETING, [Scripted(policies.find(name), AGENT) for name in names])
    events = [a.e for line in first.lines for a in line]
    _, again = run(game, MEETING, [Replayed(replies_of(events, seat)) for seat in game.everyone])
    assert again.lines == first.lines


def test_a_match_whose_record_ends_early_halts_there_and_keeps_what_there_was() -> None:
    game = opened(bargain()).game
    agents = [Scripted(policies.find("hardliner"), AGENT), Replayed([])]
    table, memory = run(game, MEETING, agents, memory=Memory())
    assert table.halted is not None
    assert "the record of Bob" in table.halted
    assert table.closed is None
    assert any(isinstance(a.e, Replied) for line in memory.lines for a in line)
