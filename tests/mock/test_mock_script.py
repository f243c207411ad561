"""Replies and faults in an exact order."""

import json
from pathlib import Path
from typing import Any

import pytest

from arena.errors import UsageError
from arena.mock.script import read_script
from tests.mock.asking import local, post, stats
from tests.mock_server import serve

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"], "additionalProperties": False}
TOOLS = [{"type": "function", "function": {"name": "reply", "parameters": SCHEMA}}]


def said(url: str, words: str = "x", **more: Any) -> Any:
    """The content of an answer, or the HTTP status of none."""
    response = post(url, words, **more)
    return response.json()["choices"][0]["message"]["content"] if response.status_code == 200 else response.status_code


def test_entries_are_taken_in_order_of_arrival_and_what_comes_after_is_drawn() -> None:
    script = ["first", {"reply": "second"}, {"fault": 503}, {"fault": "429"}, {"reply": "last"}]
    with local(script=script) as url:
        assert [said(url) for _ in range(5)] == ["first", "second", 503, 429, "last"]
        drawn = said(url)
        assert drawn not in ("first", "second", "last")
        assert stats(url)["by_kind"] == {"503": 1, "429": 1, "answer": 4}
    with local() as url:
        assert said(url) == drawn


def test_a_script_may_be_yaml(tmp_path: Path) -> None:
    file = tmp_path / "script.yaml"
    file.write_text("- Good morning.\n- {fault: 500}\n- reply: {n: 3}\n")
    with serve(script=file) as url:
        assert [said(url) for _ in range(3)] == ["Good morning.", 500, '{"n": 3}']


def test_entries_for_a_model_or_a_seat_wait_for_it() -> None:
    entries = [
        {"reply": "for b", "model": "b"},
        {"reply": "for Ann", "seat": "Ann"},
        {"reply": "for both", "model": "b", "seat": "Ann"},
        {"reply": "for anyone"},
    ]
    with local(script=entries, models=("mock", "b")) as url:
        assert said(url, "You are Anna.") == "for anyone"
        assert said(url, "You are Ann. Hello.") == "for Ann"
        assert said(url, "You are Bo.", model="b") == "for b"
        assert said(url, "You are Ann.", model="b") == "for both"


def test_an_entry_is_used_as_often_as_it_says() -> None:
    entries = [{"reply": "twice", "times": 2}, {"reply": "on", "times": "always"}, {"reply": "never"}]
    with local(script=entries) as url:
        assert [said(url) for _ in range(6)] == ["twice", "twice", "on", "on", "on", "on"]


def test_an_object_goes_where_it_is_asked_for_and_a_text_is_said_as_it_stands() -> None:
    with local(script=[{"reply": {"n": 1}}, {"reply": "no call"}]) as url:
        called = post(url, tools=TOOLS).json()["choices"][0]
        assert called["finish_reason"] == "tool_calls"
        assert called["message"]["tool_calls"][0]["function"] == {"name": "reply", "arguments": '{"n": 1}'}
        assert said(url, tools=TOOLS) == "no call"


def test_reasoning_and_the_reason_to_end_may_be_said() -> None:
    entries = [{"reply": "half an ans", "finish": "length", "reasoning": "Let me think."}]
    with local(script=entries) as url:
        choice = post(url).json()["choices"][0]
    assert (choice["finish_reason"], choice["message"]["reasoning_content"]) == ("length", "Let me think.")


def test_a_whole_message_is_sent_as_it_stands() -> None:
    call = {"id": "c", "type": "function", "function": {"name": "reply", "arguments": {"n": 1}}}
    message = {"role": "assistant", "content": None, "tool_calls": [call, call]}
    with local(script=[{"message": message}]) as url:
        assert "output" in post(url, path="/responses", input="not a chat").json()
        choice = post(url, tools=TOOLS).json()["choices"][0]
    assert choice == {"index": 0, "message": message, "logprobs": None, "finish_reason": "tool_calls"}


def test_a_fault_that_a_script_orders_spoils_the_answer_that_would_be() -> None:
    with local(script=[{"fault": "truncated"}], seed=2) as url:
        half, whole = said(url), said(url)
        assert whole.startswith(half)
        assert 0 < len(half) < len(whole)


def test_rates_hold_where_the_script_says_nothing() -> None:
    with local("500=1", script=[{"reply": "sound", "times": 3}]) as url:
        assert [said(url) for _ in range(5)] == ["sound"] * 3 + [500] * 2


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ({"reply": "x"}, "a script is a list"),
        ([3], "entry 1 is a int"),
        (["x", {"replay": "x"}], "entry 2: unknown key 'replay'"),
        ([{}], "entry 1 has none of them; expected one of reply, fault, message"),
        ([{"reply": "x", "fault": 429}], "reply and fault"),
        ([{"fault": "refused"}], "did you mean 'refusal'"),
        ([{"reply": "x", "finish": "soon"}], "finish is 'soon'"),
        ([{"reply": "x", "times": 0}], "times is 0"),
        ([{"reply": "x", "seat": 3}], "seat is a int; expected a text"),
        ([{"message": "x"}], "expected a chat's message"),
        ([{"reply": float("nan")}], "is not JSON"),
    ],
)
def test_a_script_that_will_not_do_is_told_its_entry(source: Any, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_script(source)


def test_the_server_says_which_entry_it_cannot_read(tmp_path: Path) -> None:
    file = tmp_path / "script.json"
    file.write_text(json.dumps([{"x": 1}]))
    with pytest.raises(RuntimeError, match="entry 1: unknown key"), serve(script=file):
        pass
    with pytest.raises(RuntimeError, match="No such file"), serve(script=tmp_path / "none.yaml"):
        pass
