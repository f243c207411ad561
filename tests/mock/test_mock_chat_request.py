import json
from typing import Any

import pytest

from arena.mock.api_error import ApiError
from arena.mock.chat_request import read_chat_request

USER = {"role": "user", "content": "Hello"}


def body(**fields: Any) -> bytes:
    return json.dumps({"model": "mock", "messages": [USER]} | fields).encode()


@pytest.mark.parametrize(
    "spelt",
    [b"", b"{", b"\xff\xfe{}", b'{"model": NaN}', b'{"n": 1e999}', b"[" * 100_000, b'{"n": 1' + b"0" * 5000 + b"}"],
)
def test_what_is_not_json_is_refused(spelt: bytes) -> None:
    with pytest.raises(ApiError, match="could not parse the JSON body") as refused:
        read_chat_request(spelt)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"model": None}, "model"),
        ({"model": 4}, "model"),
        ({"messages": None}, "messages"),
        ({"messages": []}, "messages"),
        ({"messages": "Hello"}, "messages"),
        ({"messages": ["Hello"]}, "messages[0]"),
        ({"messages": [{"role": "wizard", "content": "x"}]}, "messages[0].role"),
        ({"messages": [USER, {"role": "user"}]}, "messages[1].content"),
        ({"messages": [{"role": "user", "content": 3}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": []}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": [{"type": "text"}]}]}, "messages[0].content[0]"),
        ({"messages": [{"role": "user", "content": ["x"]}]}, "messages[0].content[0]"),
        ({"stream": True}, "stream"),
        ({"n": 2}, "n"),
        ({"n": True}, "n"),
    ],
)
def test_what_cannot_be_served_is_refused_by_name(fields: dict[str, Any], param: str) -> None:
    with pytest.raises(ApiError) as refused:
        read_chat_request(body(**fields))
    assert (refused.value.status, refused.value.param) == (400, param)
    assert refused.value.message


def test_a_body_that_is_no_object_is_refused() -> None:
    with pytest.raises(ApiError, match="must be a JSON object"):
        read_chat_request(b"[]")


def test_what_the_official_client_may_send_is_accepted() -> None:
    call = {"id": "c", "type": "function", "function": {"name": "reply", "arguments": "{}"}}
    messages = [
        {"role": "developer", "content": "Be brief."},
        USER,
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": "done"},
    ]
    request = read_chat_request(body(messages=messages, n=1, stream=False, temperature=0.2, max_tokens=9, user="u"))
    assert request.model == "mock"
    assert request.last_user == ("messages[1]", "Hello")


def test_more_messages_make_the_prompt_longer_and_change_nothing_before() -> None:
    once = read_chat_request(body()).prompt
    twice = read_chat_request(body(messages=[USER, {"role": "assistant", "content": "Hi"}, USER])).prompt
    assert twice.startswith(once)
    assert len(twice) > len(once)


def test_bodies_that_differ_in_the_order_of_keys_are_one_request() -> None:
    assert read_chat_request(b'{"model":"m","messages":[{"role":"user","content":"x"}]}') == read_chat_request(
        b'{"messages": [{"content": "x", "role": "user"}], "model": "m"}'
    )


def test_the_shape_of_an_error_is_openais() -> None:
    assert ApiError(400, "No.", param="n", code="c").body() == {
        "error": {"message": "No.", "type": "invalid_request_error", "param": "n", "code": "c"}
    }
    assert ApiError(500, "Oh.").body() == {
        "error": {"message": "Oh.", "type": "server_error", "param": None, "code": None}
    }
