"""A seat that answers from a list of replies, such as a file holds; for tests, demonstrations and bug reports."""

from __future__ import annotations

import json
from collections.abc import Sequence

from arena.agents.understood import Parser, understood
from arena.core.view import Ask, Reply, View
from arena.errors import Halt


class FromFile:
    """Answers the nth ask with the nth of these replies.

    Each is a text, taken as a model would have written it, or a JSON value, which is the wire form of a reply. Both go
    through the parser, and what it makes of them is not corrected. Raises Halt where there is no nth reply.
    """

    repeatable = True  # asked again, it gives the same reply

    def __init__(self, replies: Sequence[object], parser: Parser) -> None:
        self._raw = tuple(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in replies)
        self._parser = parser

    async def reply(self, view: View, ask: Ask) -> Reply:
        if ask.nth >= len(self._raw):
            who = f"{view.seats[view.seat]} (seat {view.seat})"
            raise Halt(
                f"the script of {who} holds {len(self._raw)} replies, and reply {ask.nth + 1} is asked for; "
                "fork before it and seat another agent, or run again with more replies"
            )
        return understood(self._raw[ask.nth], ask, view.seats, self._parser)
