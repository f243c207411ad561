"""Servers that answer with what is hardly HTTP, or repeat the key where nobody looks: their failure, and no more."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from typing import Any

import pytest

from arena.errors import EndpointDown
from arena.models.answer import Answer
from arena.models.client import Client
from arena.models.doctor import look
from arena.models.endpoint import Endpoint
from arena.models.heard import KEPT, LARGEST
from arena.models.remote import RemoteClient, remote_endpoint
from tests.models.fake_endpoint import COMPLETION, Handler, answer, error, fake
from tests.models.raw_endpoint import Raw, http, raw
from tests.models.test_models_client import HEARD, MESSAGES, Naps, Still

KEY = "a+b/key-0123456789/XYZ"
SENT = KEY.encode()
LINES = {
    "a header without a colon": b"HTTP/1.1 200 OK\r\nauthorization " + SENT + b"\r\nContent-Length: 2\r\n\r\n{}",
    "no number in the status line": b"HTTP/1.1 Bearer " + SENT + b"\r\n\r\n",
    "no HTTP at all": b"Bearer " + SENT + b"\r\n\r\n",
    "a body after 100": b"HTTP/1.1 100 Continue\r\nContent-Length: 30\r\n\r\n" + SENT + b"        ",
    "a body after 304": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 30\r\n\r\n" + SENT + b"        ",
    "no length": b"HTTP/1.1 200 OK\r\nContent-Length: " + SENT + b"\r\n\r\n{}",
    "no chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + SENT + b"\r\n{}",
    "a header without end": b"HTTP/1.1 200 OK\r\nX: " + SENT * 999 + b"\r\n\r\n{}",
    "a status of four digits": b"HTTP/1.1 1000 " + SENT + b"\r\nContent-Length: 2\r\n\r\n{}",
}


def gave_up(says: bytes, **settings: Any) -> tuple[str, Raw]:
    """The last words of a client of a server that says this, and what the server was asked."""

    async def run() -> tuple[str, Raw]:
        async with raw(says) as server:
            endpoint = Endpoint("m", server.base_url, "K", timeout=10, **{"max_retries": 0, **settings})
            async with Client(endpoint, {"K": KEY}, Naps(), Still()) as client:
                with pytest.raises(EndpointDown) as down:
                    await client.complete(MESSAGES, {})
        assert KEY[:8] not in "".join(traceback.format_exception(down.value))
        return str(down.value), server

    return asyncio.run(run())


def answered(handler: Handler, **settings: Any) -> Answer:
    async def run() -> Answer:
        async with fake(handler) as server:
            endpoint = Endpoint("m", server.base_url, "K", **{"max_retries": 0, **settings})
            async with Client(endpoint, {"K": KEY}, Naps(), Still()) as client:
                return await client.complete(MESSAGES, {})

    return asyncio.run(run())


def refused(handler: Handler, **settings: Any) -> str:
    with pytest.raises(EndpointDown) as down:
        answered(handler, **settings)
    return str(down.value)


# Below HTTP -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("says", LINES.values(), ids=LINES)
def test_what_is_no_http_is_the_endpoints_failure_is_tried_again_and_shows_no_key(says: bytes) -> None:
    said, server = gave_up(says, max_retries=1)
    assert "(2 attempts)" in said
    assert "cannot be reached" not in said
    assert server.asked


def test_half_an_answer_and_a_spoilt_one_are_said_to_be_that() -> None:
    said, _ = gave_up(http(b'{"choices": [', Content_Length="1000"))
    assert "the connection broke before the answer was whole: Not enough data" in said
    assert "base_url" not in said
    for body, status in ((b"x" * 50, "200 OK"), (b"x" * 50, "500 No")):
        said, _ = gave_up(http(body, status, Content_Encoding="gzip"))
        assert "its answer is compressed and cannot be unpacked: Error -3" in said
        assert "base_url" not in said


def test_nobody_follows_a_server_that_points_elsewhere_with_a_key_or_a_prompt() -> None:
    async def run(status: str) -> tuple[str, list[bytes]]:
        async with raw(http()) as other:
            async with raw(http(b"", status, Location=f"{other.base_url}/chat/completions")) as server:
                endpoint = Endpoint("m", server.base_url, headers={"X-Api-Key": "$K"})
                async with Client(endpoint, {"K": KEY}, Naps(), Still()) as client:
                    with pytest.raises(EndpointDown) as down:
                        await client.complete(MESSAGES, {})
                found = await look(endpoint, {"K": KEY})
            assert (found[0].name, found[0].state) == ("reachable", "bad")
            assert "write its new address in base_url" in found[0].advice
            return str(down.value), other.asked

    for status in ("301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"):
        said, asked = asyncio.run(run(status))
        assert "it points elsewhere: write its new address in base_url" in said
        assert asked == []


def test_a_status_that_points_nowhere_is_not_said_to_point_elsewhere() -> None:
    async def run() -> str:
        async with raw(http(b"", "304 Not Modified")) as server:
            client = RemoteClient(remote_endpoint({"url": server.base_url, "max_retries": 0}), {})
            with pytest.raises(EndpointDown) as down:
                await client.ask(b"{}")
            await client.aclose()
            return str(down.value)

    assert "HTTP 304 Not Modified" in asyncio.run(run())
    assert "elsewhere" not in asyncio.run(run())
    assert "elsewhere" not in gave_up(http(b"", "304 Not Modified"))[0]


# What is said of the key ----------------------------------------------------------------------------------------------

SPELT = {
    "with \\/": KEY.replace("/", "\\/"),
    "with \\u002B": KEY.replace("+", "\\u002B").replace("/", "\\u002f"),
    "in \\u alone": "".join(f"\\u{ord(c):04X}" for c in KEY),
    "in JSON in JSON": json.dumps(KEY.replace("/", "\\/"))[1:-1],
    "with an escaped escape": KEY.replace("+", "\\u005Cu002b"),
    "as bytes are shown": KEY.replace("+", "\\x2B"),
    "in a URL": KEY.replace("/", "%2f"),
    "in a URL in a URL": KEY.replace("/", "%252F"),
    "in HTML": KEY.replace("+", "&#43;").replace("/", "&#x2f;"),
    "in HTML in JSON": KEY.replace("+", "\\u0026#43;"),
    "in small letters": KEY.lower().replace("/", "\\/"),
}


@pytest.mark.parametrize("spelt", SPELT.values(), ids=SPELT)
def test_a_key_in_any_spelling_is_in_no_reply_and_no_error(spelt: str) -> None:
    said = f'{{"messages": [{{"to": "all", "text": "I was sent \\"{spelt}\\" by you"}}], "move": null}}'
    hidden = said.replace(spelt, "[hidden]")
    message = {"role": "assistant", "content": said, "reasoning": f"hm: {spelt}!"}
    heard = answered(answer({**COMPLETION, "choices": [{"index": 0, "message": message}]})).heard
    assert (heard.raw, heard.reasoning) == (hidden, "hm: [hidden]!")
    assert json.loads(heard.raw)["messages"][0]["text"] == 'I was sent "[hidden]" by you'
    assert "HTTP 400 Bad Request: you sent [hidden], no" in refused(error(400, f"you sent {spelt}, no"))


@pytest.mark.parametrize("place", range(KEPT - len(KEY) - 2, KEPT + 2))
def test_no_part_of_a_key_stays_where_a_giant_reply_is_cut(place: int) -> None:
    said = "." * place + KEY + " " * LARGEST
    message = {"role": "assistant", "content": said}
    raw_text = answered(answer({**COMPLETION, "choices": [{"index": 0, "message": message}]})).heard.raw
    assert raw_text.endswith("[endpoint: oversize]")
    assert not {KEY[:n] for n in range(3, len(KEY))} & {raw_text[place : place + n] for n in range(3, len(KEY))}


def test_no_part_of_a_key_stays_where_a_giant_answer_of_a_remote_agent_is_cut() -> None:
    async def run(place: int) -> str:
        async with raw(http(b"." * place + SENT + b" " * LARGEST)) as server:
            client = RemoteClient(remote_endpoint({"url": server.base_url, "api_key_env": "K"}), {"K": KEY})
            said, _ = await client.ask(b"{}")
            await client.aclose()
            return said

    for place in (KEPT - 3, KEPT - len(KEY) + 1):
        said = asyncio.run(run(place))
        assert KEY[:3] not in said
        assert "oversize" in said


@pytest.mark.parametrize("place", range(250, 310, 3))
def test_no_part_of_a_key_stays_where_an_error_is_cut(place: int) -> None:
    said = refused(error(400, "." * place + KEY + "." * 500))
    assert KEY[:3] not in said
    assert len(said) < 700


@pytest.mark.parametrize("status", [200, 400, 500, 301])
def test_the_list_of_models_shows_no_key(status: int) -> None:
    async def run() -> str:
        spelt = SPELT["with \\u002B"]
        said = {"error": {"message": f"you sent {KEY} {spelt}"}, "data": [{"id": KEY}, {"id": f"m-{spelt}"}]}
        async with fake(answer(said, status)) as server:
            return repr(await look(Endpoint("m", server.base_url, "K"), {"K": KEY}))

    found = asyncio.run(run())
    assert "[hidden]" in found
    assert KEY[:6] not in found


@pytest.mark.parametrize("says", [LINES["a header without a colon"], LINES["no HTTP at all"]])
def test_a_list_of_models_that_is_no_http_shows_no_key(says: bytes) -> None:
    async def run() -> str:
        async with raw(says) as server:
            return repr(await look(Endpoint("m", server.base_url, "K"), {"K": KEY}))

    found = asyncio.run(run())
    assert "bad" in found
    assert KEY[:6] not in found


# What is taken for true -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prompt", "cached", "expected"),
    [
        (100, 5000, (100, 100)),
        (100, -5, (100, 0)),
        (100, True, (100, 0)),
        (100, float("nan"), (100, 0)),
        (float("inf"), 7, (0, 0)),
        (10**400, 7, (0, 0)),
        (-3, 7, (0, 0)),
        (100, 10**30, (100, 0)),
    ],
)
def test_no_more_of_a_prompt_was_cached_than_there_was(prompt: Any, cached: Any, expected: tuple[int, int]) -> None:
    counts = {"prompt_tokens": prompt, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": cached}}
    usage = answered(answer({**COMPLETION, "usage": counts})).usage
    assert (usage.prompt, usage.cached, usage.output) == (*expected, 3)


@pytest.mark.parametrize("finish", [["length"], {"a": 1}, 3, True])
def test_a_reason_to_finish_that_is_no_word_says_nothing(finish: Any) -> None:
    choice = {**COMPLETION["choices"][0], "finish_reason": finish}
    assert answered(answer({**COMPLETION, "choices": [choice]})).heard == HEARD


# What takes long, or breaks whoever reads it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "filling", ["context length ", "1", "1,", "a ", "sk-", "\\", "*", "%25", "&amp;", "eyJaaaaaaaa-"]
)
def test_a_giant_error_is_read_at_once_and_shown_in_part(filling: str) -> None:
    said = refused(error(500, filling * (20_000_000 // len(filling))))
    assert "HTTP 500 Internal Server Error" in said
    assert len(said) < 700


@pytest.mark.parametrize(
    "after",
    ["Wed, 21 Oct 99999999999999999999 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:00 +99999999999999999", "9" * 400],
)
def test_a_moment_that_no_calendar_has_is_none(after: str) -> None:
    assert "HTTP 429" in refused(error(429, Retry_After=after))


def test_json_that_is_nested_too_deeply_breaks_nobody() -> None:
    async def run(says: bytes) -> str:
        async with raw(says) as server:
            return repr(await look(Endpoint("m", server.base_url), {}))

    deep = b"[" * 400_000
    assert "does not list its models" in asyncio.run(run(http(deep)))
    assert "HTTP 400" in asyncio.run(run(http(deep, "400 No")))
    assert "no chat completion" in gave_up(http(deep, Content_Type="application/json"))[0]
    nested: Any = {}
    for _ in range(900):
        nested = {"a": nested}
    call = {"id": "1", "type": "function", "function": {"name": "reply", "arguments": nested}}
    called = {"choices": [{"index": 0, "message": {"role": "assistant", "tool_calls": [call]}}]}
    assert answered(answer(called)).heard.raw.startswith('{"a": {"a": ')
    assert "HTTP 400" in refused(answer({"error": {"message": nested}}, 400))


# What to do -----------------------------------------------------------------------------------------------------------


def test_advice_names_what_can_be_done() -> None:
    assert "in place of text" not in refused(error(400), dialect="text")
    assert "check the parameters" in refused(error(400), dialect="text")
    assert "try dialect: text in place of tools" in refused(error(400), dialect="tools")
    assert "no credit left" in refused(error(402, "Insufficient balance"))
    for status, advice in ((529, "the server is failing"), (599, "the server is failing"), (999, "check base_url")):
        said, _ = gave_up(http(b"no", f"{status} What"))
        assert f"HTTP {status}" in said
        assert advice in said


def test_a_debug_log_shows_no_key(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="arena")
    gave_up(LINES["a header without a colon"])
    gave_up(http(SENT, "500 No", X_Request_Id=KEY))
    assert KEY not in caplog.text
