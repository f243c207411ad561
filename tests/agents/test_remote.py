"""The client of a remote agent over real HTTP, against a server that answers as it is told."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from typing import Any

import pytest
from aiohttp import web

from arena.agents.remote import RemoteAgent
from arena.core.events import Body
from arena.core.usage import Usage
from arena.core.view import Reply
from arena.errors import EndpointDown, UsageError
from arena.models.dialects import parse_raw
from arena.models.heard import KEPT, LARGEST
from arena.models.remote import CUT, RemoteClient, remote_endpoint
from arena.moderators.meeting import Meeting
from arena.scenarios.bargain.terms import Fact, Move
from tests.models.fake_endpoint import Fake, Handler, answer, fake
from tests.prompting.talks import busily, game

BODY = b'{"match":"m","ask":{}}'


def text(said: str | bytes, status: int = 200, **headers: str) -> Handler:
    """A handler that answers with these bytes."""

    async def handle(request: web.Request) -> web.Response:
        body = said.encode() if isinstance(said, str) else said
        return web.Response(body=body, status=status, headers={n.replace("_", "-"): v for n, v in headers.items()})

    return handle


async def never(request: web.Request) -> web.Response:
    await asyncio.sleep(3600)
    return web.Response()


async def gone(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


def asked(
    *answers: Handler, times: int = 1, environ: Any = None, **settings: Any
) -> tuple[Fake, list[Any], list[float]]:
    """What the server got, what the client gave (or the words it gave up with), and how long it waited in between."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def run() -> tuple[Fake, list[Any]]:
        async with fake(*answers) as server:
            endpoint = remote_endpoint({"url": f"{server.base_url}/agent", "max_retries": 2, **settings})
            client = RemoteClient(endpoint, environ or {}, sleep)
            found: list[Any] = []
            try:
                for _ in range(times):
                    found.append(await client.ask(BODY, "m"))
            except EndpointDown as e:
                found.append(str(e).replace(server.base_url, "BASE"))
            finally:
                await client.aclose()
            return server, found

    server, found = asyncio.run(run())
    return server, found, waits


def test_one_post_carries_the_body_and_its_answer_is_the_text() -> None:
    server, found, _ = asked(text('{"move": null}'))
    assert found == [('{"move": null}', 1)]
    (one,) = server.asked
    assert (one.path, one.body) == ("/v1/agent", json.loads(BODY))
    assert one.headers["content-type"] == one.headers["accept"] == "application/json"
    assert "authorization" not in one.headers


def test_a_key_and_headers_are_named_by_their_variables() -> None:
    settings = {"api_key_env": "MY_KEY", "headers": {"X-Team": "$TEAM", "X-Plain": "yes"}}
    server, _, _ = asked(text("{}"), environ={"MY_KEY": "k-123456", "TEAM": "red-team-token"}, **settings)
    headers = server.asked[0].headers
    assert headers["authorization"] == "Bearer k-123456"
    assert (headers["x-team"], headers["x-plain"]) == ("red-team-token", "yes")
    with pytest.raises(UsageError, match="needs the variable MY_KEY"):
        RemoteClient(remote_endpoint({"url": "http://x/", **settings}), {})


def test_connections_are_kept_and_cookies_are_not() -> None:
    server, found, _ = asked(text("{}", Set_Cookie="seat=0; Path=/"), times=3)
    assert len(found) == 3
    assert len({each.connection for each in server.asked}) == 1
    assert not [each for each in server.asked if "cookie" in each.headers]


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
def test_what_may_pass_is_tried_again_as_long_as_the_budget_lasts(status: int) -> None:
    server, found, waits = asked(text("busy", status), text("busy", status), text("{}"))
    assert found == [("{}", 3)]
    assert len(waits) == 2
    server, found, _ = asked(text("busy", status))
    assert len(server.asked) == 3
    assert f"BASE/agent: HTTP {status}" in found[0]
    assert found[0].endswith("(3 attempts); the agent's server is busy or failing: try again later")


def test_a_server_that_asks_for_time_gets_it() -> None:
    _, found, waits = asked(text("", 429, Retry_After="7"), text("{}"))
    assert found == [("{}", 2)]
    assert 7 <= waits[0] <= 7 * 1.25


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (302, "write its new address as url"),
        (400, "the agent does not take this request"),
        (401, "the server wants a key: set api_key_env"),
        (404, "nothing answers a POST there: check url"),
        (405, "nothing answers a POST there: check url"),
        (422, "the agent does not take this request"),
    ],
)
def test_anything_else_gives_up_at_once_and_says_what_to_do(status: int, says: str) -> None:
    server, found, waits = asked(text("no", status, Location="/elsewhere"))
    assert (len(server.asked), waits) == (1, [])
    assert says in found[0]
    assert "attempts" not in found[0]


def test_no_answer_in_time_a_reset_and_a_body_that_breaks_off_are_tried_again() -> None:
    server, found, _ = asked(never, text("{}"), timeout=1)
    assert (found, len(server.asked)) == ([("{}", 2)], 2)
    _, found, _ = asked(never, timeout=0.1)
    assert "no answer within 0.1 s (3 attempts); raise timeout" in found[0]
    server, found, _ = asked(gone)
    assert "the connection broke before the answer was whole" in found[0]
    assert len(server.asked) >= 3


def test_an_address_where_nobody_listens_says_so() -> None:
    async def run() -> None:
        client = RemoteClient(remote_endpoint({"url": "http://127.0.0.1:9/", "max_retries": 0}), {})
        try:
            await client.ask(BODY)
        finally:
            await client.aclose()

    with pytest.raises(
        EndpointDown, match=r"the remote agent at http://127.0.0.1:9/: cannot be reached: .+; check url"
    ):
        asyncio.run(run())


def test_of_a_giant_reply_only_the_beginning_is_kept_and_it_is_the_agents_fault() -> None:
    _, found, _ = asked(text("word " * LARGEST))
    raw, attempts = found[0]
    assert (len(raw), attempts) == (KEPT + len(CUT), 1)
    _, ask = busily(game(), Meeting(), 1)[-1]
    read = parse_raw(raw, ask, ("A", "B", "C"), Move, Fact)
    assert not isinstance(read, Body)
    assert read.code == "oversize"


def test_bytes_that_are_no_utf8_can_be_recorded() -> None:
    _, found, _ = asked(text(b'{"notes": "\xff\xfe"}'))
    assert found[0][0].encode()


def test_no_key_is_in_the_last_words() -> None:
    key = "very-secret-0123456789"
    _, found, _ = asked(text(f"wrong key {key}", 400), environ={"K": key}, api_key_env="K")
    assert key not in found[0]
    assert "[hidden]" in found[0]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"url": "ftp://x/"}, "url is ftp://x/; expected http://HOST/PATH or https"),
        ({"url": "http://me:secret@x/"}, "no user or password in it"),
        ({"url": "http://x/", "timeout": 0}, "timeout is 0; expected seconds above 0"),
    ],
)
def test_settings_that_cannot_be_say_what_may(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        remote_endpoint(settings)
    assert "secret" not in str(refused.value)


def reply(*answers: Handler) -> Reply:
    """What a remote agent makes of these answers to one ask."""

    async def run() -> Reply:
        async with fake(*answers) as server:
            client = RemoteClient(remote_endpoint({"url": server.base_url, "max_retries": 1}), {}, _at_once)
            try:
                agent = RemoteAgent(client, "the-id", lambda raw, ask, seats: parse_raw(raw, ask, seats, Move, Fact))
                return await agent.reply(*busily(game(), Meeting(), 1)[-1])
            finally:
                await client.aclose()

    return asyncio.run(run())


async def _at_once(seconds: float) -> None:
    return


def test_an_answer_becomes_a_reply_with_its_text_its_hash_and_its_attempts() -> None:
    found = reply(text("no", 503), answer({"messages": [{"to": "all", "text": "Hello."}], "move": None}))
    assert found.body is not None
    assert found.body.messages[0].text == "Hello."
    assert json.loads(found.raw)["move"] is None
    assert (found.usage, found.fault) == (Usage(attempts=2), None)
    assert found.prompt is not None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "empty"),
        ("no", "no_object"),
        ('{"move": ', "not_json"),
        ("[]", "not_object"),
        ('{"thoughts": 1}', "unknown_key"),
    ],
)
def test_a_malformed_answer_is_a_fault_and_asked_for_once(said: str, code: str) -> None:
    found = reply(text(said))
    assert found.fault is not None
    assert (found.raw, found.fault.code) == (said, code)
    assert found.usage == Usage(attempts=1)


def test_the_agent_is_loaded_without_a_client() -> None:
    script = (
        "import sys, arena.agents.remote, arena.models.remote, arena.runs.seating;"
        "print([m for m in ('httpx', 'openai', 'tenacity', 'aiohttp') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
