"""The designs of a run: which agents take which seats of an instance. Pure, and in a stated order.

A *team* is one agent a seat. Rotation r moves a team on by r seats: seat s is taken by its member (s - r) mod n, so
that over all rotations every member has sat in every seat once. A rotation that seats a team as an earlier one did is
left out (a team of one agent alone has a single one): that one stands for it in every average.

    explicit     one team, as it is written; not rotated
    self_play    for each agent, the team that is that agent alone
    cross_play   every combination with repetition of the agents, in the order of their names in the configuration, in
                 all of its rotations; with two seats, every ordered pair
    focal        for each agent under test, the team of it and the background, in all n rotations
    factorial    every assignment of the agents to the seats; with a background (the baseline), for each other agent
                 every assignment of that agent and the baseline
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement, islice, product

from msgspec import Struct

from arena.configs.casting import Casting
from arena.errors import ConfigError, Mistake

MOST = 4096  # seatings of an instance: it is to be played in all of them

Team = tuple[str, ...]


class Seating(Struct, frozen=True):
    """Who sits where: `agents` by seat, and the rotation that brought them there."""

    rotation: int
    agents: Team


def seatings(casting: Casting, seats: int) -> tuple[Seating, ...]:
    """Every seating of an instance with so many seats: rotation by rotation, all teams in each.

    Raises ConfigError where the agents do not fit the seats, or there are too many seatings.
    """
    fit(casting, seats)
    teams = tuple(dict.fromkeys(islice(_teams(casting, seats), 2 * MOST)))  # a baseline among itself comes again
    turns = seats if casting.design in ("cross_play", "focal") else 1
    every = (Seating(turn, rotated(team, turn)) for turn in range(turns) for team in teams if turn < period(team))
    found = tuple(islice(every, MOST + 1))
    if len(found) > MOST:
        what = f"more than {MOST:,} seatings of an instance with {seats} seats"
        raise ConfigError([Mistake("design", what, "name fewer agents, or another design")])
    return found


def rotated(team: Team, rotation: int) -> Team:
    """The team, moved on by so many seats."""
    return tuple([team[(seat - rotation) % len(team)] for seat in range(len(team))])


def period(team: Team) -> int:
    """The least rotation, from 1, that seats the team as it was."""
    return next(turn for turn in range(1, len(team) + 1) if rotated(team, turn) == team)


def _teams(casting: Casting, seats: int) -> Iterator[Team]:
    match casting.design:
        case "explicit":
            yield casting.agents
        case "self_play":
            yield from ((agent,) * seats for agent in casting.agents)
        case "cross_play":
            yield from combinations_with_replacement(casting.agents, seats)
        case "focal":
            yield from ((agent, *_around(casting, seats)) for agent in casting.agents)
        case "factorial":
            yield from _assignments(casting, seats)


def _around(casting: Casting, seats: int) -> Team:
    """Those who sit around a focal agent: the only one of the background in all seats, or each of it in one."""
    return casting.background * (seats - 1) if len(casting.background) == 1 else casting.background


def _assignments(casting: Casting, seats: int) -> Iterator[Team]:
    if not casting.background:
        yield from product(casting.agents, repeat=seats)
    for agent in casting.agents if casting.background else ():
        yield from product((agent, *casting.background), repeat=seats)


def fit(casting: Casting, seats: int) -> None:
    """Raises ConfigError where a design does not take games with so many seats."""
    names, background = casting.agents, casting.background
    if casting.design == "explicit" and len(names) != seats:
        found = f"{len(names)} agents ({', '.join(names)}) for {seats} seats"
        advice = "name one agent a seat under `seating:`, or use `design: self_play` with one agent"
        raise ConfigError([Mistake("seating", found, advice)])
    if casting.design == "focal" and len(background) not in (1, seats - 1):
        found = f"{len(background)} agents ({', '.join(background)}) for {seats - 1} other seats"
        raise ConfigError([Mistake("background", found, "name one agent for all of them, or one for each")])
