"""The real client, over real HTTP, against servers that behave in every way."""

from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import Mapping
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from aiohttp import web
from msgspec import Struct

from arena.core.usage import Usage
from arena.errors import EndpointDown, UsageError
from arena.models.answer import Answer
from arena.models.client import Client
from arena.models.clients import Calling, Clients
from arena.models.endpoint import Endpoint
from arena.models.heard import Heard
from arena.models.limiter import Limiter
from tests.models.fake_endpoint import COMPLETION, REPLY, Fake, Handler, answer, error, fake

KEY = "sk-test-1234567890abcdef"
HEARD = Heard(REPLY)


class Line(Struct, frozen=True):
    role: str
    content: str


MESSAGES = (Line("system", "You are Ann."), Line("user", "Your turn."))


class Naps:
    """Stands in for sleeping, and remembers how long it would have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


class Still(Random):
    """No jitter."""

    def random(self) -> float:
        return 0.0


class Outcome(Struct):
    server: Fake
    answer: Answer | None
    down: EndpointDown | None
    naps: list[float]


def ask(
    *answers: Handler,
    pieces: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
    **settings: Any,
) -> Outcome:
    """What comes of one question to a server that answers so."""

    async def run() -> Outcome:
        naps = Naps()
        async with fake(*answers) as server:
            endpoint = Endpoint("m", settings.pop("base_url", server.base_url), **settings)
            async with Client(endpoint, environ or {}, naps, Still()) as client:
                try:
                    got: Answer | None = await client.complete(MESSAGES, pieces or {})
                    down = None
                except EndpointDown as e:
                    got, down = None, e
        return Outcome(server, got, down, naps.seconds)

    return asyncio.run(run())


def words(outcome: Outcome) -> str:
    assert outcome.down is not None
    assert KEY not in "".join(traceback.format_exception(outcome.down))
    return str(outcome.down)


# What is sent ---------------------------------------------------------------------------------------------------------


def test_a_request_holds_the_model_the_messages_and_nothing_that_was_not_set() -> None:
    outcome = ask(answer())
    assert outcome.answer == Answer(HEARD, Usage(120, 64, 30, 12))
    (asked,) = outcome.server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["content-type"] == "application/json"
    assert asked.body == {
        "model": "m",
        "messages": [{"role": "system", "content": "You are Ann."}, {"role": "user", "content": "Your turn."}],
    }


def test_what_was_set_is_sent_under_the_declared_names() -> None:
    outcome = ask(
        answer(),
        pieces={"response_format": {"type": "json_object"}},
        temperature=0.0,
        top_p=0.5,
        max_output_tokens=800,
        token_param="max_completion_tokens",
        extra_body={"reasoning_effort": "low", "temperature": 0.3},
    )
    body = outcome.server.asked[0].body
    assert {k: v for k, v in body.items() if k not in ("model", "messages")} == {
        "response_format": {"type": "json_object"},
        "temperature": 0.3,
        "top_p": 0.5,
        "max_completion_tokens": 800,
        "reasoning_effort": "low",
    }


def test_the_key_and_named_header_values_come_from_the_environment() -> None:
    outcome = ask(
        answer(),
        api_key_env="LAB_KEY",
        headers={"X-Team": "blue", "X-Token": "$LAB_TOKEN"},
        environ={"LAB_KEY": f" {KEY}\n", "LAB_TOKEN": "t0ken"},
    )
    headers = outcome.server.asked[0].headers
    assert headers["authorization"] == f"Bearer {KEY}"
    assert (headers["x-team"], headers["x-token"]) == ("blue", "t0ken")


def test_a_header_of_the_users_own_goes_before_the_key() -> None:
    for settings in ({}, {"api_key_env": "LAB_KEY"}):
        outcome = ask(answer(), headers={"authorization": "$T"}, environ={"T": "Token abc", "LAB_KEY": KEY}, **settings)
        assert outcome.server.asked[0].headers["authorization"] == "Token abc"


def test_a_keyless_server_gets_no_key_and_nobody_else_s_account(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, KEY)
    headers = ask(answer()).server.asked[0].headers
    assert "authorization" not in headers
    assert KEY not in "".join(headers.values())


def test_an_optional_key_that_is_not_set_is_not_sent() -> None:
    outcome = ask(answer(), api_key_env="LAB_KEY", key_optional=True)
    assert "authorization" not in outcome.server.asked[0].headers


def test_a_key_that_is_missing_or_cannot_be_sent_is_said_before_anything_is_asked() -> None:
    endpoint = Endpoint("m", "http://127.0.0.1:9/v1", api_key_env="LAB_KEY")
    with pytest.raises(UsageError, match="LAB_KEY, which is not set; set it"):
        Client(endpoint, {})
    with pytest.raises(UsageError, match="LAB_KEY holds characters") as caught:
        Client(endpoint, {"LAB_KEY": f"{KEY}…"})
    assert KEY not in str(caught.value)


def test_one_connection_serves_one_question_after_the_other() -> None:
    async def run() -> set[object]:
        async with fake(answer()) as server, Client(Endpoint("m", server.base_url), {}) as client:
            for _ in range(5):
                await client.complete(MESSAGES, {})
            return {asked.connection for asked in server.asked}

    assert len(asyncio.run(run())) == 1


def test_seats_with_the_same_endpoint_share_a_client_which_can_be_used_again_after_closing() -> None:
    async def run() -> list[str]:
        async with fake(answer()) as server:
            endpoint = Endpoint("m", server.base_url, headers={"a": "1", "b": "2"})
            twin = Endpoint("m", server.base_url, headers={"b": "2", "a": "1"})
            async with Clients({}) as clients:
                client = clients.of(endpoint)
                assert clients.of(twin) is client
                assert clients.of(Endpoint("other", server.base_url)) is not client
                heard = await asyncio.gather(*[client.complete(MESSAGES, {}) for _ in range(8)])
                await client.aclose()
                return [a.heard.raw for a in (*heard, await client.complete(MESSAGES, {}))]

    assert asyncio.run(run()) == [REPLY] * 9


# What is tried again --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_a_passing_failure_is_tried_again_and_counted(status: int) -> None:
    outcome = ask(error(status), error(status), answer())
    assert outcome.answer is not None
    assert outcome.answer.usage.attempts == 3
    assert outcome.naps == [0.5, 1.0]


def test_the_budget_of_retries_ends_it() -> None:
    outcome = ask(error(503, "overloaded"), max_retries=2)
    assert len(outcome.server.asked) == 3
    said = words(outcome)
    assert "'m' at http://127.0.0.1" in said
    assert "HTTP 503 Service Unavailable: overloaded (3 attempts); the server is failing: try again later" in said


def test_no_retries_means_one_attempt() -> None:
    outcome = ask(error(500), max_retries=0)
    assert len(outcome.server.asked) == 1
    assert "attempts" not in words(outcome)


@pytest.mark.parametrize(
    ("headers", "nap"),
    [
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": "0"}, 0.0),
        ({"retry_after_ms": "1500", "Retry_After": "9"}, 1.5),
        ({"Retry_After": "86400"}, 120.0),
        ({"Retry_After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"Retry_After": "Fri, 31 Dec 2100 23:59:59 GMT"}, 120.0),
        ({"Retry_After": "soon"}, 0.5),
        ({"Retry_After": "-3"}, 0.5),
        ({"Retry_After": "nan"}, 0.5),
    ],
)
def test_a_server_that_asks_to_be_left_alone_is_left_alone_up_to_a_cap(headers: dict[str, str], nap: float) -> None:
    outcome = ask(error(429, "slow down", **headers), answer())
    assert outcome.answer is not None
    assert outcome.naps == [nap]


def test_a_rate_limit_that_does_not_end_says_what_to_do() -> None:
    said = words(ask(error(429, "slow down", Retry_After="1"), max_retries=1))
    assert "HTTP 429 Too Many Requests: slow down (2 attempts); the rate limit holds: lower the number" in said


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 422])
def test_a_failure_that_stays_is_not_tried_again(status: int) -> None:
    outcome = ask(error(status), answer())
    assert len(outcome.server.asked) == 1
    assert f"HTTP {status}" in words(outcome)
    assert outcome.naps == []


def test_an_account_without_credit_is_not_tried_again() -> None:
    outcome = ask(error(429, "You exceeded your current quota.", "insufficient_quota"))
    assert len(outcome.server.asked) == 1
    assert "no credit left" in words(outcome)


async def hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def break_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"choices": [')
    assert request.transport is not None
    request.transport.close()
    return response


@pytest.mark.parametrize("break_down", [hang_up, break_off])
def test_a_connection_that_breaks_is_tried_again(break_down: Handler) -> None:
    outcome = ask(break_down, answer())
    assert outcome.answer is not None
    assert outcome.answer.usage.attempts == 2
    said = words(ask(break_down, max_retries=0))
    assert "the connection broke before the answer was whole: " in said
    assert "base_url" not in said


# What is said of a failure --------------------------------------------------------------------------------------------


def test_a_server_that_is_not_there_is_said_to_be_unreachable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        outcome = ask(base_url=url, max_retries=1)
    said = words(outcome)
    assert "cannot be reached: " in said
    assert "refused" in said or "Connect call failed" in said
    assert "(2 attempts); check base_url" in said
    assert "no answer within" not in said


async def say_nothing(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    return web.Response()


async def drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    with suppress(ConnectionError):
        for _ in range(1000):
            await response.write(b" ")
            await asyncio.sleep(0.02)
    return response


@pytest.mark.parametrize("slow", [say_nothing, drip])
def test_a_server_that_takes_too_long_is_given_up_whether_silent_or_dripping(slow: Handler) -> None:
    said = words(ask(slow, timeout=0.2, max_retries=1))
    assert "no answer within 0.2 s (2 attempts); raise timeout" in said


def test_a_wrong_key_names_the_variable_and_never_the_key() -> None:
    refusing = error(401, f"Incorrect API key provided: {KEY[:8]}******{KEY[-4:]}.")
    said = words(ask(refusing, api_key_env="LAB_KEY", environ={"LAB_KEY": KEY}))
    assert "the key in LAB_KEY is missing or wrong" in said
    assert KEY[:8] not in said
    assert KEY[-4:] not in said


def test_a_server_that_wants_a_key_where_none_was_named_says_so() -> None:
    assert "set api_key_env to the name of the variable" in words(ask(error(401)))
    assert "has access to 'm'" in words(ask(error(403), api_key_env="LAB_KEY", environ={"LAB_KEY": KEY}))


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_key_that_a_server_repeats_is_blacked_out(status: int) -> None:
    echo = error(status, f"You sent Authorization: Bearer {KEY} and sk-some***thing and x-token=t0kent0ken")
    said = words(
        ask(
            echo,
            api_key_env="LAB_KEY",
            headers={"X-Token": "$LAB_TOKEN"},
            environ={"LAB_KEY": KEY, "LAB_TOKEN": "t0kent0ken"},
            max_retries=0,
        )
    )
    assert "You sent Authorization: [hidden]" in said
    assert "sk-" not in said
    assert "t0kent0ken" not in said


def test_a_model_that_is_not_there_is_named() -> None:
    said = words(ask(error(404, "The model 'm' does not exist.")))
    assert "The model 'm' does not exist." in said
    assert "check that the server has a model 'm', and base_url" in said


def test_a_request_that_is_not_taken_points_at_the_dialect() -> None:
    said = words(ask(error(400, "response_format is not supported " + "x" * 1000), dialect="json_schema"))
    assert "does not take dialect: json_schema: set dialect: auto, or text" in said
    assert len(said) < 700


async def page(request: web.Request) -> web.StreamResponse:
    return web.Response(text="<html>Welcome</html>", content_type="text/html")


async def broken_json(request: web.Request) -> web.StreamResponse:
    return web.Response(text='{"choices": [', content_type="application/json")


@pytest.mark.parametrize("odd", [page, broken_json, answer([]), answer({"choices": []}), answer(None)])
def test_an_answer_that_is_no_completion_is_the_endpoint_s_failure(odd: Handler) -> None:
    outcome = ask(odd)
    assert len(outcome.server.asked) == 1
    assert "no chat completion" in words(outcome)
    assert "/v1" in words(outcome)


def test_an_error_that_a_proxy_wraps_in_a_200_is_treated_by_its_own_code() -> None:
    passing = answer({"error": {"message": "upstream overloaded", "code": 529}})
    outcome = ask(passing, answer())
    assert outcome.answer is not None
    assert outcome.answer.usage.attempts == 2
    staying = ask(answer({"error": {"message": "no such model", "code": 404}}))
    assert "no such model" in words(staying)
    assert len(staying.server.asked) == 1


def test_a_reply_that_a_provider_fails_to_finish_is_not_the_model_s() -> None:
    broken = {"message": {"content": "I th"}, "finish_reason": "error", "error": {"message": "node died", "code": 502}}
    outcome = ask(answer({"choices": [broken]}), answer())
    assert outcome.answer is not None
    assert (outcome.answer.heard, outcome.answer.usage.attempts) == (HEARD, 2)
    assert "HTTP 502 Bad Gateway: node died" in words(ask(answer({"choices": [broken]}), max_retries=0))


def test_a_plain_text_error_is_shown() -> None:
    async def plain(request: web.Request) -> web.StreamResponse:
        return web.Response(status=502, text="Bad gateway: no upstream")

    assert "HTTP 502 Bad Gateway: Bad gateway: no upstream" in words(ask(plain, max_retries=0))


# What it cost ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (None, Usage()),
        ({}, Usage()),
        ({"prompt_tokens": 5, "completion_tokens": None}, Usage(prompt=5)),
        ({"prompt_tokens": "5", "completion_tokens": True, "prompt_tokens_details": None}, Usage()),
        ({"prompt_tokens": 9, "prompt_cache_hit_tokens": 4}, Usage(prompt=9, cached=4)),
        ("many", Usage()),
    ],
)
def test_tokens_that_are_not_reported_count_nothing(usage: object, expected: Usage) -> None:
    outcome = ask(answer({**COMPLETION, "usage": usage}))
    assert outcome.answer is not None
    assert outcome.answer.usage == expected


def test_a_call_that_is_cancelled_stops_at_once_and_leaves_the_client_usable() -> None:
    async def run() -> str:
        async with fake(say_nothing, answer()) as server, Client(Endpoint("m", server.base_url), {}) as client:
            waiting = asyncio.create_task(client.complete(MESSAGES, {}))
            await server.arrived.wait()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            return (await client.complete(MESSAGES, {})).heard.raw

    assert asyncio.run(run()) == REPLY


# How many at once -----------------------------------------------------------------------------------------------------


class Narrow:
    """Takes so many requests at once, and refuses what is more with 429."""

    def __init__(self, takes: int, seconds: float = 0.02) -> None:
        self.takes, self.seconds = takes, seconds
        self.now = self.most = self.refused = 0

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if self.now >= self.takes:
            self.refused += 1
            return web.json_response({"error": {"message": "slow down"}}, status=429)
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(self.seconds)
        self.now -= 1
        return web.json_response(COMPLETION)


async def hasty(seconds: float) -> None:
    """Waits a hundredth of what it should."""
    await asyncio.sleep(seconds / 100)


def test_a_server_that_takes_few_at_once_answers_all_and_its_refusals_are_counted() -> None:
    async def run() -> tuple[list[Answer], Narrow, int]:
        narrow = Narrow(4)
        async with fake(narrow) as server:
            endpoint = Endpoint("m", server.base_url, max_retries=40)
            async with Client(endpoint, {}, hasty, limiter=Limiter(100)) as client:
                answers = await asyncio.gather(*[client.complete(MESSAGES, {}, f"{i % 25}") for i in range(150)])
        return answers, narrow, len(server.asked)

    answers, narrow, asked = asyncio.run(run())
    assert [answer.heard.raw for answer in answers] == [REPLY] * 150
    assert sum(answer.usage.attempts for answer in answers) == asked == 150 + narrow.refused
    assert narrow.most == 4
    assert narrow.refused < 300


def test_all_clients_of_a_run_keep_to_one_limit_and_to_the_rates_of_their_models() -> None:
    async def run() -> tuple[int, list[str]]:
        wide = Narrow(1000)
        async with fake(wide) as server, Clients({}, Calling(connections=3)) as clients:
            models = [clients.of(Endpoint(name, server.base_url, rpm=6000)) for name in ("a", "b")]
            answers = await asyncio.gather(*[model.complete(MESSAGES, {}, "x") for model in models for _ in range(20)])
        return wide.most, [answer.heard.raw for answer in answers]

    most, said = asyncio.run(run())
    assert most == 3
    assert said == [REPLY] * 40


def test_what_the_command_says_goes_before_what_the_endpoint_says() -> None:
    clients = Clients({}, Calling(timeout=7, max_retries=0))
    client = clients.of(Endpoint("m", "http://127.0.0.1:9/v1", timeout=90, max_retries=3))
    assert (client.endpoint.timeout, client.endpoint.max_retries) == (7, 0)
    assert Calling().within(5).connections == 5
    assert Calling(connections=9).within(5).connections == 9
