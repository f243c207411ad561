"""CPU per HTTP turn of a model's seat, beside the same seat over the SDK's own chat.completions.create.

A turn is `ModelAgent.reply` with a history of so many turns: the messages that are there are arranged and hashed, sent
in the dialect `text` over one connection kept open to a server in a process of its own, which answers every question
alike, and the answer is received, read and parsed. Only the call itself differs: Arena's client, or `create`. Measured
is the CPU of this process, user and system. Runs of both are interleaved; the ratio is the median over pairs. Standard
output: {"10": {"arena": microseconds a turn, "create": ..., "ratio": ...}, ...}.

usage: client.py [--pairs N] [--turns N ...]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from statistics import median
from time import process_time
from typing import Any

from aiohttp import web
from msgspec import Struct
from openai import AsyncOpenAI, DefaultAioHttpClient

from arena.agents.model import ModelAgent
from arena.core.usage import Usage
from arena.core.view import Allowance, Ask, Reach, Seen, View, World
from arena.models.answer import Answer
from arena.models.client import Client
from arena.models.endpoint import Endpoint
from arena.models.heard import Heard
from arena.models.messages import ChatMessage, as_sent
from arena.models.window import Window

CALLS = 40  # of one kind in a run
VIEW = View(0, ("Ann", "Bob"), Seen(), World(None, None), lambda: ())
ASK = Ask(0, "speak", 0, (), (), (), Reach(True, (1,)), Allowance())
TOLD = "Round 3. Brass Band offers {...}. You have 4 messages left; what is legal stands in the schema below. " * 4
SAID = '{"messages": [{"to": "all", "text": "I would like us to settle it this way."}], "move": null, "notes": null}'
COMPLETION = {
    "id": "c",
    "object": "chat.completion",
    "created": 1,
    "model": "m",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": SAID}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 9000, "completion_tokens": 40, "total_tokens": 9040},
}


class Line(Struct, frozen=True):
    """A message of the history."""

    role: str
    content: str


def history(turns: int) -> list[Line]:
    """A system message, so many turns, and what is asked now."""
    lines = [Line("system", TOLD * 8)]
    for turn in range(turns):
        lines += [Line("user", f"{turn}: {TOLD}"), Line("assistant", SAID)]
    return [*lines, Line("user", TOLD)]


def serve(pipe: Connection) -> None:
    """Answer every question alike, in a process of its own."""
    body = json.dumps(COMPLETION).encode()

    async def handle(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(body=body, content_type="application/json")

    async def main() -> None:
        app = web.Application(client_max_size=1 << 26)
        app.router.add_post("/v1/chat/completions", handle)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        pipe.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(main())


class Created:
    """The same endpoint, asked by `chat.completions.create`."""

    def __init__(self, sdk: AsyncOpenAI, endpoint: Endpoint) -> None:
        self._sdk = sdk
        self.endpoint, self.window = endpoint, Window(endpoint)

    async def complete(self, messages: Sequence[ChatMessage], pieces: Mapping[str, Any], match: str) -> Answer:
        said = await self._sdk.chat.completions.create(model="m", messages=as_sent(messages))  # type: ignore[arg-type]
        prompt = said.usage.prompt_tokens if said.usage else 0
        return Answer(Heard(said.choices[0].message.content or ""), Usage(prompt))


class Told(Struct, frozen=True):
    """Prompts that are there already."""

    lines: list[Line]

    def messages(self, view: View, ask: Ask) -> list[Line]:
        return self.lines


async def cpu(agent: ModelAgent) -> float:
    """Microseconds of CPU a turn."""
    await agent.reply(VIEW, ASK)  # the connection is made
    start = process_time()
    for _ in range(CALLS):
        await agent.reply(VIEW, ASK)
    return (process_time() - start) / CALLS * 1e6


async def measure(base_url: str, turns: int, pairs: int) -> dict[str, float]:
    """Medians over so many interleaved pairs of runs."""
    told, endpoint = Told(history(turns)), Endpoint("m", base_url)
    ours, theirs = list[float](), list[float]()
    async with (
        Client(endpoint, {}) as client,
        AsyncOpenAI(api_key="none", base_url=base_url, max_retries=0, http_client=DefaultAioHttpClient()) as sdk,
    ):
        agents = [ModelAgent(model, told, None, None) for model in (client, Created(sdk, endpoint))]
        for _ in range(pairs):
            ours.append(await cpu(agents[0]))
            theirs.append(await cpu(agents[1]))
    ratio = median(a / b for a, b in zip(ours, theirs, strict=True))
    return {"arena": round(median(ours)), "create": round(median(theirs)), "ratio": round(ratio, 4)}


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--turns", type=int, nargs="+", default=[1, 10, 100])
    options = parser.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    base_url = f"http://127.0.0.1:{here.recv()}/v1"
    print(json.dumps({str(n): asyncio.run(measure(base_url, n, options.pairs)) for n in options.turns}, indent=2))
    server.terminate()


if __name__ == "__main__":
    main()
