"""The Responses API: the same requests in other words, and the same answers in another form."""

import asyncio
import json
from itertools import pairwise
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI
from openai.types.responses import Response

from arena.mock.api_error import ApiError
from arena.mock.chat_request import read_chat_request
from arena.mock.request import Request
from arena.mock.responses_request import read_responses_request
from tests.mock.asking import local, post, stats

SCHEMA = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "move": {"enum": ["accept", "reject"]}},
    "required": ["text", "move"],
    "additionalProperties": False,
}
FENCED = f"Your turn.\n```schema\n{json.dumps(SCHEMA)}\n```"
TOOL = {"type": "function", "name": "reply", "parameters": SCHEMA, "strict": True}
FORMS: dict[str, dict[str, Any]] = {
    "text": {"input": FENCED},
    "json_object": {"input": FENCED, "text": {"format": {"type": "json_object"}}},
    "json_schema": {"text": {"format": {"type": "json_schema", "name": "reply", "schema": SCHEMA, "strict": True}}},
    "tools": {"tools": [TOOL], "tool_choice": {"type": "function", "name": "reply"}},
    "allowed": {"tools": [TOOL], "tool_choice": {"type": "allowed_tools", "mode": "auto", "tools": [TOOL]}},
}


def read(**fields: Any) -> Request:
    return read_responses_request(json.dumps({"model": "mock", "input": "Hello", **fields}).encode())


def respond(url: str, **fields: Any) -> Response:
    """The response to the official client, validated strictly against the client's own types."""

    async def session() -> Response:
        async with AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as client:
            told = await client.responses.create(**{"model": "mock", "input": "Hello", **fields})
            return Response.model_validate(told.model_dump(), strict=True)

    return asyncio.run(session())


def spoken(form: str, response: Response) -> Any:
    if form in ("tools", "allowed"):
        (item,) = response.output
        assert item.type == "function_call"
        assert item.name == "reply"
        return json.loads(item.arguments)
    text = response.output_text
    return json.loads(text.split("```json\n")[1].removesuffix("\n```") if form == "text" else text)


@pytest.mark.parametrize("form", FORMS)
def test_the_official_client_gets_a_legal_answer_in_every_form(base_url: str, form: str) -> None:
    response = respond(base_url, **FORMS[form])
    assert (response.status, response.object, response.error) == ("completed", "response", None)
    reply = spoken(form, response)
    assert reply.keys() == {"text", "move"}
    assert reply["move"] in ("accept", "reject")


def test_input_may_be_a_text_messages_or_parts_beside_instructions() -> None:
    plain = read(input="Hello")
    listed = read(input=[{"role": "user", "content": "Hello"}])
    parts = read(input=[{"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Hello"}]}])
    assert {plain.last_user, listed.last_user, parts.last_user} == {("input[0]", "Hello")}
    told = read(instructions="You are Ann.", input=[{"role": "user", "content": "Hello"}])
    assert (told.first, told.last_user) == ("You are Ann.", ("input[0]", "Hello"))
    assert told.prompt.endswith(listed.prompt)
    assert read(input=[{"role": "developer", "content": "You are Bo."}, {"role": "user", "content": "?"}]).first == (
        "You are Bo."
    )


def test_what_an_earlier_response_put_out_may_stand_in_the_input() -> None:
    call = {"type": "function_call", "call_id": "c", "name": "reply", "arguments": "{}"}
    output = {"type": "function_call_output", "call_id": "c", "output": "ok"}
    thought = {"type": "reasoning", "id": "r", "summary": []}
    said = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Yes."}]}
    found = read(input=[{"role": "user", "content": "One"}, thought, call, output, said])
    assert found.last_user == ("input[0]", "One")
    assert all(word in found.prompt for word in ("function_call_output", "reasoning", "Yes."))


def test_a_longer_conversation_begins_with_the_very_prompt_of_the_shorter() -> None:
    items = [{"role": "user", "content": str(i)} for i in range(4)]
    prompts = [read(instructions="Go.", input=items[: n + 1]).prompt for n in range(4)]
    assert all(after.startswith(before) for before, after in pairwise(prompts))


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"input": None}, "input"),
        ({"input": []}, "input"),
        ({"input": [3]}, "input[0]"),
        ({"input": [{"role": "boss", "content": "x"}]}, "input[0].role"),
        ({"input": [{"role": "user", "content": 3}]}, "input[0].content"),
        ({"input": [{"role": "user", "content": ["x"]}]}, "input[0].content[0]"),
        ({"instructions": 3}, "instructions"),
        ({"stream": True}, "stream"),
        ({"previous_response_id": "resp_1"}, "previous_response_id"),
        ({"conversation": "c"}, "conversation"),
        ({"background": True}, "background"),
        ({"max_output_tokens": 0}, "max_output_tokens"),
        ({"text": {"format": {"type": "json_schema", "name": "x"}}}, "text.format.schema"),
        ({"text": {"format": {"type": "xml"}}}, "text.format"),
        ({"tools": [{"type": "function", "parameters": {}}]}, "tools[0].name"),
        ({"tools": [TOOL], "tool_choice": {"type": "function", "name": "other"}}, "tool_choice"),
    ],
)
def test_what_it_cannot_serve_is_refused_by_its_parameter(fields: dict[str, Any], param: str) -> None:
    with pytest.raises(ApiError) as refused:
        read(**fields)
    assert (refused.value.status, refused.value.param) == (400, param)


def test_a_schema_that_cannot_be_honoured_is_named_where_it_stands(base_url: str) -> None:
    wrong = {"type": "string", "pattern": "a"}
    for fields, param in (
        ({"text": {"format": {"type": "json_schema", "name": "x", "schema": wrong}}}, "text.format.schema"),
        ({"tools": [{"type": "function", "name": "reply", "parameters": wrong}]}, "tools[0].parameters"),
    ):
        with pytest.raises(openai.BadRequestError) as refused:
            respond(base_url, **fields)
        assert refused.value.param == param


def test_tokens_are_counted_under_its_own_names_and_prefixes_are_cached() -> None:
    with local() as url:
        spent = [respond(url, input="x" * n).usage for n in (4000, 8000)]
    assert all(usage is not None for usage in spent)
    assert [usage.input_tokens_details.cached_tokens for usage in spent if usage] == [0, 896]
    assert all(usage.total_tokens == usage.input_tokens + usage.output_tokens for usage in spent if usage)


def test_thoughts_are_an_item_of_their_own() -> None:
    with local(reasoning="think") as url:
        response = respond(url)
    thought, said = response.output
    assert (thought.type, said.type) == ("reasoning", "message")
    assert "<think>" not in response.output_text
    assert response.usage is not None
    assert 0 < response.usage.output_tokens_details.reasoning_tokens < response.usage.output_tokens


@pytest.mark.parametrize(
    ("name", "status", "reason", "kinds"),
    [
        ("truncated", "incomplete", "max_output_tokens", ["message"]),
        ("content-filter", "incomplete", "content_filter", []),
        ("thought-only", "completed", None, ["reasoning"]),
        ("refusal", "completed", None, ["message"]),
        ("empty", "completed", None, ["message"]),
    ],
)
def test_faults_of_the_answer_have_a_form_of_its_own(
    name: str, status: str, reason: str | None, kinds: list[str]
) -> None:
    with local(f"{name}=1") as url:
        response = respond(url)
        assert stats(url)["by_kind"] == {name: 1}
    assert response.status == status
    assert (response.incomplete_details.reason if response.incomplete_details else None) == reason
    assert [item.type for item in response.output] == kinds
    if name == "refusal":
        assert response.output[0].content[0].type == "refusal"  # type: ignore[union-attr]


def test_the_same_body_is_another_request_by_the_other_api(base_url: str) -> None:
    both = json.dumps({"model": "mock", "input": "x", "messages": [{"role": "user", "content": "x"}]}).encode()
    assert read_chat_request(both).digest != read_responses_request(both).digest
    assert post(base_url, path="/responses", input="x").status_code == 200
