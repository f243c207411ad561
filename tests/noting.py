"""A server in between that hands every call on and notes down what was asked: real HTTP on both sides."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import aiohttp
import msgspec
from aiohttp import web

from arena.models.messages import prompt_hash


class Message(msgspec.Struct, frozen=True):
    role: str
    content: str


class Call(msgspec.Struct, frozen=True):
    messages: tuple[Message, ...]


@dataclass
class Noted:
    """The prompts that were asked, by the hash by which transcripts know them, in the order of their arrival."""

    url: str = ""
    prompts: list[str] = field(default_factory=list)


@contextmanager
def noting(upstream: str) -> Iterator[Noted]:
    """Hand calls on to `upstream`, the base URL of a server, while the block lasts."""
    noted, ready = Noted(), threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

            async def hand_on(request: web.Request) -> web.Response:
                body = await request.read()
                noted.prompts.append(prompt_hash(msgspec.json.decode(body, type=Call).messages))
                async with session.post(
                    f"{upstream}/chat/completions", data=body, headers={"Content-Type": "application/json"}
                ) as answer:
                    return web.Response(body=await answer.read(), status=answer.status, content_type="application/json")

            app = web.Application(client_max_size=2**26)
            app.router.add_post("/v1/chat/completions", hand_on)
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            noted.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
            ready.set()
            await stop.wait()
            await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    try:
        ready.wait(30)
        yield noted
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
