"""Servers in this process, over real HTTP, and requests to them without a client between."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
from aiohttp import web

from arena.mock.app import MockServer
from arena.mock.calls import Settings
from arena.mock.faults import read_option, read_rates
from arena.mock.latency import Latency
from arena.mock.script import read_script


@contextmanager
def local(
    *faults: str, script: Sequence[Any] = (), latency: float = 0.0, log: Any = lambda line: None, **settings: Any
) -> Iterator[str]:
    """The base URL of a server in a thread of its own, as long as the block; faults as the command has them."""
    rates = read_rates(read_option(fault) for fault in faults)
    told = Settings(rates=rates, latency=Latency(latency, latency), **settings)
    loop = asyncio.new_event_loop()
    app = MockServer(told, log, read_script(list(script))).app()
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)

    async def start() -> str:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}/v1"

    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield asyncio.run_coroutine_threadsafe(start(), loop).result()
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def body(words: str = "Hello", **more: Any) -> dict[str, Any]:
    """A request of one message."""
    return {"model": "mock", "messages": [{"role": "user", "content": words}], **more}


def post(url: str, words: str = "Hello", path: str = "/chat/completions", **more: Any) -> httpx.Response:
    """What is answered to a request of one message."""
    return httpx.post(f"{url}{path}", json=body(words, **more), trust_env=False, timeout=10, verify=False)


def stats(url: str) -> Any:
    """What the server counted."""
    return httpx.get(url.removesuffix("/v1") + "/stats", trust_env=False, verify=False).json()
