"""The plan of a run: which matches it is made of. Pure: the same configuration gives the same plan."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import msgspec
from msgspec import Struct

from arena.configs.resolve import Entry, Resolved
from arena.core.draw import Draw
from arena.core.events import address
from arena.core.table import Game, blank, evolve
from arena.core.task import Task
from arena.errors import ConfigError, Mistake
from arena.moderators.agenda import opening
from arena.moderators.fit import check_fit
from arena.transcripts.header import SCHEMA, Header, Sitter


class Planned(Struct, frozen=True):
    """A match to be played. `entry` indexes the scenarios of the configuration; `seating` names an agent a seat."""

    id: str
    entry: int
    seed: int
    repeat: int


def plan(resolved: Resolved, limit: int | None = None) -> Iterator[Planned]:
    """Every match of a run, in order: scenario, seed, repeat; the first `limit` of them."""
    count = 0
    for index, entry in enumerate(resolved.entries):
        for seed in range(resolved.config.seed, resolved.config.seed + entry.instances):
            for repeat in range(resolved.config.repeats):
                if limit is not None and count >= limit:
                    return
                count += 1
                yield Planned(f"{index:02d}-{entry.scenario.name}-{seed:04d}-{repeat}", index, seed, repeat)


def sitters(resolved: Resolved, seats: int) -> tuple[Sitter, ...]:
    """Who sits where. Raises ConfigError where the agents do not fit the seats."""
    names = resolved.seating
    if names is None:
        names = tuple(resolved.config.agents) * seats
    if len(names) != seats:
        raise ConfigError(
            [
                Mistake(
                    "seating",
                    f"{len(names)} agents ({', '.join(names)}) for {seats} seats",
                    "name one agent a seat under `seating:`, or use `design: self_play` with one agent",
                )
            ]
        )
    return tuple(_sitter(resolved, name) for name in names)


def _sitter(resolved: Resolved, name: str) -> Sitter:
    agent = resolved.config.agents[name]
    settings: dict[str, Any] = agent.model_dump(exclude_none=True)
    if agent.kind == "script":
        settings["replies"] = resolved.scripts[name]
    return Sitter(name, agent.kind, settings)


def deal(entry: Entry, seed: int, salt: str) -> Game:
    """The dealt game of a seed, fit for its meeting. Raises BadParams and Unfit."""
    root = Draw.root(seed, salt)
    task: Task = entry.scenario.deal(entry.params, root.at("deal"))
    game = Game(entry.scenario, task, root, tuple(range(len(task.seats))))
    check_fit(entry.meeting, game)
    return game


def header(resolved: Resolved, match: Planned, prompts: dict[str, str]) -> Header:
    """The first line of a match's transcript, its certificate included."""
    entry = resolved.entries[match.entry]
    game = deal(entry, match.seed, resolved.config.salt)
    opened = evolve(blank(game), address(opening(blank(game)).events, game.everyone))
    return Header(
        schema=SCHEMA,
        id=match.id,
        scenario=entry.use,
        params=entry.plain,
        seed=match.seed,
        key=game.draw.key.hex(),
        task=msgspec.Raw(msgspec.json.encode(game.task)),
        reference=entry.scenario.solve(opened.world),
        meeting=entry.meeting,
        sitters=sitters(resolved, len(game.everyone)),
        repeat=match.repeat,
        prompts=prompts,
        versions={"arena": version("coordination-arena")},
    )
