"""Seats whose prompts outgrow their context, so that they have to sum up what they were told; and what nobody sees."""

from __future__ import annotations

from typing import Any

from msgspec.json import encode
from msgspec.structs import replace

from arena.core.events import Body, Refused, Replied, Summarised
from arena.core.overflow import Overflow
from arena.core.view import Ask, Reply, View
from arena.testing.playing import Answer

ROOM = 60  # characters of a summary


def forgetful(answer: Answer, every: int = 2) -> Answer:
    """Answers so, but has room for no more than `every` answers of its own and then needs a summary.

    It is to cover one answer less than there are, from the second time on after an overflow of the request for it too;
    its first try is malformed, every third time.
    """

    def outgrown(view: View, ask: Ask) -> Body[Any, Any] | Reply | str:
        summaries = sum(isinstance(event, Summarised) for event in view.events)
        if ask.kind == "summarise":
            if ask.covers > 1 and summaries:
                return Reply(overflow=Overflow(ask.covers - 1, ROOM, 1_000, 900))
            fresh = not isinstance(view.events[-1], Refused)
            return (
                "{ a summary" if fresh and summaries % 3 == 2 else Body(summary=f"Summary {summaries} of {view.seat}.")
            )
        if given(view) >= every:
            return Reply(overflow=Overflow(max(given(view) - 1, 1), ROOM, 1_000, 900))
        return answer(view, ask)

    return outgrown


def given(view: View) -> int:
    """The answers that a seat gave since its last summary."""
    count, asked = 0, False
    for event in view.events:
        if isinstance(event, Summarised):
            count, asked = 0, False
        elif isinstance(event, Replied):
            asked = asked or event.overflow is not None
            count += not asked
    return count


def in_private(answer: Answer, times: int) -> Answer:
    """Answers alike in public, and differently where nobody sees it: notes, and so many malformed answers before.

    What it writes in vain is all that it alone was shown.
    """

    def answers(view: View, ask: Ask) -> Body[Any, Any] | Reply | str:
        tried = 0
        while tried < len(view.events) and isinstance(view.events[-1 - tried], Refused):
            tried += 2  # a refusal stands behind the reply that it refuses
        if tried < 2 * times:
            return f"{{ malformed: {encode(view.known.own).decode()}"
        body = answer(view, ask)
        if not isinstance(body, Body) or not ask.notes or ask.kind in ("bid", "summarise"):
            return body
        return replace(body, notes=f"I hold {encode(view.known.own).decode()}")

    return answers
