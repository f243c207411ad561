"""The responses API: how a request is put to it, and what its output says.

https://platform.openai.com/docs/api-reference/responses. Nothing is kept on the server between turns: every request
holds the whole conversation, as with chat completions.
"""

from __future__ import annotations

import json
from typing import Any

from arena.models.heard import Call, NotACompletion, Parts
from arena.models.thinking import split


def parts_of_response(output: list[Any], status: object, details: object) -> Parts:
    """A response by its output items, its `status` and its `incomplete_details`. Raises NotACompletion."""
    if status in ("failed", "cancelled", "queued", "in_progress"):
        raise NotACompletion(f"its status is {status!r}, expected 'completed'")
    parts, said = Parts(), list[str]()
    for item in output:
        match item:
            case {"type": "message", "content": list(content)}:
                said += _texts(content, "output_text", "text")
                parts.refusal += "".join(_texts(content, "refusal", "refusal"))
            case {"type": "function_call", "arguments": arguments, **rest}:
                spelt = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
                parts.calls.append(Call(str(rest.get("name")), spelt))
            case {"type": "reasoning", **rest}:
                parts.thoughts += _texts(rest.get("summary"), "summary_text", "text")
                parts.thoughts += _texts(rest.get("content"), "reasoning_text", "text")
            case _:
                continue  # items of tools that only the user's own extra_body can have asked for
    parts.said, thought = split("".join(said))
    parts.thoughts.append(thought)
    if status == "incomplete":
        parts.cut = "content_filter" if details == {"reason": "content_filter"} else "length"
    return parts


def _texts(parts: object, kind: str, key: str) -> list[str]:
    found = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return [part[key] for part in found if part.get("type") == kind and isinstance(part.get(key), str)]
