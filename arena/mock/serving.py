"""The mock server's life: bind, announce, serve until a signal, close."""

import asyncio
import errno
import ipaddress
import os
import signal
from collections.abc import Callable

from aiohttp import web

from arena.errors import UsageError
from arena.mock.app import MockServer

# Calls still held back by the latency are given this long when the server is told to stop.
GRACE_SECONDS = 1.0
PORT_ERRORS = frozenset({errno.EADDRINUSE, errno.EACCES})


async def serve(server: MockServer, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve on `host` and `port` (0: any free one) until SIGINT or SIGTERM, then close every connection.

    `announce` is given the base URL, such as http://127.0.0.1:8000/v1, once the server accepts connections and its
    signal handlers stand. Raises UsageError where the address cannot be bound.
    """
    # Cancelled with the connection: a call that is held back or hangs ends when whoever made it leaves.
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=GRACE_SECONDS, handler_cancellation=True)
    await runner.setup()
    try:
        await _bind(runner, host, port)
        stopped = _stopped_by_signal()
        announce(_base_url(runner))
        await stopped.wait()
    finally:
        await runner.cleanup()


async def _bind(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as e:
        # asyncio wraps the system's words in its own, which name the address once more.
        why = str(e) if e.errno is None or e.errno not in errno.errorcode else os.strerror(e.errno)
        hint = "--port 0 takes a free one" if e.errno in PORT_ERRORS else "--host takes an address of this machine"
        raise UsageError(f"cannot listen on {host}:{port}: {why}; {hint}") from e


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`; False for a name other than localhost, which might be anywhere."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _stopped_by_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    return stopped


def _base_url(runner: web.AppRunner) -> str:
    # The bound address and not the name that was given: localhost at port 0 is two sockets with two ports.
    host, port = runner.addresses[0][:2]
    return f"http://[{host}]:{port}/v1" if ":" in host else f"http://{host}:{port}/v1"
