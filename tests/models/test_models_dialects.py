"""From a response to raw text, and from raw text to a body or a fault."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arena.core.events import Body, Fault, Message
from arena.core.view import Ask
from arena.core.wire import schema
from arena.models.dialects import parse_raw, request_pieces
from arena.models.heard import Heard, NotACompletion
from arena.models.hearing import hear
from arena.scenarios.bargain.terms import WalkAway
from tests.models.bargain_asks import BID, FACTS, MOVES, SEATS, an_ask

ASK = an_ask(1)
LEAVE = '{"move": {"kind": "walk_away"}}'
LEFT: Body[Any, Any] = Body(move=WalkAway())


def understood(raw: str, ask: Ask = ASK) -> Body[Any, Any] | Fault:
    return parse_raw(raw, ask, SEATS, MOVES, FACTS)


def code(raw: str) -> str:
    result = understood(raw)
    assert isinstance(result, Fault), result
    return result.code


def response(message: dict[str, Any], finish: str | None = "stop") -> dict[str, Any]:
    return {"choices": [{"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}]}


def call(arguments: object, name: str = "reply") -> dict[str, Any]:
    return {"id": "c", "type": "function", "function": {"name": name, "arguments": arguments}}


# Requests -------------------------------------------------------------------------------------------------------------


def test_the_text_dialect_adds_nothing_to_a_request() -> None:
    assert request_pieces("text", ASK, SEATS) == {}


def test_the_other_dialects_send_the_stable_schema_in_strict_mode() -> None:
    stable = schema(ASK, SEATS, exact=False)
    form = request_pieces("json_schema", ASK, SEATS)["response_format"]
    assert form == {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": stable}}
    tools = request_pieces("tools", ASK, SEATS)
    assert tools["tools"][0]["function"] == {"name": "reply", "strict": True, "parameters": stable}
    assert tools["tool_choice"]["function"]["name"] == "reply"


@pytest.mark.parametrize("dialect", ["json_schema", "tools"])
def test_what_is_sent_does_not_change_with_the_turn(dialect: Any) -> None:
    assert request_pieces(dialect, an_ask(), SEATS) == request_pieces(dialect, an_ask(4, 7, must=True, nth=9), SEATS)
    jsonschema.Draft202012Validator.check_schema(schema(ASK, SEATS, exact=False))


# Where the object stands ----------------------------------------------------------------------------------------------

ACCEPTED = {
    "bare": LEAVE,
    "surrounded by space and a byte order mark": f"\ufeff \n{LEAVE}\n ",
    "in prose": f"I am done here.\n\n{LEAVE}\n\nGoodbye!",
    "in prose with braces": f"As they say {{so be it}}: {LEAVE}",
    "after an open brace": f"A brace {{ and then {LEAVE}",
    "twice the same": f"{LEAVE}\nAgain: {LEAVE}",
    "fenced": f"Here:\n```json\n{LEAVE}\n```",
    "fenced on one line": f"```json {LEAVE} ```",
    "fenced with a capital label": f"```JSON\n{LEAVE}\n```",
    "fenced and left open": f"```json\n{LEAVE}",
    "fenced without a label": f"```\n{LEAVE}\n```",
    "fenced inside a line": f"Here: ```json\n{LEAVE}\n```",
    "the last of several drafts": f'```json\n{{"move": null}}\n```\nNo:\n```json\n{LEAVE}\n```',
    "labelled before unlabelled": f'```json\n{LEAVE}\n```\n```\n{{"move": null}}\n```',
    "beside a block of another kind": f'```schema\n{{"type": "object"}}\n```\n{LEAVE}',
    "with trailing commas": '{"move": {"kind": "walk_away",}, "messages": [ ] , }',
    "with a trailing comma, fenced": '```json\n{"move": {"kind": "walk_away"},\n}\n```',
    "spelt inside a string": json.dumps(LEAVE),
    "spelt inside a fenced string": f"```json\n{json.dumps(LEAVE)}\n```",
}


@pytest.mark.parametrize("raw", ACCEPTED.values(), ids=ACCEPTED)
def test_an_object_is_found_by_the_stated_rules(raw: str) -> None:
    assert understood(raw) == LEFT


REFUSED = {
    "nothing": ("", "empty"),
    "blank": (" \n\ufeff", "empty"),
    "prose": ("I would rather not say.", "no_object"),
    "prose with braces": ("What about {this} or {}?", "no_object"),
    "prose that begins like a number": ("Infinity is a long time. 1e999.", "no_object"),
    "a list": (f"[{LEAVE}]", "not_object"),
    "a string": ('"walk away"', "not_object"),
    "two objects": (f'{LEAVE} or {{"move": null}}', "several"),
    "nothing but braces": ("{}" * 100, "no_object"),
    "cut off": ('{"move": {"kind": "walk_a', "not_json"),
    "cut off before a whole part": ('{"messages": [{"to": "all", "text": "x"}], "move": {', "not_json"),
    "broken around a whole object": ('{"move": {"kind": "walk_away"}, oops}', "not_json"),
    "broken around an empty object": ('{"messages": {}, oops}', "not_json"),
    "single quotes": ("{'move': null}", "no_object"),
    "a comment": ('{"move": null} // leaving', None),
    "a comment inside": ('{"move": null // leaving\n}', "not_json"),
    "two trailing commas": ('{"move": null,,}', "not_json"),
    "a fenced break": ('```json\n{"move": nil}\n```', "not_json"),
    "an empty fence": ("```json\n```", "no_object"),
    "spelt twice inside a string": (json.dumps(json.dumps(LEAVE)), "not_object"),
    "a key twice": ('{"move": null, "move": {"kind": "walk_away"}}', "duplicate_key"),
    "not a number": ('{"move": {"kind": "accept", "offer": NaN}}', "not_finite"),
    "too deep": ('{"notes": ' + "[" * 60 + "]" * 60 + "}", "too_deep"),
    "python": ('{"move": None}', "not_json"),
    "a bid in place of a reply": ('{"bid": 3}', "unknown_key"),
}


@pytest.mark.parametrize(("raw", "expected"), REFUSED.values(), ids=REFUSED)
def test_anything_else_is_a_fault(raw: str, expected: str | None) -> None:
    result = understood(raw)
    assert (result.code if isinstance(result, Fault) else None) == expected


def test_a_closing_fence_inside_a_string_ends_nothing() -> None:
    said = {"messages": [{"to": "all", "text": "use ```json\n{}\n``` please"}]}
    expected: Body[Any, Any] = Body((Message((1, 2), "use ```json\n{}\n``` please"),))
    assert understood(json.dumps(said)) == expected
    assert understood(f"Well:\n```json\n{json.dumps(said, indent=1)}\n```") == expected


def test_commas_inside_strings_are_kept() -> None:
    result = understood('{"messages": [{"to": "all", "text": "a ,] b ,} c"},],}')
    assert result == Body((Message((1, 2), "a ,] b ,} c"),))


@given(st.text())
def test_any_text_is_understood_or_a_fault_and_always_the_same(raw: str) -> None:
    first = understood(raw)
    assert isinstance(first, Body | Fault)
    assert understood(raw) == first


fragments = st.sampled_from(
    ['{"move":', "null", "}", "{", "```json\n", "\n```", '"', ",", "[", "]", "\\", "</think>", "x"]
)


@given(st.lists(fragments, max_size=12).map("".join))
def test_any_patchwork_of_json_and_fences_is_understood_or_a_fault(raw: str) -> None:
    heard = hear(response({"content": raw}))
    assert isinstance(understood(heard.raw), Body | Fault)


def test_a_hostile_text_costs_little() -> None:
    # Each of these takes minutes where a pattern starts over at every character.
    assert code("{" * 200_000) == "too_deep"
    assert code("x " + "{ " * 200_000) == "not_json"
    assert code("x " + "{} " * 200_000) == "no_object"
    assert code("```\n" * 50_000) == "no_object"
    assert code('x {"' + 'a\\"' * 200_000) == "not_json"
    assert code('{"a": ' + ", " * 200_000) == "not_json"


# What is heard --------------------------------------------------------------------------------------------------------


def test_content_is_recorded_as_it_came() -> None:
    assert hear(response({"content": f"  {LEAVE}\n"})) == Heard(f"  {LEAVE}\n")


def test_the_arguments_of_a_call_are_the_reply_and_words_beside_it_are_not() -> None:
    heard = hear(response({"content": "Let me leave.", "tool_calls": [call(LEAVE)]}, "tool_calls"))
    assert heard == Heard(LEAVE, "Let me leave.")
    assert understood(heard.raw) == LEFT


def test_decoded_arguments_are_written_as_json() -> None:
    assert understood(hear(response({"tool_calls": [call(json.loads(LEAVE))]})).raw) == LEFT


def test_without_a_call_the_content_counts() -> None:
    assert understood(hear(response({"content": LEAVE, "tool_calls": []})).raw) == LEFT
    assert understood(hear(response({"content": LEAVE, "tool_calls": None})).raw) == LEFT


def test_content_in_parts_is_put_together() -> None:
    parts = [
        {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]},
        {"type": "text", "text": LEAVE[:10]},
        {"type": "text", "text": LEAVE[10:]},
        {"type": "image_url"},
    ]
    assert hear(response({"content": parts})) == Heard(LEAVE, "Hm.")


@pytest.mark.parametrize(
    ("message", "reasoning"),
    [
        ({"content": f"<think>\nCold feet.\n</think>\n{LEAVE}"}, "Cold feet."),
        ({"content": f"<thinking>Cold feet.</thinking>{LEAVE}"}, "Cold feet."),
        ({"content": f'Cold {{"a": 1}} feet.\n</think>\n{LEAVE}'}, 'Cold {"a": 1} feet.'),
        ({"content": LEAVE, "reasoning_content": "Cold feet."}, "Cold feet."),
        ({"content": LEAVE, "reasoning": "Cold feet."}, "Cold feet."),
        ({"content": LEAVE, "reasoning": None}, None),
        ({"content": f"<think>b</think>{LEAVE}", "reasoning": "a"}, "a\nb"),
        ({"content": LEAVE, "thinking": "Cold feet."}, "Cold feet."),
        ({"content": LEAVE, "reasoning": "Cold feet.", "reasoning_content": "Cold feet."}, "Cold feet."),
        ({"content": LEAVE, "reasoning": "a", "reasoning_details": [{"text": "a"}]}, "a"),
        ({"content": LEAVE, "reasoning_details": [{"text": "a"}, {"summary": "b"}, {"data": "?"}, 5]}, "a\nb"),
    ],
)
def test_reasoning_is_kept_apart_from_the_reply(message: dict[str, Any], reasoning: str | None) -> None:
    heard = hear(response(message))
    assert heard == Heard(LEAVE, reasoning)


def test_an_object_inside_the_reasoning_is_not_the_reply() -> None:
    assert code(hear(response({"content": f"<think>maybe {LEAVE}"})).raw) == "only_reasoning"
    assert code(hear(response({"content": f"<think>maybe {LEAVE}</think> No."})).raw) == "no_object"


def test_a_closing_tag_quoted_in_a_message_hides_nothing() -> None:
    said = {"messages": [{"to": "all", "text": "</think>{}"}], "move": {"kind": "walk_away"}}
    heard = hear(response({"content": json.dumps(said)}))
    assert understood(heard.raw) == Body((Message((1, 2), "</think>{}"),), move=WalkAway())


@pytest.mark.parametrize(
    ("message", "finish", "expected"),
    [
        ({"content": None}, "stop", "empty"),
        ({"content": ""}, "stop", "empty"),
        ({}, None, "empty"),
        ({"content": None}, "length", "truncated"),
        ({"content": LEAVE}, "length", "truncated"),
        ({"content": LEAVE[:12]}, "length", "truncated"),
        ({"content": None, "reasoning": "Hm."}, "stop", "only_reasoning"),
        ({"content": "", "reasoning_content": "Hm."}, "stop", "only_reasoning"),
        ({"content": " \n", "thinking": "Hm."}, "stop", "only_reasoning"),
        ({"content": None, "reasoning_details": [{"type": "reasoning.text", "text": "Hm."}]}, None, "only_reasoning"),
        ({"content": None, "reasoning": "Hm."}, "length", "only_reasoning"),
        ({"content": "<think>So many options"}, "length", "only_reasoning"),
        ({"content": None, "reasoning": "Hm."}, "content_filter", "refused"),
        ({"tool_calls": [call(LEAVE[:12])]}, "length", "truncated"),
        ({"content": LEAVE}, "model_length", "truncated"),
        ({"content": None, "refusal": "I cannot take part in this."}, "stop", "refused"),
        ({"content": LEAVE, "refusal": "No."}, "stop", "refused"),
        ({"content": LEAVE[:9]}, "content_filter", "refused"),
        ({"tool_calls": [call(LEAVE), call('{"move": null}')]}, "tool_calls", "several"),
        ({"tool_calls": [call(LEAVE), call(LEAVE, "walk_away")]}, "tool_calls", "several"),
        ({"tool_calls": [call(LEAVE, "walk_away")]}, "tool_calls", "unknown_tool"),
        ({"tool_calls": [call([])]}, "tool_calls", "not_object"),
        ({"tool_calls": [call("")]}, "tool_calls", "empty"),
        ({"tool_calls": [{"id": "c"}]}, "tool_calls", "empty"),
    ],
)
def test_what_the_endpoint_says_of_a_reply_is_a_fault_that_raw_alone_gives_again(
    message: dict[str, Any], finish: str | None, expected: str
) -> None:
    assert code(hear(response(message, finish)).raw) == expected


def test_a_cut_off_reply_is_recorded_with_the_words_that_came() -> None:
    assert hear(response({"content": "I was about"}, "length")).raw == "I was about\n[endpoint: length]"


def test_half_a_surrogate_pair_cannot_get_into_the_record() -> None:
    heard = hear(response({"content": f"\ud83d {LEAVE}", "reasoning": "x\udc00"}))
    assert heard == Heard(f"\ufffd {LEAVE}", "x\ufffd")
    assert hear(response({"content": "\ud83d\ude00"})).raw == "😀"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["content", "tool_calls", "function", "name", "arguments", "refusal", "type", "text", "thinking"]
                ),
                inner,
            )
        ),
    )
)
def test_whatever_a_message_holds_something_is_heard_or_the_server_is_to_blame(message: object) -> None:
    odd = {"choices": [{"message": message, "finish_reason": "stop"}]}
    try:
        heard: Heard | None = hear(odd)
    except NotACompletion:
        heard = None
    content = message.get("content") if isinstance(message, dict) else 0
    assert (heard is not None) or not (content is None or isinstance(content, str))


@pytest.mark.parametrize("content", [5, True, {"a": 1}, [1, None], ["text"]])
def test_content_of_a_wrong_type_is_the_servers_fault_not_the_models(content: object) -> None:
    with pytest.raises(NotACompletion):
        hear(response({"content": content}))


def test_content_without_end_is_the_models_fault_and_its_beginning_is_kept() -> None:
    heard = hear(response({"content": "x" * 1_000_001, "reasoning": "y" * 2_000_000}))
    assert code(heard.raw) == "oversize"
    assert heard.raw == "x" * 10_000 + "\n[endpoint: oversize]"
    assert heard.reasoning == "y" * 1_000_000
    assert hear(response({"content": "x" * 1_000_000})).raw == "x" * 1_000_000


def test_the_same_call_twice_says_one_thing() -> None:
    assert understood(hear(response({"tool_calls": [call(LEAVE), call(LEAVE)]})).raw) == LEFT


def test_tokens_spent_on_reasoning_that_is_not_shown_are_named_as_well() -> None:
    spent = {"completion_tokens": 800, "completion_tokens_details": {"reasoning_tokens": 800}}
    fault = understood(hear({**response({"content": None}, "length"), "usage": spent}).raw)
    assert isinstance(fault, Fault)
    assert fault.code == "only_reasoning"
    assert "spent its tokens on reasoning" in fault.detail
    assert code(hear({**response({"content": None}, "length"), "usage": {"completion_tokens": 800}}).raw) == "truncated"


def test_a_call_in_the_old_form_is_a_call() -> None:
    old = {"content": None, "function_call": {"name": "reply", "arguments": LEAVE}}
    assert understood(hear(response(old)).raw) == LEFT


@pytest.mark.parametrize(
    "odd", [None, "<html>", [], {}, {"choices": []}, {"choices": [{}]}, {"choices": [{"message": 1}]}]
)
def test_what_is_no_completion_is_not_heard(odd: object) -> None:
    with pytest.raises(NotACompletion):
        hear(odd)


def test_a_bid_is_understood_in_prose_as_well() -> None:
    assert understood('I bid {"bid": 4}.', BID) == Body(bid=4)


# What reading a transcript needs --------------------------------------------------------------------------------------


def test_neither_dialects_nor_the_model_agent_import_a_client() -> None:
    heavy = ["openai", "httpx", "httpx2", "aiohttp", "tenacity", "pydantic", "numpy"]
    program = (
        "import sys, arena.models.dialects, arena.models.messages, arena.models.address, arena.agents.model\n"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
