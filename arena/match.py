"""Playing a match: ask who is to be asked, write down what comes, let the moderator rule, until the end.

It knows no scenario, no provider and no path. A reply is written before it is ruled on; what fails on the way to an
agent halts the match, which can be resumed from what was written.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from arena.core.events import AnyAddressed, AnyEvent, Halted, Replied, address
from arena.core.moderator import Asks, Moderator
from arena.core.recall import view
from arena.core.table import Table, evolve
from arena.core.view import Agent, Ask, Reply
from arena.errors import Halt
from arena.hiding import hidden

Stop = Callable[[], bool]
_LOG = logging.getLogger(__name__)  # tracebacks, for those who ask for them


class Record(Protocol):
    """Where lines go, in order; a transcript's log, or nowhere."""

    def append(self, events: Sequence[AnyAddressed]) -> None:
        """Add a line."""

    def flush(self) -> None:
        """From here on, what was added is acted upon: keep it."""


async def play(
    table: Table, moderator: Moderator, agents: Sequence[Agent], record: Record, stop: Stop = lambda: False
) -> Table:
    """Play on from `table` to the end, to a halt, or until `stop()`; returns where it stands.

    Raises what `record` raises: without a record there is no match.
    """
    asked: tuple[Ask, ...] = ()
    while (step := moderator.next(table, asked)) is not None:
        if not isinstance(step, Asks):
            table, asked = _commit(table, record, step.events), ()
            continue
        record.flush()
        if stop():
            break
        asked = step.asks
        table = await _wave(table, moderator, agents, record, asked)
        if table.halted is not None:
            break
    record.flush()
    return table


async def _wave(
    table: Table, moderator: Moderator, agents: Sequence[Agent], record: Record, asks: tuple[Ask, ...]
) -> Table:
    """Ask, and write each answer down as it comes. What failed is written last, so that a halt is the last word."""
    if len(asks) == 1:  # the common case, without a task of its own
        table = _commit(table, record, (await _answer(table, moderator, agents, asks[0]),))
        if not getattr(agents[asks[0].seat], "repeatable", False):
            record.flush()
        return table
    tasks = [asyncio.create_task(_answer(table, moderator, agents, ask)) for ask in asks]
    halted: Halted | None = None
    try:
        waiting = set(tasks)
        while waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for event in [task.result() for task in tasks if task in done]:  # those that came at once, in seat order
                if isinstance(event, Halted):
                    halted = event
                else:
                    table = _commit(table, record, (event,))
            record.flush()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)  # none of them outlives the wave
    return table if halted is None else _commit(table, record, (halted,))


def _commit(table: Table, record: Record, events: tuple[AnyEvent, ...]) -> Table:
    line = address(events, table.game.everyone)
    record.append(line)
    return evolve(table, line)


async def _answer(table: Table, moderator: Moderator, agents: Sequence[Agent], ask: Ask) -> Replied[Any, Any] | Halted:
    try:
        r: Reply = await agents[ask.seat].reply(view(table, moderator, ask.seat), ask)
        return Replied(ask.seat, r.raw, r.body, r.fault, r.reasoning, r.prompt, r.usage, r.overflow)
    except Halt as error:
        _LOG.debug("the agent in seat %d", ask.seat, exc_info=error)
        return Halted(_writable(str(error)))
    except (Exception, SystemExit, asyncio.CancelledError) as error:
        # An agent's code that crashes is our failure, not its model's; unless it is we who are being stopped.
        task = asyncio.current_task()
        if isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling():
            raise
        _LOG.debug("the agent in seat %d", ask.seat, exc_info=error)
        return Halted(_writable(f"the agent in seat {ask.seat} crashed: {type(error).__name__}: {error}"))


def _writable(why: str) -> str:
    """Text that is UTF-8 and holds no key: what an endpoint or an exception says may hold half of a surrogate pair."""
    return hidden(why).encode(errors="replace").decode()
