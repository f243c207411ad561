"""Examining an endpoint over real HTTP: can it be reached, is the key accepted, is the model there, which dialects
work, how long does an answer take, does its prefix cache hit. Each finding says what to do about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from secrets import token_hex
from time import perf_counter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from arena.core.events import Fault
from arena.core.view import Ask
from arena.errors import EndpointDown, UsageError, nearest
from arena.models.client import Client
from arena.models.dialects import parse_raw, request_pieces
from arena.models.endpoint import Dialect, Endpoint
from arena.models.failures import MOVED, Failure
from arena.models.finding import (
    STRICTEST,
    Call,
    Diagnosis,
    Finding,
    of_dialects,
    of_latency,
    of_no_answer,
    of_prefix_cache,
)
from arena.models.listing import listed
from arena.models.messages import ChatMessage
from arena.models.roles import arrange

CALLS = len(STRICTEST) + 1  # one in each dialect; one more for the prefix cache
LONG = 6000  # characters; providers cache prompts of some 1,000 tokens or more
FILLER = "\n(This line only makes the prompt longer.)"


class Line(Struct, frozen=True):
    """A message."""

    role: str
    content: str


class Question(Struct, frozen=True):
    """What is asked to find out: the first prompt of a match, and what reads the reply."""

    messages: Sequence[ChatMessage]
    ask: Ask
    seats: tuple[str, ...]
    move_types: Any
    fact_types: Any

    @property
    def characters(self) -> int:
        """How long the prompt is."""
        return max(sum([len(message.content) for message in self.messages]), LONG)


async def look(endpoint: Endpoint, environ: Mapping[str, str]) -> tuple[Finding, ...]:
    """What can be found out without a call of the model: reachable, key, model."""
    try:
        models = await listed(endpoint, environ)
    except Failure as failure:
        return _unlisted(failure)
    except UsageError as error:  # a variable that is not set
        what, _, advice = str(error).rpartition("; ")
        return (Finding("key", "bad", what, advice),)
    reached = Finding("reachable", "good", "yes")
    if models is None:
        return reached, Finding("model", "note", "the server does not list its models")
    if endpoint.model in models:
        return reached, Finding("model", "good", "there")
    # Aliases and dated names are often served without being listed: the first call tells.
    return reached, Finding("model", "note", "not among those that are listed", nearest(endpoint.model, models))


def _unlisted(failure: Failure) -> tuple[Finding, ...]:
    if failure.status is None or failure.status in MOVED:
        return (Finding("reachable", "bad", failure.what, failure.advice),)
    reached = Finding("reachable", "good", "yes")
    if failure.status in (401, 403):
        return reached, Finding("key", "bad", failure.what, failure.advice)
    return reached, Finding("model", "note", f"its models cannot be listed: {failure.what}")


async def examine(
    endpoint: Endpoint, declared: Sequence[Dialect], question: Question, environ: Mapping[str, str]
) -> Diagnosis:
    """Everything about an endpoint, by some calls of its model; stops where going on is of no use.

    declared: the dialects that agents are to speak with it, which have to work; others are tried out as well.
    """
    findings = await look(endpoint, environ)
    if any(finding.state == "bad" for finding in findings):
        return Diagnosis(endpoint.model, endpoint.place, findings)
    asked = replace(question, messages=arrange(_long(question.messages), endpoint.roles))
    import openai  # noqa: F401 - how long it takes to load is not the endpoint's latency

    async with Client(replace(endpoint, max_retries=0), environ) as client:
        calls = {dialect: await _call(client, asked, dialect) for dialect in _ordered(declared)}
        heard = {dialect: call for dialect, call in calls.items() if call.answer is not None}
        if not heard:
            return Diagnosis(endpoint.model, endpoint.place, (*findings, of_no_answer(list(calls.values()))))
        dialect, first = next(iter(heard.items()))
        second = await _call(client, asked, dialect)
    found = [*_served(findings), of_dialects(declared, calls), of_latency(list(heard.values()))]
    if first.answer is not None and second.answer is not None:
        found.append(of_prefix_cache(first.answer.usage, second.answer.usage))
    usages = tuple([call.answer.usage for call in (*heard.values(), second) if call.answer is not None])
    return Diagnosis(endpoint.model, endpoint.place, tuple(found), usages)


def _long(messages: Sequence[ChatMessage]) -> tuple[Line, ...]:
    """The messages with a beginning that no cache has seen, and long enough for one to keep them."""
    first, *rest = [Line(message.role, message.content) for message in messages]
    short = LONG - sum([len(message.content) for message in messages])
    fresh = f"[{token_hex(8)}]\n{first.content}{FILLER * (max(short, 0) // len(FILLER) + 1 if short > 0 else 0)}"
    return (Line(first.role, fresh), *rest)


def _ordered(declared: Sequence[Dialect]) -> list[Dialect]:
    """Those that are declared first."""
    return sorted(STRICTEST, key=lambda dialect: dialect not in declared)


def _served(findings: Sequence[Finding]) -> list[Finding]:
    """A model that has answered is there, and so is its key, whatever the list says."""
    kept = [finding for finding in findings if finding.name != "model"]
    return [*kept, Finding("key", "good", "accepted, or none is needed"), Finding("model", "good", "answers")]


async def _call(client: Client, question: Question, dialect: Dialect) -> Call:
    ask, seats = question.ask, question.seats
    pieces = request_pieces(dialect, ask, seats, client.endpoint.api)
    began = perf_counter()
    try:
        answer = await client.complete(question.messages, pieces)
    except EndpointDown as error:
        return Call(None, None, str(error), error.status, perf_counter() - began)
    seconds = perf_counter() - began
    read = parse_raw(answer.heard.raw, ask, seats, question.move_types, question.fact_types)
    return Call(answer, read if isinstance(read, Fault) else None, "", None, seconds)
