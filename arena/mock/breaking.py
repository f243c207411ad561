"""HTTP answers that break: the connection is reset, hangs, or ends in the middle."""

import asyncio
import socket
import struct

from aiohttp import web

NO_LINGER = struct.pack("ii", 1, 0)


def reset(request: web.Request) -> web.Response:
    """Close the connection so that the other side is told that it was reset; what is returned goes nowhere."""
    transport = request.transport
    if transport is not None:
        held = transport.get_extra_info("socket")
        if held is not None:
            # Closing a socket that lingers for no time sends RST in place of FIN (socket(7), SO_LINGER).
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
        transport.abort()
    return web.Response()


async def hang() -> web.Response:
    """Never answer; ends when whoever asked leaves, or when the server stops."""
    await asyncio.Event().wait()
    raise AssertionError("nothing sets this event")


async def cut(request: web.Request, body: bytes) -> web.StreamResponse:
    """Announce the whole of a body, send half of it, and close the connection."""
    response = web.StreamResponse(headers={"Content-Type": "application/json; charset=utf-8"})
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(half(body))
    if request.transport is not None:
        request.transport.close()
    return response


def half(body: bytes) -> bytes:
    """The first half of a body; no JSON, where the whole is an object."""
    return body[: len(body) // 2]


def broken_off(request: web.Request) -> bool:
    """Whether the connection of a request is no more, so that nothing reaches whoever asked."""
    return request.transport is None or request.transport.is_closing()
