"""Wall time over ideal of many matches at once, and the memory of a live match: the real client over real HTTP.

Two seats, ten rounds: twenty calls a match, each answered after a fixed latency by a server in a process of its own
that does nothing else. Beside it, in the same run, a bare asyncio loop makes the same calls (as many tasks as matches,
the bodies that a match sent, aiohttp): what the machine could do. Both take turns; the figures are medians. The ideal
is latency times calls. Each instance is played four times, as in a comparison of four. CPU is that of the run alone,
without loading Arena. Memory is the peak of the process with all matches alive, and what each match beyond the first
tenth of them added to it.

usage: concurrency.py [--runs N] [MATCHES:SECONDS ...]     by default 100:0.05 1000:1
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

ROUNDS = 10
CALLS = 2 * ROUNDS
REPEATS = 4
REPLY = {"messages": [{"to": "all", "text": "What would you need from me to agree? " * 4}], "move": None}
ANSWER = {
    "id": "x",
    "object": "chat.completion",
    "created": 0,
    "model": "m",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": json.dumps(REPLY)}}],
    "usage": {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940},
}


class Answering(asyncio.Protocol):
    """An endpoint that answers every request alike, after a while; notes down bodies if asked to."""

    body = json.dumps(ANSWER).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)

    def __init__(self, seconds: float, bodies: list[bytes] | None) -> None:
        self._seconds, self._bodies, self._waiting = seconds, bodies, b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        head, end, rest = self._waiting.partition(b"\r\n\r\n")
        if not end:
            return
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        if len(rest) < length:
            return
        if self._bodies is not None:
            self._bodies.append(rest[:length])
        self._waiting = rest[length:]
        asyncio.get_running_loop().call_later(self._seconds, self._transport.write, self.head + self.body)


async def serve(seconds: float, bodies: list[bytes] | None = None) -> asyncio.Server:
    """The endpoint, on a free port."""
    return await asyncio.get_running_loop().create_server(
        lambda: Answering(seconds, bodies), "127.0.0.1", 0, backlog=4096
    )


def settings(url: str, matches: int, seed: int = 0) -> dict[str, Any]:
    """A configuration of so many matches of two models, four to an instance."""
    agent = {"model": "openai-api/bench/m", "base_url": url}
    scenario = {"use": "bargain", "params": {"seats": 2, "rounds": ROUNDS}, "instances": -(-matches // REPEATS)}
    return {"agents": {"a": agent}, "design": "self_play", "scenarios": [scenario], "seed": seed, "repeats": REPEATS}


def play(url: str, matches: int, seed: int) -> tuple[float, float]:
    """Seconds of a run, of wall and of CPU: planned, dealt, played, written, graded."""
    from arena.cli.live import Quiet
    from arena.configs.load import shape
    from arena.configs.resolve import resolve
    from arena.models.clients import Calling
    from arena.runs.run import run

    resolved = resolve(shape(settings(url, matches, seed), "benchmark"), Path())
    with tempfile.TemporaryDirectory() as folder:
        began, cpu = time.perf_counter(), time.process_time()
        result = run(resolved, Path(folder), Quiet(), matches, Calling(connections=matches))
        took = time.perf_counter() - began, time.process_time() - cpu
    if (result.tally.ended, result.tally.void) != (matches, 0):
        raise SystemExit(f"{result.tally.void} of {matches} matches are void: {result.tally.voids[:1]}")
    return took


def bare(url: str, matches: int, bodies: list[bytes]) -> tuple[float, float]:
    """Seconds of the same calls and nothing else, of wall and of CPU."""
    import aiohttp

    async def one(session: aiohttp.ClientSession) -> None:
        for body in bodies:
            async with session.post(
                f"{url}/chat/completions", data=body, headers={"Content-Type": "application/json"}
            ) as answer:
                await answer.json()

    async def main() -> tuple[float, float]:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            began, cpu = time.perf_counter(), time.process_time()
            await asyncio.gather(*[one(session) for _ in range(matches)])
            return time.perf_counter() - began, time.process_time() - cpu

    return asyncio.run(main())


def sent() -> list[bytes]:
    """The bodies that one match sends, in order."""
    bodies: list[bytes] = []

    async def main() -> None:
        server = await serve(0.0, bodies)
        port = server.sockets[0].getsockname()[1]
        await asyncio.to_thread(_child, "play", f"http://127.0.0.1:{port}/v1", 1, 0)
        server.close()

    asyncio.run(main())
    if len(bodies) != 2 * CALLS:  # one match to load what is needed, and one more
        raise SystemExit(f"two matches made {len(bodies)} calls, not {2 * CALLS}")
    return bodies[CALLS:]


@contextmanager
def endpoint(seconds: float) -> Iterator[str]:
    """The endpoint as a process."""
    with subprocess.Popen(
        [sys.executable, __file__, "--serve", str(seconds)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def _child(what: str, url: str, matches: int, seed: int, bodies: list[bytes] | None = None) -> dict[str, float]:
    """`play` or `bare` in a process of its own: its wall seconds and its peak memory in MiB."""
    told = json.dumps([what, url, matches, seed, [body.decode() for body in bodies or []]])
    ran = subprocess.run([sys.executable, __file__, "--child"], input=told, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(ran.stderr)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def child() -> None:
    """What `_child` asks for on stdin."""
    what, url, matches, seed, bodies = json.load(sys.stdin)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if what == "play":
        play(url, 1, seed + 1_000_000)  # what is loaded on first use
    wall, cpu = play(url, matches, seed) if what == "play" else bare(url, matches, [body.encode() for body in bodies])
    unit = 2**20 if sys.platform == "darwin" else 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak}))


def measure(matches: int, seconds: float, runs: int, bodies: list[bytes]) -> None:
    """Print the figures of so many matches at once."""
    ideal = seconds * CALLS
    with endpoint(seconds) as url:
        few = _child("play", url, max(matches // 10, 1), 0)
        pairs = [(_child("play", url, matches, run), _child("bare", url, matches, 0, bodies)) for run in range(runs)]
    ours, theirs = (median(pair[k]["wall"] for pair in pairs) for k in (0, 1))
    ratio = median(mine["wall"] / its["wall"] for mine, its in pairs)
    peak = median(mine["peak"] for mine, _ in pairs)
    each = (peak - few["peak"]) * 1024 / (matches - max(matches // 10, 1))
    cpu, its = (median(pair[k]["cpu"] for pair in pairs) / matches / CALLS * 1000 for k in (0, 1))
    print(f"{matches} matches x {seconds:g} s: ideal {ideal:.2f} s, bare {theirs:.2f} s, ours {ours:.2f} s")
    print(f"  over ideal {ours / ideal:.2f}, over bare {ratio:.2f}; {cpu:.2f} ms of CPU a call, bare {its:.2f}")
    print(f"  peak {peak:.0f} MiB, {each:.0f} KiB for each match more", flush=True)


async def forever(seconds: float) -> None:
    server = await serve(seconds)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", default=["100:0.05", "1000:1"], metavar="MATCHES:SECONDS")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--serve", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child()
    elif asked.serve is not None:
        asyncio.run(forever(asked.serve))
    else:
        bodies = sent()
        for size in asked.sizes:
            matches, _, seconds = size.partition(":")
            measure(int(matches), float(seconds), asked.runs, bodies)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
