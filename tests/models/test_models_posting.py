"""What carries a request: a proxy where the environment names one, no cookies, and the SDK's word on odd answers."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import web

from arena.errors import EndpointDown
from arena.models.client import Client
from arena.models.endpoint import Endpoint
from tests.models.fake_endpoint import COMPLETION, answer, fake
from tests.models.raw_endpoint import http, raw
from tests.models.test_models_client import HEARD, MESSAGES, ask, words

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize("named", ["http://ann:secret@", "http://", ""])
def test_a_proxy_of_the_environment_is_asked_for_the_whole_address(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> bytes:
        async with raw(http(b'{"no": "completion"}')) as proxy:
            host = proxy.base_url.removeprefix("http://").removesuffix("/v1")
            monkeypatch.setenv("http_proxy", f"{named}{host}")
            assert "no chat completion" in words(await asyncio.to_thread(ask, base_url="http://far.example/v1"))
            return proxy.asked[0]

    asked = asyncio.run(run())
    assert asked.startswith(b"POST http://far.example/v1/chat/completions HTTP/1.1\r\n")
    assert (b"Proxy-Authorization: Basic YW5uOnNlY3JldA==" in asked) is bool("@" in named)


def test_where_the_environment_says_that_no_proxy_is_wanted_none_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert "cannot be reached" in words(ask(answer(), max_retries=0))
    monkeypatch.setenv("no_proxy", "127.0.0.1,example.com")
    assert ask(answer()).answer is not None


def test_what_a_server_asks_to_be_kept_is_not_sent_back() -> None:
    async def with_cookie(request: web.Request) -> web.Response:
        response = web.json_response({"error": {"message": "again"}}, status=503)
        response.set_cookie("who", "match-1")
        return response

    outcome = ask(with_cookie, answer())
    assert outcome.answer is not None
    assert ["cookie" in asked.headers for asked in outcome.server.asked] == [False, False]


def test_the_sdk_signs_once_and_says_who_asks() -> None:
    outcome = ask(answer(), answer(), api_key_env="K", environ={"K": "a-key-of-some-length"})
    headers = outcome.server.asked[0].headers
    assert headers["user-agent"].startswith("AsyncOpenAI/Python ")
    assert headers["accept"] == "application/json"
    assert headers["x-stainless-lang"] == "python"


@pytest.mark.parametrize(
    "spelt",
    [
        '{"choices": [{"message": {"content": %s}, "logprobs": NaN}]}',
        '{"choices": [{"message": {"content": %s}, "score": 1e999}]}',
        '{"choices": [{"message": {"content": %s, "reasoning": "\\ud83d"}}]}',
        '\n {"choices": [{"message": {"content": %s}, "n": 123456789012345678901234567890}]}',
    ],
)
def test_json_that_only_a_lenient_reader_takes_is_taken(spelt: str) -> None:
    async def lenient(request: web.Request) -> web.Response:
        return web.Response(text=spelt % json.dumps(HEARD.raw), content_type="application/json")

    outcome = ask(lenient)
    assert outcome.answer is not None
    assert outcome.answer.heard.raw == HEARD.raw


def test_json_that_does_not_say_that_it_is_json_is_no_completion() -> None:
    async def as_text(request: web.Request) -> web.Response:
        return web.Response(text=json.dumps(COMPLETION), content_type="text/plain")

    assert "no chat completion" in words(ask(as_text))


def test_many_refusals_at_once_are_each_told_apart() -> None:
    async def by_turn(request: web.Request) -> web.Response:
        turn = (await request.json())["turn"]
        await asyncio.sleep(0.01 * (turn % 3))
        return web.json_response({"error": {"message": f"no to {turn}"}}, status=400)

    async def run() -> list[str]:
        async with fake(by_turn) as server, Client(Endpoint("m", server.base_url), {}) as client:
            asked = [client.complete(MESSAGES, {"turn": turn}) for turn in range(12)]
            return [str(e) for e in await asyncio.gather(*asked, return_exceptions=True) if isinstance(e, EndpointDown)]

    assert [f": no to {turn};" in said for turn, said in enumerate(asyncio.run(run()))] == [True] * 12
