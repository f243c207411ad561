"""Which dialect an endpoint speaks, where its declaration leaves that open: tried out once, and remembered.

The model is asked to say hello, and that no JSON is needed, in a request with the form of a dialect. Only a server that
holds its model to the form gives an answer of that form; one that takes the form and ignores it does not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from arena.core.usage import Usage
from arena.core.view import Ask
from arena.core.wire import Malformed, read_json, schema
from arena.errors import EndpointDown
from arena.models.answer import Model
from arena.models.client import PromptTooLong
from arena.models.dialects import request_pieces
from arena.models.endpoint import Dialect, Endpoint
from arena.models.heard import fault_of

# The strictest first; after them comes text, which works everywhere.
TRIED: tuple[Dialect, ...] = ("json_schema", "tools", "json_object")
NOT_TAKEN = frozenset({400, 404, 405, 415, 422, 501})  # a gateway without a provider for a form says 404


class Probe(Struct, frozen=True):
    """What is said to find out."""

    role: str = "user"
    content: str = "Say hello in one word. No JSON is needed."


class Found(Struct, frozen=True):
    """A dialect, and what it cost to find it: None where it was known."""

    dialect: Dialect
    spent: Usage | None = None


class Dialects:
    """The dialects of endpoints that were found out in this run, or in what stands recorded of it."""

    def __init__(self, known: Mapping[bytes, Dialect] | None = None) -> None:
        self._known: dict[bytes, Dialect] = dict(known or {})
        self._asking: dict[bytes, asyncio.Lock] = {}

    @property
    def known(self) -> dict[bytes, Dialect]:
        """All that are known, for another process: a new one of the same is made of them."""
        return dict(self._known)

    def remember(self, endpoint: Endpoint, dialect: Dialect) -> None:
        """This endpoint's dialect was found out before."""
        self._known.setdefault(_key(endpoint), dialect)

    def knows(self, endpoint: Endpoint) -> bool:
        """Whether the dialect of this endpoint is declared or was found out."""
        return endpoint.dialect != "auto" or _key(endpoint) in self._known

    async def of(self, model: Model, ask: Ask, seats: tuple[str, ...], match: str) -> Found:
        """The dialect to ask a model in: the declared one, the known one, or the one that is found out now.

        The schema of `ask` is what is tried. However many ask at once, it is tried out once. Raises EndpointDown.
        """
        declared = model.endpoint.dialect
        if declared != "auto":
            return Found(declared)
        key = _key(model.endpoint)
        if key not in self._known:
            async with self._asking.setdefault(key, asyncio.Lock()):
                if key not in self._known:
                    found = await _probe(model, ask, seats, match)
                    self._known[key] = found.dialect
                    return found
        return Found(self._known[key])


async def _probe(model: Model, ask: Ask, seats: tuple[str, ...], match: str) -> Found:
    spent, answered = Usage(attempts=0), False
    for dialect in TRIED:
        try:
            answer = await model.complete((Probe(),), request_pieces(dialect, ask, seats, model.endpoint.api), match)
        except (EndpointDown, PromptTooLong) as e:
            if isinstance(e, PromptTooLong) or e.status in NOT_TAKEN:  # a schema, too, may be more than a model takes
                spent = added(spent, Usage(attempts=e.attempts))
                continue
            hint = f"asked so to find out whether it speaks {dialect}; a dialect that is declared is not found out"
            raise EndpointDown(f"{e} ({hint})", e.status, e.attempts) from None
        answered, spent = True, added(spent, answer.usage)
        if _holds(dialect, answer.heard.raw, ask, seats):
            return Found(dialect, spent)
    if not answered:  # so far nothing shows that it was the form that was not taken
        spent = added(spent, (await model.complete((Probe(),), {}, match)).usage)
    return Found("text", spent)


def _holds(dialect: Dialect, raw: str, ask: Ask, seats: tuple[str, ...]) -> bool:
    """Whether an answer has the form that was asked for, and nobody but the server can have seen to it."""
    try:
        value = None if fault_of(raw) is not None else read_json(raw)
    except Malformed:
        return False
    if not isinstance(value, dict):
        return False
    return dialect == "json_object" or set(value) == set(schema(ask, seats, exact=False)["properties"])


def added(a: Usage, b: Usage | None) -> Usage:
    """What two calls cost together; None: there was no second one. A hit of the cache cost nothing."""
    if b is not None and a.hit:
        return b
    if b is None or b.hit:
        return a
    return Usage(
        prompt=a.prompt + b.prompt,
        cached=a.cached + b.cached,
        output=a.output + b.output,
        reasoning=a.reasoning + b.reasoning,
        attempts=a.attempts + b.attempts,
    )


def _key(endpoint: Endpoint) -> bytes:
    """All of an endpoint but how patiently it is asked."""
    same = msgspec.structs.replace(endpoint, timeout=1.0, max_retries=0, rpm=None, tpm=None)
    return msgspec.json.encode(same, order="sorted")
