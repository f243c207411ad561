"""A seat played by a model, over real HTTP, against the mock server in a process of its own."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import pytest
from msgspec import Struct, structs

from arena.agents.model import ModelAgent
from arena.core.events import Body, Fault
from arena.core.usage import Usage
from arena.core.view import Ask, Reach, Reply, Seen, View, World
from arena.core.wire import exact_schema_text
from arena.errors import EndpointDown
from arena.models.client import Client
from arena.models.dialects import parse_raw
from arena.models.endpoint import Dialect, Endpoint
from arena.models.messages import prompt_hash
from tests.mock_server import serve
from tests.models.bargain_asks import BID, CALL, FACTS, MOVES, SEATS, an_ask, forms
from tests.models.fake_endpoint import COMPLETION, answer, error, fake

DIALECTS: tuple[Dialect, ...] = ("text", "json_schema", "tools")
ASKS = (
    an_ask(),
    an_ask(2, 5, nth=1),
    an_ask(2, 5, nth=2, must=True, moves=forms(2, 5)[1:3]),
    an_ask(nth=3, reach=Reach(False, (2,)), claims=()),
    an_ask(nth=4, reach=Reach(False, ()), moves=()),
    structs.replace(BID, nth=5),
    structs.replace(CALL, nth=6),
)


class Line(Struct, frozen=True):
    role: str
    content: str


class Plain:
    """Says what is asked in one message, the exact schema at its end."""

    def messages(self, view: View, ask: Ask) -> tuple[Line, ...]:
        schema = exact_schema_text(ask, view.seats)
        return (Line("user", f"Turn {ask.nth} of {view.seats[view.seat]}.\n```schema\n{schema}\n```"),)


def view_of(ask: Ask) -> View:
    return View(ask.seat, SEATS, Seen(), World(None, None), lambda: ())


def replies(base_url: str, *asks: Ask, **settings: Any) -> list[Reply]:
    """What a model there answers to these asks, one after the other."""

    async def run() -> list[Reply]:
        async with Client(Endpoint("mock", base_url, **settings), {}) as client:
            agent = ModelAgent(client, Plain(), MOVES, FACTS)
            return [await agent.reply(view_of(ask), ask) for ask in asks]

    return asyncio.run(run())


def calls(base_url: str) -> int:
    with urllib.request.urlopen(base_url.removesuffix("/v1") + "/stats") as response:
        return int(json.load(response)["calls"])


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    with serve(seed=7) as base_url:
        yield base_url


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_kind_of_ask_is_answered_legally_with_one_call_each(mock: str, dialect: Dialect) -> None:
    before = calls(mock)
    got = replies(mock, *ASKS, dialect=dialect)
    assert calls(mock) - before == len(ASKS)
    for ask, reply in zip(ASKS, got, strict=True):
        assert reply.fault is None
        assert isinstance(reply.body, Body)
        assert (reply.body.bid is not None) == (ask.kind == "bid")
        assert (reply.body.call in ask.callable) == (ask.kind == "call")
        assert reply.body.move is not None or not ask.must
        assert all(set(m.to) <= set(ask.reach.to) for m in reply.body.messages)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_raw_reply_alone_gives_the_same_body_again(mock: str, dialect: Dialect) -> None:
    for ask, reply in zip(ASKS, replies(mock, *ASKS, dialect=dialect), strict=True):
        assert parse_raw(reply.raw, ask, SEATS, MOVES, FACTS) == reply.body


def test_the_reply_says_what_was_sent_and_what_it_cost(mock: str) -> None:
    ask = ASKS[0]
    (reply,) = replies(mock, ask)
    messages = Plain().messages(view_of(ask), ask)
    assert reply.prompt == prompt_hash(messages)
    canonical = json.dumps([{"content": m.content, "role": m.role} for m in messages], separators=(",", ":"))
    assert reply.prompt == blake2b(canonical.encode(), digest_size=16).hexdigest()
    assert reply.usage is not None
    assert reply.usage.prompt > 0
    assert reply.usage.output > 0
    assert reply.usage.attempts == 1


def test_seats_that_are_asked_at_once_are_answered_over_one_client(mock: str) -> None:
    async def run() -> list[Reply]:
        async with Client(Endpoint("mock", mock), {}) as client:
            agents = [ModelAgent(client, Plain(), MOVES, FACTS) for _ in range(3)]
            asks = [structs.replace(an_ask(), seat=s, reach=Reach(True, ())) for s in range(3)]
            return await asyncio.gather(*[a.reply(view_of(q), q) for a, q in zip(agents, asks, strict=True)])

    assert [reply.fault for reply in asyncio.run(run())] == [None] * 3


def faked(message: dict[str, Any], finish: str = "stop") -> Reply:
    body = {**COMPLETION, "choices": [{"message": message, "finish_reason": finish}]}

    async def run() -> Reply:
        async with fake(answer(body)) as server, Client(Endpoint("m", server.base_url), {}) as client:
            return await ModelAgent(client, Plain(), MOVES, FACTS).reply(view_of(ASKS[0]), ASKS[0])

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("message", "finish", "code", "raw", "reasoning"),
    [
        ({"content": None}, "stop", "only_reasoning", "[endpoint: reasoning]", None),
        ({"content": "Well, ", "reasoning": "Hm."}, "length", "truncated", "Well, \n[endpoint: length]", "Hm."),
        ({"content": None, "refusal": "No."}, "stop", "refused", "No.\n[endpoint: refusal]", None),
        ({"content": "I leave."}, "stop", "no_object", "I leave.", None),
        ({"content": '{"move": {"kind": "fly"}}'}, "stop", "unknown_kind", '{"move": {"kind": "fly"}}', None),
    ],
)
def test_a_reply_that_is_not_understood_is_a_fault_with_all_that_came(
    message: dict[str, Any], finish: str, code: str, raw: str, reasoning: str | None
) -> None:
    reply = faked(message, finish)
    assert isinstance(reply.fault, Fault)
    assert (reply.fault.code, reply.raw, reply.reasoning, reply.body) == (code, raw, reasoning, None)
    assert reply.usage == Usage(120, 64, 30, 12)
    assert parse_raw(reply.raw, ASKS[0], SEATS, MOVES, FACTS) == reply.fault


def test_an_endpoint_that_gives_up_is_no_reply_of_the_model() -> None:
    async def run() -> None:
        async with fake(error(500)) as server:
            endpoint = Endpoint("m", server.base_url, max_retries=0)
            async with Client(endpoint, {}) as client:
                await ModelAgent(client, Plain(), MOVES, FACTS).reply(view_of(ASKS[0]), ASKS[0])

    with pytest.raises(EndpointDown, match="HTTP 500"):
        asyncio.run(run())


def test_a_mock_server_that_demands_a_key_is_satisfied_by_the_right_one() -> None:
    with serve(key="right-key-123") as base_url:
        endpoint = Endpoint("mock", base_url, api_key_env="K")

        async def run(key: str) -> Reply:
            async with Client(endpoint, {"K": key}) as client:
                return await ModelAgent(client, Plain(), MOVES, FACTS).reply(view_of(ASKS[0]), ASKS[0])

        assert asyncio.run(run("right-key-123")).fault is None
        with pytest.raises(EndpointDown, match="the key in K is missing or wrong") as caught:
            asyncio.run(run("wrong-key-456"))
        assert "wrong-key-456" not in str(caught.value)


def test_a_model_that_the_mock_server_has_not_is_named(mock: str) -> None:
    async def run(base_url: str) -> None:
        async with Client(Endpoint("mocha", base_url), {}) as client:
            await ModelAgent(client, Plain(), MOVES, FACTS).reply(view_of(ASKS[0]), ASKS[0])

    with pytest.raises(EndpointDown, match="check that the server has a model 'mocha'"):
        asyncio.run(run(mock))
