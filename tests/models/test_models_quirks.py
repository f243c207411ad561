"""Servers with quirks: what the error says to set, and that the server then answers."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from arena.errors import EndpointDown
from arena.models.client import Client
from arena.models.endpoint import Endpoint
from arena.models.quirks import quirk
from arena.models.roles import Sent, arrange
from tests.models.fake_endpoint import REPLY, Handler, fake
from tests.models.quirky import JINJA, MAX_COMPLETION_TOKENS, MAX_TOKENS, TEMPERATURE, picky, templated

TALK = (Sent("system", "You are Ann."), Sent("user", "Your turn."), Sent("user", "Now."))


def asked(server: Handler, **settings: Any) -> tuple[str, int]:
    """What comes of a question, or what the error says; and how often the server was asked."""

    async def run() -> tuple[str, int]:
        async with fake(server) as served:
            endpoint = Endpoint("m", served.base_url, **settings)
            async with Client(endpoint, {}) as client:
                try:
                    answer = await client.complete(arrange(TALK, endpoint.roles), {})
                except EndpointDown as e:
                    return str(e), len(served.asked)
                return answer.heard.raw, len(served.asked)

    return asyncio.run(run())


NO_SYSTEM, ALTERNATE = (
    "System role not supported",
    "Conversation roles must alternate user/assistant/user/assistant/...",
)
GOT_SYSTEM = "Only user, assistant and tool roles are supported, got system."
LIMIT = {"max_output_tokens": 800}


@pytest.mark.parametrize(
    ("server", "before", "advice", "after"),
    [
        (picky("temperature", TEMPERATURE), {"temperature": 0.3}, "leave temperature out", {}),
        (picky("top_p", "top_p is not allowed here", 422), {"top_p": 0.5}, "leave top_p out", {}),
        (
            picky("max_tokens", MAX_TOKENS),
            LIMIT,
            "set token_param: max_completion_tokens",
            {**LIMIT, "token_param": "max_completion_tokens"},
        ),
        (
            picky("max_completion_tokens", MAX_COMPLETION_TOKENS, 422),
            {**LIMIT, "token_param": "max_completion_tokens"},
            "set token_param: max_tokens",
            {**LIMIT, "token_param": "max_tokens"},
        ),
        (
            picky("reasoning_effort", "Unrecognized request argument supplied: reasoning_effort"),
            {"extra_body": {"reasoning_effort": "low"}},
            "correct reasoning_effort in extra_body",
            {},
        ),
        (templated(NO_SYSTEM, 400, system=False), {}, "set roles: merged", {"roles": "merged"}),
        (templated(GOT_SYSTEM, 500, system=False), {}, "set roles: merged", {"roles": "merged"}),
        (templated(ALTERNATE, 400), {"roles": "system-first"}, "set roles: strict", {"roles": "strict"}),
        (templated(JINJA, 500), {"roles": "system-first"}, "set roles: strict", {"roles": "strict"}),
        (templated(ALTERNATE, 400, system=False), {}, "set roles: merged", {"roles": "merged"}),
    ],
)
def test_a_server_that_refuses_a_request_is_asked_once_and_then_as_the_error_says(
    server: Handler, before: dict[str, Any], advice: str, after: dict[str, Any]
) -> None:
    said, times = asked(server, **before)
    assert advice in said
    assert times == 1
    assert asked(server, **after) == (REPLY, 1)


def advice(said: str, status: int = 400, **settings: Any) -> str | None:
    return quirk(Endpoint("m", "http://h/v1", **settings), status, said)


def test_a_limit_that_is_too_high_is_no_limit_of_another_name() -> None:
    said = "max_tokens is too large: 800. This model supports at most 512 completion tokens"
    assert advice(said, max_output_tokens=800) == "lower max_output_tokens, which is 800"


def test_only_what_was_set_is_blamed() -> None:
    assert advice(TEMPERATURE) is None
    assert advice(MAX_TOKENS) is None
    assert advice("response_format is not supported") is None
    assert advice("the mytemperatures are high", temperature=1.0) is None


@pytest.mark.parametrize(
    ("said", "dialect", "told"),
    [
        ("'response_format' of type json_schema is not supported", "json_schema", True),
        ("No endpoints found that support tool use.", "tools", True),
        ("Failed to initialize samplers: failed to parse grammar", "json_schema", True),
        ("This model does not support function calling", "tools", True),
        ("The prompt was empty", "json_schema", False),
    ],
)
def test_a_form_that_is_not_taken_is_named(said: str, dialect: str, told: bool) -> None:
    found = advice(said, dialect=dialect)
    assert found == (f"the server does not take dialect: {dialect}: set dialect: auto, or text, which works everywhere"
                     if told else None)  # fmt: skip


def test_a_server_that_wants_the_system_first_is_given_it_first() -> None:
    assert advice("System message must be at the beginning.") == (
        "the model wants one system message, first: set roles: system-first"
    )
    assert "set roles: merged" in str(advice("System message must be at the beginning.", roles="system-first"))


def test_a_failure_that_passes_is_not_taken_for_a_refusal() -> None:
    assert advice("temperature of the rack is too high", 503, temperature=1.0) is None
    assert advice("Internal error", 500) is None
