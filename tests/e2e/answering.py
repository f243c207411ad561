"""A server that answers as a function of the test says, in a thread of its own."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.e2e.front import Asked

Answer = Callable[[Asked], tuple[int, dict[str, Any]]]


class Answering:
    """What was asked so far, in the order in which it came."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.base_url = ""


@contextmanager
def answering(answer: Answer) -> Iterator[Answering]:
    """A server as long as the block; its `base_url` ends in /v1."""
    served = Answering()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = Asked(self.requestline, {n.lower(): v for n, v in self.headers.items()}, body)
            served.asked.append(asked)
            status, said = answer(asked)
            encoded = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(encoded)))
            self.end_headers()
            self.wfile.write(encoded)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    served.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def completion(said: str, **message: Any) -> dict[str, Any]:
    """A chat completion with this text."""
    whole = {"role": "assistant", "content": said, **message}
    return {"choices": [{"index": 0, "message": whole, "finish_reason": "stop"}], "usage": {"prompt_tokens": 9}}
