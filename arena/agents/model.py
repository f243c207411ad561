"""A seat that a language model plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from arena.agents.outgrown import answers_to_cover, outgrown
from arena.core.events import Fault, Usage
from arena.core.view import Ask, Reply, View
from arena.models.client import Client, PromptTooLong
from arena.models.dialects import parse_raw, request_pieces
from arena.models.messages import ChatMessage, prompt_hash
from arena.models.window import weight


class Prompts(Protocol):
    """What a model is sent for an ask."""

    def messages(self, view: View, ask: Ask) -> Sequence[ChatMessage]: ...


class ModelAgent:
    """Answers each ask with one call of a model (an attempt that failed on its way is repeated, and counted).

    `move_types` and `fact_types` are the unions of the scenario's family. Whatever the model writes becomes a reply,
    with a body or with a fault. A prompt that does not fit the model, by what is known of it or by what the endpoint
    says, becomes a reply that says so. Raises EndpointDown where the endpoint gives up and ContextTooSmall where a
    prompt that does not fit cannot be made shorter; either halts the match.
    """

    def __init__(self, client: Client, prompts: Prompts, move_types: Any, fact_types: Any) -> None:
        self._client = client
        self._prompts = prompts
        self._move_types = move_types
        self._fact_types = fact_types

    async def reply(self, view: View, ask: Ask) -> Reply:
        """The model's reply, with the hash of what it was sent and what it cost."""
        messages = self._prompts.messages(view, ask)
        pieces = request_pieces(self._client.endpoint.dialect, ask, view.seats)
        window, size = self._client.window, weight(messages, pieces)
        if window.excludes(size) or (answers_to_cover(messages, ask) and not window.holds(size)):
            return self._too_long(messages, view, ask)
        try:
            answer = await self._client.complete(messages, pieces)
        except PromptTooLong as e:
            window.refused(size, e.told)
            return self._too_long(messages, view, ask, Usage(attempts=e.attempts), str(e))
        window.counted(size, answer.usage.prompt)
        raw = answer.heard.raw
        understood = parse_raw(raw, ask, view.seats, self._move_types, self._fact_types)
        return Reply(
            raw,
            None if isinstance(understood, Fault) else understood,
            understood if isinstance(understood, Fault) else None,
            answer.heard.reasoning,
            prompt_hash(messages),
            answer.usage,
        )

    def _too_long(
        self, messages: Sequence[ChatMessage], view: View, ask: Ask, usage: Usage | None = None, why: str = ""
    ) -> Reply:
        who = f"{view.seats[view.seat]} (seat {view.seat})"
        overflow = outgrown(self._client, messages, ask, who, why)
        return Reply(prompt=prompt_hash(messages), usage=usage, overflow=overflow)
