"""Finding out which dialect an endpoint speaks, over real HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from arena.agents.model import ModelAgent
from arena.core.view import Reply
from arena.errors import EndpointDown
from arena.models.client import Client
from arena.models.endpoint import Endpoint
from arena.models.probing import Dialects
from tests.agents.test_model import ASKS, Plain, view_of
from tests.mock_server import serve
from tests.models.bargain_asks import FACTS, MOVES
from tests.models.fake_endpoint import COMPLETION, Asked, Handler, answer, error, fake
from tests.models.quirky import said, speaking


def played(server: Handler, times: int = 2, seats: int = 1, **settings: Any) -> tuple[list[Reply], list[Asked]]:
    """The replies of seats that ask at once, so many times, and what the server was asked."""

    async def run() -> tuple[list[Reply], list[Asked]]:
        async with fake(server) as served:
            endpoint = Endpoint("m", served.base_url, **{"dialect": "auto", "max_retries": 0, **settings})
            async with Client(endpoint, {}) as client:
                dialects, replies = Dialects(), list[Reply]()
                for _ in range(times):
                    agents = [ModelAgent(client, Plain(), MOVES, FACTS, "match", dialects) for _ in range(seats)]
                    asks = [agent.reply(view_of(ASKS[0]), ASKS[0]) for agent in agents]
                    replies += await asyncio.gather(*asks)
                return replies, served.asked

    return asyncio.run(run())


def dialect_of(asked: Asked) -> str:
    body = asked.body
    return "tools" if "tools" in body else str(body.get("response_format", {}).get("type", "text"))


@pytest.mark.parametrize(
    ("server", "found", "tried"),
    [
        (speaking("json_schema", "tools", "json_object"), "json_schema", ["json_schema"]),
        (speaking("tools", "json_object"), "tools", ["json_schema", "tools"]),
        (speaking("tools", refuses=404), "tools", ["json_schema", "tools"]),
        (speaking("json_object", refuses=422), "json_object", ["json_schema", "tools", "json_object"]),
        (speaking("tools", refuses=None), "tools", ["json_schema", "tools"]),
        (speaking("json_object", refuses=None), "json_object", ["json_schema", "tools", "json_object"]),
        (speaking(refuses=None), "text", ["json_schema", "tools", "json_object"]),
        (speaking(refuses=400), "text", ["json_schema", "tools", "json_object", "text"]),
    ],
)
def test_the_strictest_dialect_that_a_server_keeps_to_is_found_once_and_kept(
    server: Handler, found: str, tried: list[str]
) -> None:
    """One that takes a schema and ignores it, as llama.cpp does of some, does not keep to it."""
    (first, second), asked = played(server)
    assert [dialect_of(one) for one in asked] == [*tried, found, found]
    assert first.usage is not None
    assert second.usage is not None
    assert (first.usage.dialect, second.usage.dialect) == (found, found)
    assert (first.usage.attempts, second.usage.attempts) == (len(tried) + 1, 1)
    assert first.usage.attempts + second.usage.attempts == len(asked)


def test_what_finding_out_cost_is_counted_with_the_reply_that_it_was_done_for() -> None:
    (first, second), _asked = played(speaking("tools", refuses=None))
    assert first.usage is not None
    assert second.usage is not None
    assert first.usage.prompt == 3 * second.usage.prompt == COMPLETION["usage"]["prompt_tokens"] * 3
    assert first.usage.output == 3 * second.usage.output


def test_seats_that_ask_at_once_find_out_once() -> None:
    replies, asked = played(speaking("tools", "json_object"), times=1, seats=5)
    assert [dialect_of(one) for one in asked] == ["json_schema"] + ["tools"] * 6
    assert sum(reply.usage.attempts for reply in replies if reply.usage) == len(asked)


def test_a_dialect_that_is_declared_is_neither_tried_nor_recorded() -> None:
    (reply, _), asked = played(speaking("tools"), dialect="tools")
    assert [dialect_of(one) for one in asked] == ["tools", "tools"]
    assert reply.usage is not None
    assert reply.usage.dialect is None


def test_what_was_found_before_is_not_found_out_again_however_patiently_it_is_asked_now() -> None:
    async def run() -> list[str]:
        async with fake(speaking("tools")) as served:
            endpoint = Endpoint("m", served.base_url, dialect="auto", timeout=5, max_retries=1)
            dialects = Dialects()
            dialects.remember(Endpoint("m", served.base_url, dialect="auto", rpm=5), "tools")
            async with Client(endpoint, {}) as client:
                await ModelAgent(client, Plain(), MOVES, FACTS, "", dialects).reply(view_of(ASKS[0]), ASKS[0])
            return [dialect_of(one) for one in served.asked]

    assert asyncio.run(run()) == ["tools"]


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_an_endpoint_that_fails_says_nothing_of_its_dialect(status: int) -> None:
    async def run() -> tuple[str, list[Asked]]:
        async with fake(error(status), speaking("json_schema")) as served:
            endpoint = Endpoint("m", served.base_url, dialect="auto", max_retries=0)
            async with Client(endpoint, {}) as client:
                agent = ModelAgent(client, Plain(), MOVES, FACTS)
                with pytest.raises(EndpointDown) as caught:
                    await agent.reply(view_of(ASKS[0]), ASKS[0])
                reply = await agent.reply(view_of(ASKS[0]), ASKS[0])
                assert reply.usage is not None
                assert reply.usage.dialect == "json_schema"
            return str(caught.value), served.asked

    said, asked = asyncio.run(run())
    assert f"HTTP {status}" in said
    assert "asked so to find out whether it speaks json_schema" in said
    assert len(asked) == 3


def test_a_server_that_takes_nothing_is_not_said_to_speak_text() -> None:
    with pytest.raises(EndpointDown, match="HTTP 404"):
        played(error(404, "no such model"))


@pytest.mark.parametrize(
    "odd",
    [
        said({"content": "Hello!", "reasoning": "They want a greeting."}),
        said({"content": '{"messages": []}'}),
        said({"content": '{"messages": [], "claims"'}, "length"),
        said({"content": None, "reasoning": "Hm."}, "length"),
        said({"content": "[]"}),
    ],
)
def test_an_answer_that_fits_by_half_or_is_cut_off_shows_nothing(odd: dict[str, Any]) -> None:
    """Of these only a whole object could be JSON mode."""
    (reply,), asked = played(answer(odd), times=1)
    assert reply.usage is not None
    assert reply.usage.dialect == (
        "json_object" if odd["choices"][0]["message"]["content"] == '{"messages": []}' else "text"
    )
    assert len(asked) == 4


@pytest.mark.parametrize("nth", range(len(ASKS)))
def test_the_mock_server_is_found_to_keep_to_a_schema_whatever_is_asked_first(nth: int) -> None:
    async def run() -> Reply:
        with serve(seed=nth) as base_url:
            async with Client(Endpoint("mock", base_url, dialect="auto"), {}) as client:
                return await ModelAgent(client, Plain(), MOVES, FACTS).reply(view_of(ASKS[nth]), ASKS[nth])

    reply = asyncio.run(run())
    assert reply.usage is not None
    assert (reply.usage.dialect, reply.usage.attempts, reply.fault) == ("json_schema", 2, None)
