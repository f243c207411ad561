"""A server that stands in front of the mock one: it writes down what it is asked, passes it on, or fails to order."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

PATIENCE = 30.0  # seconds


class Asked(Struct, frozen=True):
    """A request as it arrived, to the byte."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def all(self) -> bytes:
        """Everything that was sent."""
        head = "\r\n".join([self.line, *(f"{name}: {value}" for name, value in self.headers.items())])
        return head.encode() + b"\r\n\r\n" + self.body

    @property
    def messages(self) -> list[dict[str, str]]:
        """The messages of a chat."""
        found: list[dict[str, str]] = json.loads(self.body)["messages"]
        return found


class Front:
    """What was asked so far. `healthy`: so many more calls are passed on, then all fail with status 500; None: all.

    `context`: the tokens that a prompt may have, counted as the mock server counts them; one that has more is refused
    in the words of `refusal`, which may name `context` and `prompt`. `says`: answers in place of the server behind.
    """

    def __init__(self, behind: str) -> None:
        self.behind, self.base_url = urlsplit(behind), ""
        self.asked: list[Asked] = []
        self.healthy: int | None = None
        self.context: int | None = None
        self.refusal = "prompt is too long: {prompt} tokens > {context} maximum"
        self.refused = 0
        self.says: Callable[[str], str] | None = None
        self._lock = threading.Lock()

    def answer(self, path: str, asked: Asked) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        with self._lock:
            self.asked.append(asked)
            if self.healthy is not None:
                self.healthy -= 1
            if self.healthy is not None and self.healthy < 0:
                return 500, json.dumps({"error": {"message": "the model crashed", "code": None}}).encode()
            prompt = -(-sum(len(message["content"]) for message in asked.messages) // 4)
            if self.context is not None and prompt > self.context:
                self.refused += 1
                said = self.refusal.format(context=self.context, prompt=prompt)
                return 400, json.dumps({"error": {"message": said, "code": "context_length_exceeded"}}).encode()
            if self.says is not None:
                return 200, completion(self.says(asked.messages[-1]["content"]), prompt)
        request = urllib.request.Request(
            f"http://{self.behind.netloc}{path}", asked.body, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                return int(response.status), response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


def completion(said: str, prompt: int) -> bytes:
    """A chat completion that says this, to a prompt of so many tokens."""
    choice = {"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": "stop"}
    usage = {"prompt_tokens": prompt, "completion_tokens": len(said) // 4}
    return json.dumps({"choices": [choice], "usage": usage}).encode()


@contextmanager
def front(behind: str) -> Iterator[Front]:
    """A front to the server at this base URL, as long as the block; its own `base_url` ends in /v1."""
    served = Front(behind)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, said = served.answer(self.path, Asked(self.requestline, dict(self.headers.items()), body))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

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
