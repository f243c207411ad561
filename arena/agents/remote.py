"""A seat that a server of somebody's own plays, over HTTP."""

from __future__ import annotations

from typing import Protocol

from arena.agents.told import message_hash, request, told
from arena.agents.understood import Parser, understood
from arena.core.usage import Usage
from arena.core.view import Ask, Reply, View

NO_SUMMARY = '{"summary": "Nothing is left out: I am told what happened as it happened."}'


class Caller(Protocol):
    """What asks the server."""

    async def ask(self, body: bytes, match: str) -> tuple[str, int]:
        """The text of its answer, and how many attempts it took."""


class RemoteAgent:
    """Answers each ask with what a server answers to a POST of the view and the ask.

    `match` is the id that the server is told, the same for all asks of this seat in this match. What comes back is read
    as a model's text is: a reply that will not do is the agent's fault. Raises EndpointDown where the server gives up,
    which halts the match.
    """

    def __init__(self, caller: Caller, match: str, parser: Parser) -> None:
        self._caller = caller
        self._match = match
        self._parser = parser

    async def reply(self, view: View, ask: Ask) -> Reply:
        if ask.kind == "summarise":  # it sits where a model sat, up to a fork, and is told everything every time
            return understood(NO_SUMMARY, ask, view.seats, self._parser)
        message = told(view, ask)
        raw, attempts = await self._caller.ask(request(self._match, message), self._match)
        read = understood(raw, ask, view.seats, self._parser)
        return Reply(raw, read.body, read.fault, None, message_hash(message), Usage(attempts=attempts))
