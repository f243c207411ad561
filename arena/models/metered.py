"""A seat's way to its model: answered from the cache where that is wanted, else asked and paid for from the budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from msgspec import Struct
from msgspec.structs import replace

from arena.core.price import Price
from arena.models.answer import Answer
from arena.models.budget import Funds
from arena.models.cache import Cache, Kept, cache_key
from arena.models.client import Client
from arena.models.endpoint import Endpoint
from arena.models.heard import whole
from arena.models.messages import ChatMessage
from arena.models.spending import NOTHING, spent_on
from arena.models.window import Window, weight


class Means(Struct, frozen=True):
    """What the seats of a run share besides connections: the budget, and the cache where there is one.

    As a context it closes the cache at its end.
    """

    budget: Funds
    cache: Cache | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.cache is not None:
            self.cache.close()


class Seat(Struct, frozen=True):
    """Where in a run a question is asked: the match by its key, the repeat, the seat."""

    match: str
    repeat: int
    seat: int


class Metered:
    """A client as one seat uses it. `price`: what its tokens cost; `cached`: whether this seat wants the cache."""

    def __init__(self, client: Client, means: Means, seat: Seat, price: Price | None, cached: bool = False) -> None:
        self._client, self._budget, self._seat, self._price = client, means.budget, seat, price
        self._cache = means.cache if cached else None

    @property
    def endpoint(self) -> Endpoint:
        """What is asked."""
        return self._client.endpoint

    @property
    def window(self) -> Window:
        """What is known of its context."""
        return self._client.window

    async def complete(self, messages: Sequence[ChatMessage], pieces: Mapping[str, Any], match: str = "") -> Answer:
        """The answer to a question. Raises what the client does, and BudgetSpent where nothing may be asked."""
        if self._cache is None:
            return await self._asked(messages, pieces, match)
        request = self._client.request(messages, pieces)
        turn = sum([message.role == "assistant" for message in messages])  # so often has it answered
        key = cache_key(self.endpoint, request, (self._seat.match, self._seat.repeat, self._seat.seat, turn))
        kept = self._cache.get(key)
        if kept is not None:
            return Answer(kept.heard, replace(kept.usage, attempts=0, hit=True))
        answer = await self._asked(messages, pieces, match)
        if whole(answer.heard.raw):
            self._cache.put(key, self.endpoint, Kept(answer.heard, answer.usage))
        return answer

    async def _asked(self, messages: Sequence[ChatMessage], pieces: Mapping[str, Any], match: str) -> Answer:
        budget, endpoint = self._budget, self.endpoint
        if not budget.capped:
            return await self._client.complete(messages, pieces, match)
        gauge = budget.gauge(endpoint)
        prompt = self.window.tokens(weight(messages, pieces))
        expected = gauge.reserve(prompt, endpoint.max_output_tokens, self._price)
        await budget.hold(expected)
        spent = NOTHING
        try:
            answer = await self._client.complete(messages, pieces, match)
            spent = spent_on(answer.usage, self._price)
            gauge.learn(answer.usage)
            return answer
        finally:
            budget.settle(expected, spent)
