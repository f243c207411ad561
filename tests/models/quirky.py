"""Servers with the quirks of those that people really have, as handlers of `fake`; their words are the originals'."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from aiohttp import web

from tests.models.fake_endpoint import COMPLETION, REPLY, Handler

JINJA = (
    "\n------------\nWhile executing CallExpression at line 19, column 27 in source:\n...% 2 == 0) -%}↵        {{ "
    'raise_exception("Conversation roles must alternate user...\n' + " " * 300 + "^\nError: Jinja Exception: "
    "Conversation roles must alternate user/assistant/user/assistant/..."
)
MAX_TOKENS = (
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
)
MAX_COMPLETION_TOKENS = "[{'type': 'extra_forbidden', 'loc': ('body', 'max_completion_tokens'), 'msg': 'Extra inputs'}]"
TEMPERATURE = (
    "Unsupported value: 'temperature' does not support 0.3 with this model. Only the default (1) value is supported."
)


def said(message: dict[str, Any], finish: str = "stop") -> dict[str, Any]:
    """A chat completion with this message."""
    return {
        **COMPLETION,
        "choices": [{"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish}],
    }


def refusing(message: str, status: int = 400, code: str | None = None) -> web.Response:
    """An error in OpenAI's shape."""
    return web.json_response(
        {"error": {"message": message, "type": "invalid_request_error", "code": code}}, status=status
    )


def picky(name: str, message: str, status: int = 400) -> Handler:
    """Refuses every request that has this parameter."""

    async def handle(request: web.Request) -> web.Response:
        body = await request.json()
        return refusing(message, status) if name in body else web.json_response(COMPLETION)

    return handle


def templated(message: str, status: int, system: bool = True) -> Handler:
    """Its chat template raises unless user and assistant take turns, after a system message where it knows any."""

    async def handle(request: web.Request) -> web.Response:
        roles = [m["role"] for m in (await request.json())["messages"]]
        rest = roles[1:] if system and roles[:1] == ["system"] else roles
        well = rest[:1] == ["user"] and "system" not in rest and all(a != b for a, b in pairwise(rest))
        return web.json_response(COMPLETION) if well else refusing(message, status)

    return handle


def speaking(*dialects: str, refuses: int | None = 400) -> Handler:
    """Holds its model to these dialects; refuses the others with a status, or takes them and ignores them (None).

    The model says hello where nothing holds it.
    """

    async def handle(request: web.Request) -> web.Response:
        asked = _asked(await request.json())
        if asked not in (*dialects, "text") and refuses is not None:
            return refusing(f"{asked} is not supported by this model", refuses)
        if asked not in dialects:
            return web.json_response(said({"content": "Hello!"}))
        whole = json.dumps({"messages": [], "claims": [], **json.loads(REPLY), "notes": None})
        if asked == "tools":
            call = {"id": "c", "type": "function", "function": {"name": "reply", "arguments": whole}}
            return web.json_response(said({"content": None, "tool_calls": [call]}, "tool_calls"))
        return web.json_response(said({"content": '{"greeting": "hello"}' if asked == "json_object" else whole}))

    return handle


def _asked(body: dict[str, Any]) -> str:
    """The dialect of a request."""
    return "tools" if "tools" in body else str(body.get("response_format", {}).get("type", "text"))
