"""The plan of a run: which matches it is made of. Pure: the same configuration gives the same plan.

A *block* is a scenario, a seed and a rotation; every team plays the same blocks, so that what is compared met the same
instances in the same seats. A plan goes scenario by scenario, seed by seed, block by block, team by team, repeat by
repeat: any prefix of it has as good as all teams on the same blocks. It is made as it is read, and never held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import blake2b
from importlib import metadata
from itertools import islice
from typing import Any, TypeVar

from msgspec import Struct

from arena.configs.resolve import Resolved
from arena.errors import BadParams, ConfigError, Mistake, TooLarge, Unfit
from arena.moderators.perturbations import Newcomer
from arena.planning.designs import Seating, fit, seatings
from arena.planning.instances import Instances, deal
from arena.planning.prices import priced
from arena.transcripts.header import SCHEMA, Header, Sitter

R = TypeVar("R")
LONGEST = 100  # characters of a match's id that may name who sits where; above that, a digest does
UNDEALT = (BadParams, Unfit, TooLarge)


class Planned(Struct, frozen=True):
    """A match to be played. `entry` indexes the scenarios of the configuration; `seating` names an agent a seat."""

    id: str
    entry: int
    seed: int
    repeat: int
    block: str = ""
    rotation: int = 0
    seating: tuple[str, ...] = ()


def plan(resolved: Resolved, limit: int | None = None) -> Iterator[Planned]:
    """Every match of a run, in order; the first `limit` of them.

    Raises ConfigError, BadParams, Unfit and TooLarge where a scenario cannot be dealt or its seats not be taken;
    `survey` tells all of that at once.
    """
    return islice(_all(resolved), limit)


def _all(resolved: Resolved) -> Iterator[Planned]:
    for index, entry in enumerate(resolved.entries):
        seated = seatings(resolved.casting, seats_of(resolved, index))
        for seed in range(entry.seed, entry.seed + entry.instances):
            yield from _instance(resolved, index, seed, seated)


def _instance(resolved: Resolved, index: int, seed: int, seated: tuple[Seating, ...]) -> Iterator[Planned]:
    """The matches of one instance."""
    family = re.sub(r"[^\w.-]", "_", resolved.entries[index].scenario.name)  # it becomes part of a file's name
    instance = f"{index:02d}-{family}-{seed:04d}"
    for each in seated:
        name = instance if len(seated) == 1 else f"{instance}-{_label(each.agents)}"
        block = f"{instance}-r{each.rotation}"
        for repeat in range(resolved.config.repeats):
            yield Planned(f"{name}-{repeat}", index, seed, repeat, block, each.rotation, each.agents)


def _label(team: tuple[str, ...]) -> str:
    """Who sits where, as part of a file's name: `+` stands in no agent's name."""
    text = team[0] if len(set(team)) == 1 else "+".join(team)
    return text if len(text) <= LONGEST else f"+{blake2b(text.encode(), digest_size=8).hexdigest()}"


def count(resolved: Resolved, limit: int | None = None) -> int:
    """How many matches a plan has, without going through it."""
    matches = 0
    for index, entry in enumerate(resolved.entries):
        each = len(seatings(resolved.casting, seats_of(resolved, index)))
        matches += entry.instances * each * resolved.config.repeats
    return matches if limit is None else min(matches, limit)


def seats_of(resolved: Resolved, index: int) -> int:
    """How many seats the games of an entry have: as many as an explicit seating names, else those of its first."""
    if resolved.casting.design == "explicit":
        return len(resolved.casting.agents)
    entry = resolved.entries[index]
    return len(deal(entry, entry.seed, resolved.config.salt).everyone)


def survey(resolved: Resolved, make: Callable[[Resolved, Planned], R]) -> list[R]:
    """What `make` gives for matches of each scenario's first instance: as many as it takes to seat every agent once.

    Raises ConfigError with all that speaks against them: the first mistake of each scenario in the configuration.
    """
    made: list[R] = []
    found: list[Mistake] = []
    for index in range(len(resolved.entries)):
        try:
            made += [make(resolved, match) for match in _first(resolved, index)]
        except (ConfigError, *UNDEALT) as error:
            found += against(error, index, resolved.entries[index].seed)
    if found:
        raise ConfigError(dict.fromkeys(found), resolved.source)
    return made


def _first(resolved: Resolved, index: int) -> Iterator[Planned]:
    waiting = {*resolved.casting.agents, *resolved.casting.background}
    seated = seatings(resolved.casting, seats_of(resolved, index))
    for match in _instance(resolved, index, resolved.entries[index].seed, seated):
        if not waiting.isdisjoint(match.seating):
            yield match
        waiting -= set(match.seating)
        if not waiting:
            return


def against(error: Exception, index: int, seed: int) -> tuple[Mistake, ...]:
    if isinstance(error, ConfigError):
        return error.mistakes
    return (Mistake(f"scenarios[{index}]", f"seed {seed}: {error}", "change its params or its protocol"),)


def sitter(resolved: Resolved, name: str) -> Sitter:
    """An agent of the configuration as a transcript's header names it."""
    agent = resolved.config.agents[name]
    settings: dict[str, Any] = agent.model_dump(exclude_none=True)
    if agent.kind == "script":
        settings = {"replies": resolved.scripts[name]}
    if agent.kind == "model" and agent.cache is None and resolved.config.cache:
        settings["cache"] = True
    return priced(Sitter(name, agent.kind, settings))


def seated(resolved: Resolved, match: Planned, seats: int) -> tuple[str, ...]:
    """The agents of a match by seat. Raises ConfigError where they are not as many as the seats, or where one
    agent is to have every seat and there are several."""
    names = match.seating or resolved.casting.agents  # plans of the first version name nobody: all are explicit
    if len(names) != seats:
        fit(resolved.casting, seats)
        where, found = (
            f"scenarios[{match.entry}]",
            f"seed {match.seed}: {seats} seats, {len(names)} in its first instance",
        )
        raise ConfigError([Mistake(where, found, "play instances of one size in a scenario of their own")])
    if resolved.entries[match.entry].meeting.merged and len(set(names)) > 1:
        found = f"several agents ({', '.join(dict.fromkeys(names))}) with control: merged"
        raise ConfigError([Mistake("seating", found, "one agent has every seat: use `design: self_play`")])
    return names


def header(resolved: Resolved, match: Planned, instances: Instances | None = None) -> Header:
    """The first line of a match's transcript, its certificate included; instances that are at hand are not dealt again.

    Raises UsageError.
    """
    entry = resolved.entries[match.entry]
    known = instances if instances is not None else Instances(resolved)
    instance = known.of(match.entry, match.seed)
    names = seated(resolved, match, len(instance.game.everyone))
    sitters = tuple([sitter(resolved, name) for name in names])
    new = {e.seat: sitter(resolved, e.agent) for e in entry.meeting.perturb if isinstance(e, Newcomer)}
    return Header(
        schema=SCHEMA,
        id=match.id,
        scenario=entry.use,
        params=dict(sorted(entry.plain.items())),  # as they are, whatever the order they were written in
        seed=match.seed,
        key=instance.game.draw.key.hex(),
        task=instance.task,
        reference=instance.reference,
        meeting=entry.meeting,
        sitters=sitters,
        repeat=match.repeat,
        prompts=known.prompts(match.entry) if any(s.kind == "model" for s in (*sitters, *new.values())) else {},
        versions={"arena": _version()},
        block=match.block,
        newcomers=new,
    )


@cache
def _version() -> str:
    return metadata.version("coordination-arena")


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


def preview(resolved: Resolved, match: Planned, instances: Instances | None = None) -> Preview:
    """Deal a match and say what it will be. Raises UsageError where it cannot be played."""
    entry = resolved.entries[match.entry]
    instance = (instances if instances is not None else Instances(resolved)).of(match.entry, match.seed)
    game = instance.game
    names = seated(resolved, match, len(game.everyone))
    caps = [r for r in (game.task.rounds, entry.meeting.limits.rounds) if r is not None]
    rounds = min(caps, default=None)
    most = None if rounds is None else sum(entry.meeting.most(p, len(names), rounds) for p in game.task.agenda)
    return Preview(match.id, match.seed, len(names), names, rounds, most, instance.reference.best)
