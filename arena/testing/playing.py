"""Playing matches in memory: agents that are functions, a record that is a list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from arena.core.events import AnyAddressed, Body, Fault
from arena.core.game import Game
from arena.core.moderator import Moderator
from arena.core.table import Table, blank, evolve
from arena.core.view import Agent, Ask, Reply, View
from arena.match import Stop, play

Answer = Callable[[View, Ask], Body[Any, Any] | Reply | str]
Line = Sequence[AnyAddressed]


class Memory:
    """A record that keeps the lines."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        self.lines = [tuple(line) for line in lines]

    def append(self, events: Line) -> None:
        self.lines.append(tuple(events))

    def flush(self) -> None:
        return  # memory needs none


class Function:
    """An agent that is a function of (view, ask); a string is a reply that could not be understood, a Reply itself."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.asked = answer, list[tuple[View, Ask]]()

    async def reply(self, view: View, ask: Ask) -> Reply:
        self.asked.append((view, ask))
        answer = self.answer(view, ask)
        if isinstance(answer, str):
            return Reply(raw=answer, fault=Fault("unparseable", "Answer with one JSON object."))
        return answer if isinstance(answer, Reply) else Reply(body=answer)


def run(
    game: Game,
    moderator: Moderator,
    agents: Sequence[Agent],
    table: Table | None = None,
    memory: Memory | None = None,
    stop: Stop = lambda: False,
) -> tuple[Table, Memory]:
    """Play to the end, or until `stop()`; the last table and the lines."""
    memory = memory if memory is not None else Memory()
    table = asyncio.run(play(table if table is not None else blank(game), moderator, agents, memory, stop))
    return table, memory


def tables(game: Game, lines: Iterable[Line]) -> list[Table]:
    """The table at every cut, the empty one first."""
    found = [blank(game)]
    for line in lines:
        found.append(evolve(found[-1], line))
    return found
