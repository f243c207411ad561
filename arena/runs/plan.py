"""The plan of a run: which matches it is made of. Pure: the same configuration gives the same plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from arena.configs.resolve import Entry, Resolved, convert_params
from arena.core.draw import Draw
from arena.core.events import address
from arena.core.game import Game
from arena.core.table import blank, evolve
from arena.core.task import Reference, Task
from arena.errors import BadParams, ConfigError, Mistake, TooLarge, Unfit
from arena.moderators.agenda import opening
from arena.moderators.fit import check_fit
from arena.moderators.playout import certify
from arena.prompting import Prompter
from arena.runs.prices import priced
from arena.transcripts.header import SCHEMA, Header, Sitter

R = TypeVar("R")


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
        family = re.sub(r"[^\w.-]", "_", entry.scenario.name)  # it becomes part of a file's name
        for seed in range(resolved.config.seed, resolved.config.seed + entry.instances):
            for repeat in range(resolved.config.repeats):
                if limit is not None and count >= limit:
                    return
                count += 1
                yield Planned(f"{index:02d}-{family}-{seed:04d}-{repeat}", index, seed, repeat)


def each(resolved: Resolved, planned: Iterable[Planned], make: Callable[[Resolved, Planned], R]) -> list[R]:
    """What `make` gives for every match of a plan.

    Raises ConfigError with all that speaks against them: the first mistake of each scenario in the configuration.
    """
    made: list[R] = []
    found: dict[int, tuple[Mistake, ...]] = {}
    for match in planned:
        if match.entry in found:
            continue
        try:
            made.append(make(resolved, match))
        except ConfigError as error:
            found[match.entry] = error.mistakes
        except (BadParams, Unfit, TooLarge) as error:
            where, what = f"scenarios[{match.entry}]", f"seed {match.seed}: {error}"
            found[match.entry] = (Mistake(where, what, "change its params or its protocol"),)
    if found:
        raise ConfigError(
            dict.fromkeys(mistake for mistakes in found.values() for mistake in mistakes), resolved.source
        )
    return made


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
    return tuple(sitter(resolved, name) for name in names)


def sitter(resolved: Resolved, name: str) -> Sitter:
    """An agent of the configuration as a transcript's header names it."""
    agent = resolved.config.agents[name]
    settings: dict[str, Any] = agent.model_dump(exclude_none=True)
    if agent.kind == "script":
        settings = {"replies": resolved.scripts[name]}
    if agent.kind == "model" and agent.cache is None and resolved.config.cache:
        settings["cache"] = True
    return priced(Sitter(name, agent.kind, settings))


def deal(entry: Entry, seed: int, salt: str) -> Game:
    """The dealt game of a seed, fit for its meeting. Raises BadParams and Unfit."""
    root = Draw.root(seed, salt)
    task: Task = entry.scenario.deal(entry.params, root.at("deal"))
    game = Game(entry.scenario, task, root, tuple(range(len(task.seats))))
    check_fit(entry.meeting, game)
    return game


def certificate(game: Game) -> Reference:
    """The optimum and the floors of a dealt game, before anyone has spoken."""
    opened = evolve(blank(game), address(opening(blank(game)).events, game.everyone))
    return certify(opened)


def dealt(header: Header) -> tuple[Task, Reference]:
    """The task and the certificate that a header's seed and parameters give. Raises UsageError."""
    scenario = header.game().scenario
    found: list[Mistake] = []
    params = convert_params(scenario, header.params, "params", found)
    if found:
        raise ConfigError(found, "the header")
    root = Draw(bytes.fromhex(header.key))
    task: Task = scenario.deal(params, root.at("deal"))
    return task, certificate(Game(scenario, task, root, tuple(range(len(task.seats)))))


def header(resolved: Resolved, match: Planned) -> Header:
    """The first line of a match's transcript, its certificate included. Raises UsageError."""
    entry = resolved.entries[match.entry]
    game = deal(entry, match.seed, resolved.config.salt)
    seated = sitters(resolved, len(game.everyone))
    models = any(sitter.kind == "model" for sitter in seated)
    return Header(
        schema=SCHEMA,
        id=match.id,
        scenario=entry.use,
        params=dict(sorted(entry.plain.items())),  # as they are, whatever the order they were written in
        seed=match.seed,
        key=game.draw.key.hex(),
        task=msgspec.Raw(msgspec.json.encode(game.task)),
        reference=certificate(game),
        meeting=entry.meeting,
        sitters=seated,
        repeat=match.repeat,
        prompts=Prompter(entry.scenario.name, entry.meeting).hashes() if models else {},
        versions={"arena": version("coordination-arena")},
    )


class Preview(Struct, frozen=True):
    """What a planned match will be: its seats, who sits there, its rounds, the optimum, and the most replies it can
    ask.

    `calls` leaves out bids and answers that are refused; None where the game has no deadline.
    """

    id: str
    seed: int
    seats: int
    seating: tuple[str, ...]
    rounds: int | None
    calls: int | None
    optimum: float


def preview(resolved: Resolved, match: Planned) -> Preview:
    """Deal a match and say what it will be. Raises UsageError where it cannot be played."""
    entry = resolved.entries[match.entry]
    game = deal(entry, match.seed, resolved.config.salt)
    seats = len(game.everyone)
    names = tuple(sitter.name for sitter in sitters(resolved, seats))
    caps = [r for r in (game.task.rounds, entry.meeting.limits.rounds) if r is not None]
    rounds = min(caps, default=None)
    calls = None if rounds is None else sum(entry.meeting.most(phase, seats, rounds) for phase in game.task.agenda)
    return Preview(match.id, match.seed, seats, names, rounds, calls, certificate(game).best)
