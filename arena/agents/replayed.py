"""A seat that answers from a transcript."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from arena.core.events import AnyEvent, Replied
from arena.core.view import Ask, Reply, View
from arena.errors import Halt

AnyReplied = Replied[Any, Any]


def replies_of(events: Iterable[AnyEvent], seat: int) -> tuple[AnyReplied, ...]:
    """The replies that a seat gave, in order, out of the events of a match."""
    return tuple(event for event in events if isinstance(event, Replied) and event.seat == seat)


class Replayed:
    """Answers the nth ask with the nth of these replies, byte for byte: raw text, body or fault, and what stood beside
    it.

    Nothing is read again: a fault stays a fault. Raises Halt where there is no nth reply, since what the seat would
    have said is not known; the match can be resumed from there with another agent.
    """

    repeatable = True  # asked again, it gives the same reply

    def __init__(self, replies: Sequence[AnyReplied]) -> None:
        self._replies = tuple(replies)

    async def reply(self, view: View, ask: Ask) -> Reply:
        if ask.nth >= len(self._replies):
            who = f"{view.seats[view.seat]} (seat {view.seat})"
            raise Halt(
                f"the record of {who} holds {len(self._replies)} replies, and reply {ask.nth + 1} is asked for; "
                "fork there and seat another agent"
            )
        r = self._replies[ask.nth]
        return Reply(r.raw, r.body, r.fault, r.reasoning, r.prompt, r.usage, r.overflow)
