"""A seat that a language model plays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from msgspec.structs import replace

from arena.agents.outgrown import answers_to_cover, outgrown
from arena.core.events import Fault
from arena.core.usage import Usage
from arena.core.view import Ask, Reply, View
from arena.models.answer import Model
from arena.models.client import PromptTooLong
from arena.models.dialects import parse_raw, request_pieces
from arena.models.messages import ChatMessage, prompt_hash
from arena.models.probing import Dialects, added
from arena.models.roles import arrange
from arena.models.window import weight


class Prompts(Protocol):
    """What a model is sent for an ask."""

    def messages(self, view: View, ask: Ask) -> Sequence[ChatMessage]: ...


class ModelAgent:
    """Answers each ask with one call of a model (an attempt that failed on its way is repeated, and counted).

    `move_types` and `fact_types` are the unions of the scenario's family; `match` is the one it sits in; `dialects`,
    those found out so far, are shared by a run. Whatever the model writes becomes a reply, with a body or with a fault.
    A prompt that does not fit the model, by what is known of it or by what the endpoint says, becomes a reply that says
    so. Raises EndpointDown where the endpoint gives up, BudgetSpent where it may not be asked, ContextTooSmall where a
    prompt that does not fit cannot be made shorter; each halts the match.
    """

    def __init__(
        self,
        model: Model,
        prompts: Prompts,
        move_types: Any,
        fact_types: Any,
        match: str = "",
        dialects: Dialects | None = None,
    ) -> None:
        self._model = model
        self._prompts = prompts
        self._move_types = move_types
        self._fact_types = fact_types
        self._match = match
        self._dialects = Dialects() if dialects is None else dialects

    async def reply(self, view: View, ask: Ask) -> Reply:
        """The model's reply, with the hash of what it was sent and what it cost."""
        endpoint, window = self._model.endpoint, self._model.window
        told = self._prompts.messages(view, ask)
        messages = arrange(told, endpoint.roles)
        found = await self._dialects.of(self._model, ask, view.seats, self._match)
        pieces = request_pieces(found.dialect, ask, view.seats, endpoint.api)
        size = weight(messages, pieces)
        if window.excludes(size) or (answers_to_cover(told, ask) and not window.holds(size)):
            return self._too_long(told, view, ask, found.spent)
        try:
            answer = await self._model.complete(messages, pieces, self._match)
        except PromptTooLong as e:
            window.refused(size, e.told)
            return self._too_long(told, view, ask, added(Usage(attempts=e.attempts), found.spent), str(e))
        window.counted(size, answer.usage.prompt)
        usage = added(answer.usage, found.spent)
        raw = answer.heard.raw
        understood = parse_raw(raw, ask, view.seats, self._move_types, self._fact_types)
        return Reply(
            raw,
            None if isinstance(understood, Fault) else understood,
            understood if isinstance(understood, Fault) else None,
            answer.heard.reasoning,
            prompt_hash(messages),
            replace(usage, dialect=found.dialect) if endpoint.dialect == "auto" else usage,
        )

    def _too_long(
        self, told: Sequence[ChatMessage], view: View, ask: Ask, usage: Usage | None = None, why: str = ""
    ) -> Reply:
        who = f"{view.seats[view.seat]} (seat {view.seat})"
        overflow = outgrown(self._model, told, ask, who, why)
        sent = arrange(told, self._model.endpoint.roles)
        return Reply(prompt=prompt_hash(sent), usage=usage, overflow=overflow)
