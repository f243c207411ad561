"""Dialects: how a request says which form a reply must have, and what makes a body or a fault of the reply.

`text` says it in the prompt alone, which works everywhere; `json_object` asks for any JSON object, `json_schema` sends
the stable schema as the form of the response, `tools` as the arguments of a function.

What is heard (`hearing`) is recorded as `raw`, and `parse_raw(raw, ...)` is all that ever makes a body or a fault of
it, in the match as in its verification, whatever the dialect was.
"""

from __future__ import annotations

from typing import Any, assert_never

from arena.core.events import Body, Fault
from arena.core.view import Ask
from arena.core.wire import Malformed, parse, schema
from arena.models.endpoint import Api, Dialect
from arena.models.heard import NAME, fault_of
from arena.models.reply_text import read_reply


def request_pieces(dialect: Dialect, ask: Ask, seats: tuple[str, ...], api: Api = "chat") -> dict[str, Any]:
    """What a request has besides model, messages and parameters."""
    match dialect:
        case "text":
            return {}
        case "json_object":
            form = {"type": "json_object"}
            return {"text": {"format": form}} if api == "responses" else {"response_format": form}
        case "json_schema":
            named = {"name": NAME, "strict": True, "schema": schema(ask, seats, exact=False)}
            if api == "responses":
                return {"text": {"format": {"type": "json_schema", **named}}}
            return {"response_format": {"type": "json_schema", "json_schema": named}}
        case "tools":
            function = {"name": NAME, "strict": True, "parameters": schema(ask, seats, exact=False)}
            if api == "responses":
                return {
                    "tools": [{"type": "function", **function}],
                    "tool_choice": {"type": "function", "name": NAME},
                }
            return {
                "tools": [{"type": "function", "function": function}],
                "tool_choice": {"type": "function", "function": {"name": NAME}},
            }
    assert_never(dialect)


def parse_raw(raw: str, ask: Ask, seats: tuple[str, ...], move_types: Any, fact_types: Any) -> Body[Any, Any] | Fault:
    """The body or the fault of a recorded raw reply; the same whenever it is asked."""
    declared = fault_of(raw)
    if declared is not None:
        return declared
    try:
        return parse(read_reply(raw), ask, seats, move_types, fact_types)
    except Malformed as e:
        return e.fault
