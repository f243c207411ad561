"""An HTTP server in the test's own event loop that answers as it is told, to test what a client makes of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from msgspec import Struct

REPLY = '{"move": {"kind": "walk_away"}}'
COMPLETION: dict[str, Any] = {
    "choices": [{"index": 0, "message": {"role": "assistant", "content": REPLY}, "finish_reason": "stop"}],
    "usage": {
        "prompt_tokens": 120,
        "completion_tokens": 30,
        "prompt_tokens_details": {"cached_tokens": 64},
        "completion_tokens_details": {"reasoning_tokens": 12},
    },
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Asked(Struct, frozen=True):
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    connection: object


class Fake:
    """Answers the requests that come with `answers`, one after the other, the last of them from then on."""

    def __init__(self, *answers: Handler) -> None:
        self.answers = answers
        self.asked: list[Asked] = []
        self.arrived = asyncio.Event()
        self.base_url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        peer = request.transport.get_extra_info("peername") if request.transport else None
        raw = await request.read()
        self.asked.append(Asked(request.path, headers, json.loads(raw) if raw else {}, peer))
        self.arrived.set()
        return await self.answers[min(len(self.asked), len(self.answers)) - 1](request)


@asynccontextmanager
async def fake(*answers: Handler) -> AsyncIterator[Fake]:
    """A server that lives as long as the block; its `base_url` ends in /v1."""
    server = Fake(*answers)
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield server
    finally:
        await runner.cleanup()


def answer(body: object = COMPLETION, status: int = 200, **headers: str) -> Handler:
    """A handler that answers with JSON; underscores in header names stand for dashes."""

    async def handle(request: web.Request) -> web.Response:
        return web.json_response(body, status=status, headers={n.replace("_", "-"): v for n, v in headers.items()})

    return handle


def error(status: int, message: str = "no", code: str | None = None, **headers: str) -> Handler:
    """A handler that answers with an error in OpenAI's shape."""
    return answer({"error": {"message": message, "code": code}}, status, **headers)
