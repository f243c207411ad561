"""Dialects: how a request says which form a reply must have, and how a response is heard and understood.

`text` says it in the prompt alone, which works everywhere; `json_schema` sends the stable schema as the response's
format, `tools` as the arguments of a function. The response is heard alike in all of them, by what came: the
arguments of a call, else the content, read by the rules of `reply_text`.

What is heard is recorded as `raw`, and `parse_raw(raw, ...)` is all that ever makes a body or a fault of it, in the
match as in its verification. Where it is the endpoint and not the text that says that a reply will not do (it was cut
off, it is a refusal, there are several calls), `raw` ends with a line that says so: `[endpoint: length]`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from msgspec import Struct

from arena.core.events import Body, Fault
from arena.core.view import Ask
from arena.core.wire import Malformed, parse, schema
from arena.models.endpoint import Dialect
from arena.models.reply_text import ONE_OBJECT, read_reply

NAME = "reply"
LARGEST = 1_000_000  # characters; no turn of a match needs more, and all of it would be sent back with every next turn
CUT_OFF = frozenset({"length", "max_tokens", "model_length"})

# How a raw text ends where the endpoint says that it will not do: the word, and the fault that it stands for.
ENDPOINT_FAULTS = {
    "length": Fault("truncated", f"The reply was cut off at the limit of its length. Be brief. {ONE_OBJECT}"),
    "content_filter": Fault("refused", f"The provider withheld the reply. Say it differently. {ONE_OBJECT}"),
    "refusal": Fault("refused", f"The reply declines to answer. {ONE_OBJECT}"),
    "several_calls": Fault("several", f"The reply calls several functions. Call {NAME!r} once."),
    "unknown_tool": Fault("unknown_tool", f"The reply calls a function that there is not. Call {NAME!r} once."),
}
_ENDING = re.compile(rf"(?:\A|\n)\[endpoint: ({'|'.join(ENDPOINT_FAULTS)})\]\Z")
_THINKING = re.compile(r"\s*<(think|thinking)>")


class Heard(Struct, frozen=True):
    """What a response says: `raw` as it is recorded, and the reasoning beside it, which is for its author alone."""

    raw: str
    reasoning: str | None = None


class NotACompletion(Exception):
    """A response that is no chat completion; the endpoint's failure, not the model's."""


def request_pieces(dialect: Dialect, ask: Ask, seats: tuple[str, ...]) -> dict[str, Any]:
    """What a request has besides model, messages and parameters."""
    if dialect == "text":
        return {}
    stable = schema(ask, seats, exact=False)
    if dialect == "json_schema":
        return {
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": NAME, "strict": True, "schema": stable},
            }
        }
    function = {"name": NAME, "strict": True, "parameters": stable}
    return {
        "tools": [{"type": "function", "function": function}],
        "tool_choice": {"type": "function", "function": {"name": NAME}},
    }


def parse_raw(raw: str, ask: Ask, seats: tuple[str, ...], move_types: Any, fact_types: Any) -> Body[Any, Any] | Fault:
    """The body or the fault of a recorded raw reply; the same whenever it is asked."""
    ending = _ENDING.search(raw)
    if ending is not None:
        return ENDPOINT_FAULTS[ending[1]]
    try:
        return parse(read_reply(raw), ask, seats, move_types, fact_types)
    except Malformed as e:
        return e.fault


def hear(response: object) -> Heard:
    """What a chat completion says, whatever dialect it was asked in. Raises NotACompletion."""
    match response:
        case {"choices": [{"finish_reason": "error"}, *_]}:
            raise NotACompletion("the provider failed while it was written")
        case {"choices": [{"message": dict(message), **choice}, *_]}:
            return _heard(message, choice.get("finish_reason"))
    raise NotACompletion("the answer holds no choices[0].message")


def _heard(message: dict[str, Any], finish: object) -> Heard:
    said, thought = _content(message.get("content"))
    thinking = [_text(message.get("reasoning_content")) or _text(message.get("reasoning")), thought]
    refusal = _text(message.get("refusal"))
    calls = _calls(message)
    ending = None
    if refusal:
        said, ending = refusal, "refusal"
    elif calls:
        thinking.append(said)  # words beside a call are no part of the reply
        said = "\n".join(arguments for _, arguments in calls)
        ending = "several_calls" if len(calls) > 1 else None if calls[0][0] == NAME else "unknown_tool"
    if finish in CUT_OFF:
        ending = "length"
    elif finish == "content_filter":
        ending = "content_filter"
    if len(said) > LARGEST:
        raise NotACompletion(f"the answer has {len(said):,} characters; at most {LARGEST:,} are read")
    raw = said if ending is None else f"{said}\n[endpoint: {ending}]" if said else f"[endpoint: {ending}]"
    return Heard(_clean(raw), _clean("\n".join(t for t in thinking if t)) or None)


def _calls(message: dict[str, Any]) -> list[tuple[str, str]]:
    """The functions called, by name, and their arguments as text."""
    calls = message.get("tool_calls") or []
    if isinstance(message.get("function_call"), dict):  # as it was before there were tools
        calls = [{"function": message["function_call"]}]
    functions = [call.get("function") for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    read = [(_text(f.get("name")), f.get("arguments")) for f in functions if isinstance(f, dict)]
    # Some servers hand the arguments over decoded.
    return [(name, a if isinstance(a, str) else json.dumps(a, ensure_ascii=False)) for name, a in read]


def _content(content: object) -> tuple[str, str]:
    """The words and the thoughts of a message's content, which is a text or a list of parts. Raises NotACompletion."""
    if content is not None and not isinstance(content, str | list):
        raise NotACompletion(f"the message's content is a {type(content).__name__}, neither text nor parts")
    if isinstance(content, list):
        if not all(isinstance(part, dict) for part in content):
            raise NotACompletion("the message's content is a list of what are no parts")
        parts = [part for part in content if isinstance(part, dict)]
        thoughts = [_content(part.get("thinking"))[0] for part in parts if part.get("type") == "thinking"]
        said, thought = _split(
            "".join(_text(part.get("text")) for part in parts if part.get("type") in ("text", "output_text"))
        )
        return said, "\n".join(t for t in (*thoughts, thought) if t)
    return _split(_text(content))


def _split(text: str) -> tuple[str, str]:
    """What is said, and what is thought in a block <think>...</think> before it.

    A block that is never closed is all thought. An opening tag may be missing, since some chat templates write it
    themselves: then what stands before the last closing tag is thought, if an object comes after it.
    """
    opening = _THINKING.match(text)
    if opening is not None:
        thought, _, said = text[opening.end() :].partition(f"</{opening[1]}>")
        return said.strip(), thought.strip()
    thought, tag, said = text.rpartition("</think>")
    if tag and "{" in said and not text.lstrip().startswith("{"):
        return said.strip(), thought.strip()
    return text, ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """Text that can be written as UTF-8: what is half of a surrogate pair becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
