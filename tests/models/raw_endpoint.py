"""A server that answers every request with the same bytes, HTTP or not, and hangs up."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Raw:
    """What it says, and what it was asked, each to the byte."""

    def __init__(self, says: bytes) -> None:
        self.says = says
        self.asked: list[bytes] = []
        self.base_url = ""

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            self.asked.append(head + (await reader.readexactly(int(length[1])) if length is not None else b""))
            writer.write(self.says)
            await writer.drain()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


@asynccontextmanager
async def raw(says: bytes) -> AsyncIterator[Raw]:
    """As long as the block; its `base_url` ends in /v1."""
    served = Raw(says)
    server = await asyncio.start_server(served.handle, "127.0.0.1", 0)
    served.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield served
    finally:
        server.close()
        await server.wait_closed()


def http(body: bytes = b"{}", status: str = "200 OK", **headers: str) -> bytes:
    """A response after which the connection is closed; underscores in header names stand for dashes."""
    named = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\nConnection: close\r\n{head}\r\n".encode("latin-1") + body
