import json
from typing import Any

import pytest

from arena.mock.api_error import ApiError
from arena.mock.asked import Asked, read_asked
from arena.mock.chat_request import read_chat_request

STATED = {"const": "stated"}
FORMAT = {"type": "json_schema", "json_schema": {"name": "reply", "schema": {"const": "format"}}}
TOOLS = [
    {"type": "function", "function": {"name": "reply", "parameters": {"const": "reply"}}},
    {"type": "function", "function": {"name": "walk"}},
]


def fenced(schema: Any, indent: int | None = None) -> str:
    return f"Your turn.\n```schema\n{json.dumps(schema, indent=indent)}\n```\nGo."


def asked(*contents: Any, **more: Any) -> Asked:
    messages = [{"role": "user", "content": c} for c in contents]
    return read_asked(read_chat_request(json.dumps({"model": "mock", "messages": messages, **more}).encode()))


def schemas(found: Asked) -> list[Any]:
    return [option.schema for option in found.options]


def refusal(*contents: Any, **more: Any) -> ApiError:
    with pytest.raises(ApiError) as refused:
        asked(*contents, **more)
    assert refused.value.status == 400
    return refused.value


def test_without_a_schema_there_is_nothing_to_choose_from() -> None:
    assert asked("Hello") == Asked("text", ())
    assert asked("Hello", response_format={"type": "text"}) == Asked("text", ())
    assert asked("Hello", response_format={"type": "json_object"}) == Asked("json", ())


def test_the_block_in_the_last_user_message_wins_over_everything() -> None:
    assert schemas(asked(fenced(STATED))) == [STATED]
    assert schemas(asked(fenced(STATED), response_format=FORMAT)) == [STATED]
    found = asked(fenced(STATED), response_format=FORMAT, tools=TOOLS)
    assert schemas(found) == [STATED, STATED]
    assert [o.tool for o in found.options] == ["reply", "walk"]
    assert {o.param for o in found.options} == {"messages[0]"}


def test_a_block_in_an_earlier_message_is_past() -> None:
    assert asked(fenced(STATED), "And now?").options == ()
    assert schemas(asked(fenced(STATED), "And now?", response_format=FORMAT)) == [{"const": "format"}]


def test_the_last_user_message_counts_though_others_follow_it() -> None:
    messages = [{"role": "user", "content": fenced(STATED)}, {"role": "assistant", "content": "Hm."}]
    request = read_chat_request(json.dumps({"model": "mock", "messages": messages}).encode())
    assert schemas(read_asked(request)) == [STATED]


def test_the_last_block_of_a_message_is_the_one_that_is_meant() -> None:
    assert schemas(asked(fenced({"const": "quoted"}) + "\n" + fenced(STATED))) == [STATED]
    assert schemas(asked("They wrote:\n```schema\nnonsense\n" + fenced(STATED))) == [STATED]


def test_a_block_may_take_several_lines_and_any_line_ends() -> None:
    assert schemas(asked(fenced({"const": "a", "title": "b"}, indent=2))) == [{"const": "a", "title": "b"}]
    assert schemas(asked(fenced(STATED).replace("\n", "\r\n"))) == [STATED]


def test_other_fences_and_words_in_a_line_are_not_the_block() -> None:
    assert asked("```json\n{}\n```").options == ()
    assert asked("a ```schema in a line").options == ()
    assert asked("```schemata\n{}\n```").options == ()


def test_content_may_come_in_parts() -> None:
    parts = [{"type": "text", "text": "Look."}, {"type": "image_url", "image_url": {"url": "data:,"}}]
    assert schemas(asked([*parts, {"type": "text", "text": fenced(STATED)}])) == [STATED]


def test_the_form_follows_what_was_asked_for() -> None:
    assert asked("x", tools=TOOLS, response_format=FORMAT).form == "tool_calls"
    assert asked("x", response_format=FORMAT).form == "json"
    assert asked(fenced(STATED), response_format={"type": "json_object"}).form == "json"
    assert asked(fenced(STATED)).form == "text"


def test_arguments_are_drawn_from_the_parameters_of_the_tool() -> None:
    found = asked("x", tools=TOOLS, response_format=FORMAT)
    assert schemas(found) == [{"const": "reply"}, {"type": "object", "properties": {}}]
    assert found.options[1].param == "tools[1].function.parameters"


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ("auto", ["reply", "walk"]),
        ("required", ["reply", "walk"]),
        ({"type": "function", "function": {"name": "walk"}}, ["walk"]),
        (
            {
                "type": "allowed_tools",
                "allowed_tools": {"mode": "auto", "tools": [{"type": "function", "function": {"name": "reply"}}]},
            },
            ["reply"],
        ),
    ],
)
def test_the_choice_of_tools_is_honoured(choice: Any, names: list[str]) -> None:
    assert [o.tool for o in asked("x", tools=TOOLS, tool_choice=choice).options] == names


def test_with_the_tool_choice_none_no_tool_is_called() -> None:
    assert asked("x", tools=TOOLS, tool_choice="none") == Asked("text", ())
    assert asked("x", tools=TOOLS, tool_choice="none", response_format=FORMAT).form == "json"


def test_a_block_that_is_broken_is_refused() -> None:
    assert "is not closed" in refusal("Go.\n```schema\n{}").message
    broken = refusal("first", "```schema\n{'a': 1}\n```")
    assert "is not JSON" in broken.message
    assert broken.param == "messages[1]"


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"tools": []}, "tools"),
        ({"tools": {}}, "tools"),
        ({"tools": [{"type": "custom"}]}, "tools[0]"),
        ({"tools": [{"type": "function", "function": {}}]}, "tools[0].function.name"),
        ({"tool_choice": "auto"}, "tool_choice"),
        ({"tools": TOOLS, "tool_choice": "some"}, "tool_choice"),
        ({"tools": TOOLS, "tool_choice": {"type": "function", "function": {"name": "x"}}}, "tool_choice"),
        ({"tools": TOOLS, "tool_choice": {"type": "allowed_tools", "allowed_tools": {"tools": []}}}, "tool_choice"),
        ({"tools": TOOLS, "tool_choice": {"type": "allowed_tools", "allowed_tools": {"tools": [1]}}}, "tool_choice"),
        ({"response_format": {"type": "xml"}}, "response_format"),
        ({"response_format": {"type": "json_schema", "json_schema": {}}}, "response_format.json_schema.schema"),
    ],
)
def test_malformed_tools_and_formats_are_refused_by_name(more: dict[str, Any], param: str) -> None:
    assert refusal("x", **more).param == param
