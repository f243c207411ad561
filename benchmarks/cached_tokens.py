"""The share of a match's input tokens, after each seat's first turn, that a provider's prefix cache already knows.

Two model seats with recorded replies play a match of 40 turns (`prompt_bytes`); every request goes through Arena's own
client, over HTTP, to `arena serve-mock` in a process of its own, which counts the tokens and those that its prefix
cache holds. The share must be at least 0.9. Standard output: one line; with --json {"turns": 40, "share": share}.

usage: cached_tokens.py [--turns N] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct

from arena.core.usage import Usage
from arena.models.client import Client
from arena.models.endpoint import Endpoint

if not __package__:  # run as a script: `python benchmarks/cached_tokens.py`
    from prompt_bytes import Sent, requests
else:
    from benchmarks.prompt_bytes import Sent, requests

TURNS = 40
LEAST = 0.9


class Line(Struct, frozen=True):
    """A message."""

    role: str
    content: str


async def usages(base_url: str, sent: Sequence[Sequence[Sent]]) -> list[list[Usage]]:
    """What each seat's requests are counted as, sent turn by turn."""
    found: list[list[Usage]] = [[] for _ in sent]
    async with Client(Endpoint("mock", base_url), {}) as client:
        for nth in range(len(sent[0])):
            for seat, those in enumerate(sent):
                lines = [Line(message["role"], message["content"]) for message in those[nth].messages]
                found[seat].append((await client.complete(lines, {})).usage)
    return found


def share(found: Sequence[Sequence[Usage]]) -> float:
    """Cached tokens over all tokens of the prompts, each seat's first left out."""
    later = [usage for seat in found for usage in seat[1:]]
    return sum(usage.cached for usage in later) / sum(usage.prompt for usage in later)


@contextmanager
def served() -> Iterator[str]:
    """The address of a mock server, as long as the block."""
    command = [sys.executable, "-m", "arena", "serve-mock", "--port", "0", "--quiet", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield json.loads(server.stdout.readline())["base_url"]
        finally:
            server.terminate()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    sent = requests(asked.turns)
    with served() as base_url:
        found = share(asyncio.run(usages(base_url, sent)))
    if asked.as_json:
        print(json.dumps({"turns": asked.turns, "share": round(found, 4)}))
    else:
        print(f"{asked.turns} turns: {found:.2%} of the input tokens after the first turn are cached (at least 90%)")
    return 0 if found >= LEAST or asked.turns != TURNS else 1


if __name__ == "__main__":
    raise SystemExit(main())
