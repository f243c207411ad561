"""The responses API: what a request to it holds, and what its answers say."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from arena.agents.model import ModelAgent
from arena.core.events import Body, Fault
from arena.core.usage import Usage
from arena.core.view import Reply
from arena.core.wire import schema
from arena.errors import EndpointDown
from arena.models.client import Client
from arena.models.endpoint import Endpoint
from arena.models.heard import Heard, NotACompletion
from arena.models.hearing import hear
from arena.scenarios.bargain.terms import WalkAway
from tests.agents.test_model import ASKS, Plain, view_of
from tests.models.bargain_asks import FACTS, MOVES, SEATS
from tests.models.fake_endpoint import Asked, answer, fake

LEAVE = '{"move": {"kind": "walk_away"}}'
LEFT: Body[Any, Any] = Body(move=WalkAway())
MESSAGE = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": LEAVE}]}
CALL = {"type": "function_call", "call_id": "c", "name": "reply", "arguments": LEAVE}
USAGE = {
    "input_tokens": 120,
    "input_tokens_details": {"cached_tokens": 64},
    "output_tokens": 30,
    "output_tokens_details": {"reasoning_tokens": 12},
}


def response(*output: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"object": "response", "status": "completed", "output": list(output), "usage": USAGE, **more}


def thought(*summary: str, content: str | None = None) -> dict[str, Any]:
    shown = [{"type": "reasoning_text", "text": content}] if content else None
    return {"type": "reasoning", "summary": [{"type": "summary_text", "text": t} for t in summary], "content": shown}


def played(body: object, **settings: Any) -> tuple[Reply, Asked]:
    """What a seat makes of this answer, and what the server was asked."""

    async def run() -> tuple[Reply, Asked]:
        async with fake(answer(body)) as served:
            endpoint = Endpoint("m", served.base_url, api="responses", **settings)
            async with Client(endpoint, {}) as client:
                reply = await ModelAgent(client, Plain(), MOVES, FACTS).reply(view_of(ASKS[0]), ASKS[0])
        return reply, served.asked[0]

    return asyncio.run(run())


def test_a_request_holds_the_whole_conversation_and_nothing_that_was_not_set() -> None:
    reply, asked = played(response(MESSAGE))
    assert asked.path == "/v1/responses"
    (message,) = Plain().messages(view_of(ASKS[0]), ASKS[0])
    assert asked.body == {"model": "m", "input": [{"role": "user", "content": message.content}]}
    assert (reply.body, reply.fault, reply.usage) == (LEFT, None, Usage(120, 64, 30, 12))


def test_each_dialect_has_its_place() -> None:
    stable = json.loads(json.dumps(schema(ASKS[0], SEATS, exact=False)))
    form = {"type": "json_schema", "name": "reply", "strict": True, "schema": stable}
    assert played(response(MESSAGE), dialect="json_schema")[1].body["text"] == {"format": form}
    assert played(response(MESSAGE), dialect="json_object")[1].body["text"] == {"format": {"type": "json_object"}}
    body = played(response(CALL), dialect="tools")[1].body
    assert body["tools"] == [{"type": "function", "name": "reply", "strict": True, "parameters": stable}]
    assert body["tool_choice"] == {"type": "function", "name": "reply"}


def test_what_the_user_adds_to_a_part_of_the_request_stands_beside_what_the_dialect_says() -> None:
    _, asked = played(
        response(MESSAGE),
        dialect="json_object",
        max_output_tokens=800,
        token_param="max_output_tokens",
        extra_body={"text": {"verbosity": "low"}, "reasoning": {"effort": "low"}},
    )
    assert asked.body["text"] == {"format": {"type": "json_object"}, "verbosity": "low"}
    assert (asked.body["max_output_tokens"], asked.body["reasoning"]) == (800, {"effort": "low"})


@pytest.mark.parametrize(
    ("output", "heard"),
    [
        ([MESSAGE], Heard(LEAVE)),
        ([thought(), MESSAGE], Heard(LEAVE)),
        ([thought("Cold", "feet."), MESSAGE], Heard(LEAVE, "Cold\nfeet.")),
        ([thought(content="Cold feet."), MESSAGE], Heard(LEAVE, "Cold feet.")),
        ([MESSAGE, {"type": "web_search_call", "id": "w"}], Heard(LEAVE)),
        ([CALL], Heard(LEAVE)),
        ([{**CALL, "arguments": json.loads(LEAVE)}], Heard(LEAVE)),
        ([MESSAGE, CALL], Heard(LEAVE, LEAVE)),
        (
            [{**MESSAGE, "content": [{"type": "output_text", "text": f"<think>Hm.</think>{LEAVE}"}]}],
            Heard(LEAVE, "Hm."),
        ),
    ],
)
def test_the_answer_is_the_call_or_the_text_and_reasoning_is_kept_apart(output: list[Any], heard: Heard) -> None:
    assert hear(response(*output)) == heard
    assert played(response(*output))[0].body == LEFT


@pytest.mark.parametrize(
    ("body", "code", "raw"),
    [
        (response(status="incomplete", incomplete_details={"reason": "max_output_tokens"}), "only_reasoning", ""),
        (
            response(MESSAGE, status="incomplete", incomplete_details={"reason": "max_output_tokens"}),
            "truncated",
            LEAVE,
        ),
        (response(MESSAGE, status="incomplete", incomplete_details={"reason": "content_filter"}), "refused", LEAVE),
        (response({**MESSAGE, "content": [{"type": "refusal", "refusal": "I cannot."}]}), "refused", "I cannot."),
        (response(thought("Hm."), usage=None), "only_reasoning", ""),
        (response(CALL, {**CALL, "arguments": '{"move": null}'}), "several", f'{LEAVE}\n{{"move": null}}'),
        (response({**CALL, "name": "walk_away"}), "unknown_tool", LEAVE),
        (response(usage=None), "empty", ""),
        (response({"type": "message", "content": "x"}, "odd", usage=None), "empty", ""),  # type: ignore[arg-type]
    ],
)
def test_an_answer_that_will_not_do_is_a_fault_of_its_name(body: dict[str, Any], code: str, raw: str) -> None:
    reply, _ = played(body)
    assert isinstance(reply.fault, Fault)
    assert reply.fault.code == code
    assert reply.raw.partition("\n[endpoint: ")[0].removeprefix("[endpoint: reasoning]") == raw


@pytest.mark.parametrize("status", ["failed", "cancelled", "queued", "in_progress"])
def test_an_answer_that_was_not_finished_is_the_endpoints_failure(status: str) -> None:
    with pytest.raises(NotACompletion, match=f"'{status}'"):
        hear(response(MESSAGE, status=status))
    failed = response(status=status, error={"code": "server_error", "message": "the model crashed"})
    with pytest.raises(EndpointDown, match="the model crashed"):
        played(failed, max_retries=0)


def test_auto_finds_out_what_the_responses_api_keeps_to() -> None:
    whole = json.dumps({"messages": [], "claims": [], "move": {"kind": "walk_away"}, "notes": None})
    reply, asked = played(response({**MESSAGE, "content": [{"type": "output_text", "text": whole}]}), dialect="auto")
    assert reply.usage is not None
    assert (reply.usage.dialect, reply.usage.attempts) == ("json_schema", 2)
    assert asked.body["text"]["format"]["type"] == "json_schema"
    assert "Say hello" in asked.body["input"][0]["content"]
