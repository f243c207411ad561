"""What a response says, whatever it was asked in: by what came, not by what was asked for.

The arguments of a call count, else the content. Reasoning has several names among servers; all of them are known here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Literal

from arena.models.heard import Call, Heard, NotACompletion, Parts, settle
from arena.models.responses import parts_of_response
from arena.models.thinking import split
from arena.models.usage import reasoning_tokens

CUT_OFF = frozenset({"length", "max_tokens", "model_length"})
# vLLM and DeepSeek; OpenRouter and newer vLLM; Ollama.
REASONING = ("reasoning_content", "reasoning", "thinking")


def hear(response: object, scrub: Callable[[str], str] = str) -> Heard:
    """What a chat completion or a response of the responses API says, `scrub` applied to all that is kept of it.

    Raises NotACompletion.
    """
    match response:
        case {"choices": [{"finish_reason": "error"}, *_]}:
            raise NotACompletion("the provider failed while it was written")
        case {"choices": [{"message": dict(message), **choice}, *_]}:
            parts = _parts(message, choice.get("finish_reason"))
        case {"output": list(output), **rest}:
            parts = parts_of_response(output, rest.get("status"), rest.get("incomplete_details"))
        case _:
            raise NotACompletion("the answer holds neither choices[0].message nor an output")
    parts.reasoned = reasoning_tokens(response) > 0
    return settle(parts, scrub)


def _parts(message: dict[str, Any], finish: object) -> Parts:
    said, thought = _content(message.get("content"))
    return Parts(
        said,
        _text(message.get("refusal")),
        _calls(message),
        [*_reasoning(message), thought],
        _cut(finish),
    )


def _cut(finish: object) -> Literal["length", "content_filter"] | None:
    if finish == "content_filter":
        return "content_filter"
    return "length" if isinstance(finish, str) and finish in CUT_OFF else None


def _calls(message: dict[str, Any]) -> list[Call]:
    """The functions called, by name, and their arguments as text."""
    calls = message.get("tool_calls") or []
    if isinstance(message.get("function_call"), dict):  # as it was before there were tools
        calls = [{"function": message["function_call"]}]
    functions = [call.get("function") for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    read = [(_text(f.get("name")), f.get("arguments")) for f in functions if isinstance(f, dict)]
    # Some servers hand the arguments over decoded.
    return [Call(name, a if isinstance(a, str) else json.dumps(a, ensure_ascii=False)) for name, a in read]


def _reasoning(message: dict[str, Any]) -> list[str]:
    """What was thought, by whatever name the server gives it."""
    named = [_text(message.get(name)) for name in REASONING]
    details = message.get("reasoning_details")  # OpenRouter's parts, which repeat `reasoning` where that is there
    if any(named) or not isinstance(details, list):
        return named
    parts = [part for part in details if isinstance(part, dict)]
    return [_text(part.get("text")) or _text(part.get("summary")) for part in parts]


def _content(content: object) -> tuple[str, str]:
    """The words and the thoughts of a message's content, which is a text or a list of parts. Raises NotACompletion."""
    if content is not None and not isinstance(content, str | list):
        raise NotACompletion(f"the message's content is a {type(content).__name__}, neither text nor parts")
    if isinstance(content, list):
        if not all(isinstance(part, dict) for part in content):
            raise NotACompletion("the message's content is a list of what are no parts")
        parts = [part for part in content if isinstance(part, dict)]
        thoughts = [_content(part.get("thinking"))[0] for part in parts if part.get("type") == "thinking"]
        said, thought = split(
            "".join(_text(part.get("text")) for part in parts if part.get("type") in ("text", "output_text"))
        )
        return said, "\n".join(t for t in (*thoughts, thought) if t)
    return split(_text(content))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
