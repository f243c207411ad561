import json
import re
from typing import Any

import pytest
from openai.types.chat import ChatCompletion

from arena.mock.api_error import ApiError
from arena.mock.chat_request import read_chat_request
from arena.mock.completion import complete
from arena.mock.usage import tokens

SCHEMA = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "price": {"type": "integer", "minimum": 1, "maximum": 9}},
    "required": ["text", "price"],
    "additionalProperties": False,
}
FENCED = f"Your turn.\n```schema\n{json.dumps(SCHEMA)}\n```"
TOOLS = [{"type": "function", "function": {"name": "reply", "parameters": SCHEMA}}]
FORMAT = {"type": "json_schema", "json_schema": {"name": "reply", "schema": SCHEMA}}


def answered(content: str = "Hello", *, at_seed: int = 0, **more: Any) -> ChatCompletion:
    body = {"model": "mock", "messages": [{"role": "user", "content": content}], **more}
    return ChatCompletion.model_validate(complete(read_chat_request(json.dumps(body).encode()), at_seed), strict=True)


def legal(spelt: str | None) -> bool:
    value = json.loads(spelt or "")
    return value.keys() == {"text", "price"} and 1 <= value["price"] <= 9 and isinstance(value["text"], str)


def test_tools_are_answered_with_a_call() -> None:
    choice = answered(tools=TOOLS).choices[0]
    assert (choice.finish_reason, choice.message.content) == ("tool_calls", None)
    assert choice.message.tool_calls is not None
    (call,) = choice.message.tool_calls
    assert call.type == "function"
    assert call.function.name == "reply"
    assert legal(call.function.arguments)


def test_a_json_schema_is_answered_with_bare_json() -> None:
    choice = answered(response_format=FORMAT).choices[0]
    assert (choice.finish_reason, choice.message.tool_calls) == ("stop", None)
    assert legal(choice.message.content)


def test_a_schema_in_the_text_is_answered_with_a_sentence_and_a_fenced_block() -> None:
    content = answered(FENCED).choices[0].message.content or ""
    spoken = re.fullmatch(r"([A-Z][^`{}]+\.)\n\n```json\n(.+)\n```", content)
    assert spoken is not None
    assert legal(spoken[2])


def test_without_a_schema_the_answer_is_a_plain_sentence_or_the_object_asked_for() -> None:
    assert re.fullmatch(r"[A-Z][^`{}]+[.?]", answered().choices[0].message.content or "")
    asked_for = answered(response_format={"type": "json_object"}).choices[0].message.content or ""
    assert json.loads(asked_for).keys() == {"text"}


def test_the_same_request_and_seed_give_the_same_answer() -> None:
    assert answered(FENCED, at_seed=3) == answered(FENCED, at_seed=3)


def test_the_order_of_keys_in_the_request_changes_nothing() -> None:
    one = {"type": "json_schema", "json_schema": {"schema": {"enum": [{"a": 1, "b": 2}], "title": "t"}}}
    other = {"json_schema": {"schema": {"title": "t", "enum": [{"b": 2, "a": 1}]}}, "type": "json_schema"}
    assert answered(response_format=one) == answered(response_format=other)


def test_the_seed_and_every_part_of_the_request_change_the_answer() -> None:
    answers = [answered(FENCED, at_seed=s) for s in range(5)] + [answered(FENCED, seed=s) for s in range(5)]
    assert len({a.id for a in answers}) == 10
    assert len({a.choices[0].message.content for a in answers}) > 5


def test_usage_is_estimated_at_four_characters_a_token() -> None:
    assert [tokens(t) for t in ("", "a", "abcd", "abcde")] == [0, 1, 1, 2]
    spent = answered("x" * 4000, response_format=FORMAT).usage
    assert spent is not None
    assert 1000 < spent.prompt_tokens < 1100
    assert spent.total_tokens == spent.prompt_tokens + spent.completion_tokens
    content = answered("x" * 4000, response_format=FORMAT).choices[0].message.content or ""
    assert spent.completion_tokens == tokens(content)


def test_tools_and_formats_are_part_of_the_prompt() -> None:
    plain, formatted, tooled = (answered(**more).usage for more in ({}, {"response_format": FORMAT}, {"tools": TOOLS}))
    assert plain is not None
    for longer in (formatted, tooled):
        assert longer is not None
        assert longer.prompt_tokens > plain.prompt_tokens + tokens(json.dumps(SCHEMA)) * 0.8


def test_the_words_of_a_tool_call_are_paid_for() -> None:
    choice = answered(tools=TOOLS)
    assert choice.usage is not None
    assert choice.usage.completion_tokens > 5


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"content": '```schema\n{"pattern": "a"}\n```'}, "messages[0]"),
        (
            {"response_format": {"type": "json_schema", "json_schema": {"schema": {"pattern": "a"}}}},
            "response_format.json_schema.schema",
        ),
        (
            {"tools": [*TOOLS, {"type": "function", "function": {"name": "x", "parameters": {"pattern": "a"}}}]},
            "tools[1].function.parameters",
        ),
    ],
)
def test_a_schema_that_cannot_be_honoured_is_refused_naming_keyword_and_parameter(
    fields: dict[str, Any], param: str
) -> None:
    with pytest.raises(ApiError, match="'pattern'") as refused:
        answered(**fields)
    assert (refused.value.status, refused.value.param, refused.value.code) == (400, param, "invalid_schema")


def test_a_schema_that_nothing_satisfies_is_refused() -> None:
    with pytest.raises(ApiError, match="minItems 2 is above maxItems 1"):
        answered('```schema\n{"type": "array", "minItems": 2, "maxItems": 1}\n```')


def test_half_a_surrogate_pair_is_answered_like_any_other_text() -> None:
    body = b'{"model": "mock", "messages": [{"role": "user", "content": "\\ud800"}]}'
    assert complete(read_chat_request(body), 0)["object"] == "chat.completion"
