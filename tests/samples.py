"""The sample transcripts: small matches that the tests and the documentation use.

`python -m tests.samples` plays them all again and writes them where they stand; `python -m tests.samples NAME ...` some
of them. Without a clock, every time offset is 0; the sample with models asks a mock server of its own.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest import mock

from msgspec import Struct
from msgspec.structs import replace

from arena import assets
from arena.configs.load import shape
from arena.configs.resolve import resolve
from arena.core.table import blank
from arena.match import play
from arena.models.clients import Clients
from arena.planning.plan import header, plan
from arena.planning.seatable import unseatable
from arena.runs.seating import seat_agents
from arena.transcripts.header import Header
from arena.transcripts.log import Log
from tests.mock_server import serve

MODEL = {"model": "openai-api/mock/mock", "dialect": "text", "max_retries": 0}


class Sample(Struct, frozen=True):
    """A match to be played: who sits where (a policy's name, or `model`), the scenario's parameters, the meeting."""

    seats: tuple[str, ...]
    seed: int
    params: Mapping[str, Any]
    protocol: Mapping[str, Any] = {}

    @property
    def models(self) -> bool:
        """Whether a server has to be asked."""
        return "model" in self.seats


SAMPLES: dict[str, Sample] = {
    "planners-agree": Sample(("planner",) * 3, 1, {"issues": 3, "options": 3}),
    "concession": Sample(("conceder", "boulware", "planner"), 3, {"issues": 3, "options": 4, "rounds": 8}),
    "sports-resort": Sample(("planner", *("conceder",) * 5), 2, {"game": "sports-resort", "rounds": 6}),
    "no-deal": Sample(("hardliner", "hardliner"), 4, {"issues": 3, "options": 3, "rounds": 3, "conflict": 0.9}),
    "refusals": Sample(
        ("leaker", "garbage", "conceder"),
        5,
        {"issues": 3, "options": 3, "rounds": 3, "acceptance": "majority", "goals": 2},
        {"channel": "whispers", "limits": {"characters": 400, "messages": 6}},
    ),
    "alternating-offers": Sample(
        ("conceder", "conceder"),
        7,
        {"issues": 3, "options": 3, "rounds": 8, "discount": 0.9},
        {"turns": "alternating_offers"},
    ),
    "items": Sample(
        ("planner", "tit-for-tat"), 7, {"form": "items", "issues": 3, "units": 3, "rounds": 6, "setting": "expedition"}
    ),
    "models": Sample(("model",) * 3, 2, {"issues": 3, "options": 3, "rounds": 3, "acceptance": "majority"}),
}


def header_of(name: str) -> Header:
    """The first line of a sample, dealt anew."""
    sample = SAMPLES[name]
    agents = {seat: MODEL if seat == "model" else {"scripted": seat} for seat in sample.seats}
    params = dict(sample.params) if "game" in sample.params else {"seats": len(sample.seats), **sample.params}
    config = {
        "name": name,
        "agents": agents,
        "seating": list(sample.seats),
        "scenarios": [{"use": "bargain", "params": params, "protocol": dict(sample.protocol)}],
        "seed": sample.seed,
    }
    shaped = shape(config, name)
    resolved = resolve(shaped, Path(), name, unseatable(shaped, Path()))
    return replace(header(resolved, next(plan(resolved))), id=name)


def write(made: Header, path: Path) -> None:
    """Play a match to its end into a transcript in which no time passes."""

    async def match() -> None:
        async with Clients() as clients:
            game = made.game()
            with closing(Log.create(path, made, lambda: 0)) as log:
                await play(blank(game), made.meeting, seat_agents(made, game, clients), log)

    asyncio.run(match())


def place(name: str) -> Path:
    """Where a sample stands."""
    return assets.root("samples") / f"{name}.jsonl"


def main(names: Iterable[str]) -> None:
    """Play these samples again, and put them in the place of what stands there."""
    for name in names:
        fresh = place(name).with_suffix(".new")
        fresh.unlink(missing_ok=True)
        if SAMPLES[name].models:
            with serve(seed=8) as base_url, mock.patch.dict(os.environ, MOCK_BASE_URL=base_url):
                write(header_of(name), fresh)
        else:
            write(header_of(name), fresh)
        fresh.replace(place(name))
        print(f"{place(name).stat().st_size:7,d} bytes  {name}")


if __name__ == "__main__":
    main(sys.argv[1:] or SAMPLES)
