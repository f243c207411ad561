"""A seat that changes hands: who answers follows from what the view holds."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

from arena.agents.swapped import Swapped
from arena.core.events import Body, Joined, Message, Turned, address
from arena.core.recall import view
from arena.core.table import blank, evolve
from arena.core.view import Ask, Reply, Seen, View
from arena.moderators.agenda import opening
from arena.moderators.meeting import Meeting
from tests.playing import Function
from tests.toy import pool


class Known:
    """An agent that says who it is, and whether it could say so again."""

    def __init__(self, name: str, repeatable: bool) -> None:
        self.name, self.repeatable = name, repeatable

    async def reply(self, view: View, ask: Ask) -> Reply:
        return Reply(body=Body((Message((1, 2), self.name),)))


def asked() -> tuple[View, Ask]:
    game = pool()
    table = evolve(blank(game), address(opening(blank(game)).events, game.everyone))
    return view(table, Meeting(), 0), Meeting().ask(table, 0)


@pytest.mark.parametrize(("kind", "other"), [(Joined, Turned(0)), (Turned, Joined(0))])
def test_the_second_agent_answers_once_the_view_holds_the_event(kind: type, other: Joined | Turned) -> None:
    seen, ask = asked()
    agent = Swapped(kind, Known("first", True), Known("second", True))
    for event, name in ((None, "first"), (other, "first"), (kind(0), "second")):
        events = [*seen.events, *([] if event is None else [event])]
        body = asyncio.run(agent.reply(replace(seen, events=Seen(events, len(events))), ask)).body
        assert body is not None
        assert body.messages[0].text == name


def test_it_can_be_asked_again_where_both_can() -> None:
    sure, unsure = Known("a", True), Known("b", False)
    assert Swapped(Joined, sure, sure).repeatable
    assert not Swapped(Joined, sure, unsure).repeatable
    assert not Swapped(Joined, Function(lambda v, a: Body()), sure).repeatable
