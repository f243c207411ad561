"""Answering a model call: what it meets, and the HTTP answer that comes of it."""

import asyncio
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from arena.mock import breaking
from arena.mock.answer import Answer, Finish, compose
from arena.mock.api_error import ApiError
from arena.mock.asked import read_asked
from arena.mock.attempts import Attempts
from arena.mock.chat_request import read_chat_request
from arena.mock.completion import Place, chat_completion
from arena.mock.context import Context
from arena.mock.counts import ANSWER, Counts
from arena.mock.faults import NO_FAULTS, Fault, Rates
from arena.mock.json_value import Json
from arena.mock.latency import NO_LATENCY, Latency
from arena.mock.prefixes import PrefixCache
from arena.mock.request import Request
from arena.mock.response_object import response_object
from arena.mock.responses_request import read_responses_request
from arena.mock.script import Script
from arena.mock.spoiling import spoilt
from arena.mock.usage import Spent

CHAT, RESPONSES = "/v1/chat/completions", "/v1/responses"
READERS: dict[str, Callable[[bytes], Request]] = {CHAT: read_chat_request, RESPONSES: read_responses_request}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server is told at its start.

    `models` that it has; `seed` of all draws; `latency`; the `key` that it demands, None for none; `rates` of faults;
    the seconds of Retry-After; where thoughts stand, None for answers without any; the `context` that a prompt may
    outgrow, None for one without end.
    """

    models: tuple[str, ...] = ("mock",)
    seed: int = 0
    latency: Latency = NO_LATENCY
    key: str | None = None
    rates: Rates = NO_FAULTS
    retry_after: float = 1.0
    reasoning: Place | None = None
    context: Context | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """What a call meets: a fault, or an answer, or one with a fault; `message` is a chat's, sent as it stands."""

    fault: Fault | None
    answer: Answer | None
    message: dict[str, Json] | None = None
    finish: Finish = "stop"


@dataclass(slots=True)
class Calls:
    """The model calls of one server process: what was asked so far, and the prompts that its prefix cache holds."""

    settings: Settings
    script: Script
    log: Callable[[str], None]
    counts: Counts = field(default_factory=Counts)
    attempts: Attempts = field(default_factory=Attempts)
    prefixes: PrefixCache = field(default_factory=PrefixCache)

    async def answer(self, http: web.Request, body: bytes) -> web.StreamResponse:
        """The HTTP answer to a call. Raises ApiError where the request is one that the server does not take."""
        request = READERS[http.path](body)
        self.check_model(request.model)
        if self.settings.context is not None:
            self.settings.context.check(request)
        met = self._meet(request)
        self._count(http, request, met)
        if met.answer is not None:
            told = json.dumps(self._told(request, met, met.answer)).encode()
            await asyncio.sleep(self.settings.latency.draw(request.draw(self.settings.seed).of("latency")))
            return await _sent(http, told, met.fault)
        assert met.fault is not None, "a call meets an answer, or a fault in place of one"
        if met.fault.name == "hang":
            return await breaking.hang()
        return breaking.reset(http) if met.fault.name == "reset" else self._status(met.fault)

    def check_model(self, name: str) -> None:
        """Raises ApiError (404) where there is no such model."""
        if name not in self.settings.models:
            known = ", ".join(self.settings.models)
            raise ApiError(404, f"The model {name!r} does not exist; there is: {known}.", code="model_not_found")

    def _meet(self, request: Request) -> Met:
        """What the script says for this call; else what its draw says."""
        seed, attempt = self.settings.seed, self.attempts.of(request.digest)
        entry = self.script.next(request)
        if entry is not None and entry.fault is None:
            return Met(None, entry.answer(request), entry.message, entry.finish)
        drawn = request.draw(seed)
        fault = self.settings.rates.draw(drawn, attempt) if entry is None else entry.fault
        if fault is not None and (fault.stage == "status" or fault.name in ("reset", "hang")):
            return Met(fault, None)
        answer = compose(request, seed, self.settings.reasoning is not None)
        if fault is not None and fault.stage == "answer":
            answer = spoilt(fault, answer, read_asked(request), drawn)
        return Met(fault, answer)

    def _count(self, http: web.Request, request: Request, met: Met) -> None:
        kind = ANSWER if met.fault is None else met.fault.name
        attempt = self.attempts.of(request.digest)
        self.counts.by_kind[kind] += 1
        if met.fault is None or met.fault.stage == "answer":
            self.counts.again += self.attempts.answered(request.digest)
        else:
            self.attempts.failed(request.digest)
        self.log(f"{http.method} {http.path} {kind} (request {request.digest[:8]}, attempt {attempt})")

    def _told(self, request: Request, met: Met, answer: Answer) -> dict[str, Json]:
        """The JSON of an answer, and the prompt in the prefix cache from now on."""
        spent = Spent.on(request, answer, self.prefixes.reuse(request.prompt))
        self.prefixes.remember(request.prompt)
        draw = request.draw(self.settings.seed)
        if request.api == "responses":
            return response_object(request, draw, answer, spent)
        told = chat_completion(request, draw, answer, spent, self.settings.reasoning or "reasoning_content")
        if met.message is not None:
            finish = "tool_calls" if "tool_calls" in met.message and met.finish == "stop" else met.finish
            told["choices"] = [{"index": 0, "message": met.message, "logprobs": None, "finish_reason": finish}]
        return told

    def _status(self, fault: Fault) -> web.Response:
        headers = {}
        if fault.name == "429":
            seconds = self.settings.retry_after
            # RFC 9110 knows whole seconds only; OpenAI's own header, which its client reads first, is exact.
            headers = {"Retry-After": str(math.ceil(seconds)), "retry-after-ms": str(round(seconds * 1000))}
        error = ApiError(fault.status, f"The mock server was ordered to fail: {fault.says}.")
        return web.json_response(error.body(), status=fault.status, headers=headers)


async def _sent(http: web.Request, told: bytes, fault: Fault | None) -> web.StreamResponse:
    if fault is not None and fault.name == "cut":
        return await breaking.cut(http, told)
    body = breaking.half(told) if fault is not None and fault.name == "bad-body" else told
    return web.Response(body=body, content_type="application/json", charset="utf-8")
