"""The two sides of a comparison: runs, or agents in runs, on what they have in common.

A match of an agent stands under what is around it: the instance, the seats that the agent sits in, who sits in the
others. The matches of the other side under the same are its counterparts, so that the two are compared in the same
seats of the same deals among the same others. The rival is one of those others under a name of its own: a meets b where
b meets a. Whole runs are compared by instance and rotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from arena.errors import NotFound, UsageError
from arena.runs.measured import shares
from arena.runs.observed import Observation, observed
from arena.statistics.points import Point

SUBJECT, RIVAL = "*", "@"  # neither may stand in an agent's name


class Side(Struct, frozen=True):
    """One side: what it is called, its matches, and the agent in them, None where it is all of them."""

    name: str
    matches: tuple[Observation, ...]
    agent: str | None = None


def sides(paths: Sequence[Path], agents: tuple[str, str] | None = None) -> tuple[Side, Side]:
    """The sides that one run or two make, with an agent of each where they are named.

    Of one run without names, its two agents. Two runs that differ in one agent are compared by that agent. Raises
    UsageError where it is not clear who is meant, NotFound for an agent that there is not.
    """
    found = [tuple(observed([path])) for path in paths]
    names = [path.resolve().name for path in paths]
    if len(found) == 1:
        (matches,) = found
        one, other = _named(matches, agents if agents is not None else _only(names[0], matches))
        return Side(one, _with(matches, one), one), Side(other, _with(matches, other), other)
    if agents is None:
        agents = _differing(*found)
    if agents is None:
        return Side(names[0], found[0]), Side(names[1], found[1])
    one, other = (_named(matches, (agent,))[0] for matches, agent in zip(found, agents, strict=True))
    called = (one, other) if one != other else (f"{names[0]}: {one}", f"{names[1]}: {other}")
    return Side(called[0], _with(found[0], one), one), Side(called[1], _with(found[1], other), other)


def _differing(first: Iterable[Observation], second: Iterable[Observation]) -> tuple[str, str] | None:
    """The agent that only the first run has and the one that only the second has, where each has one."""
    one, other = ({name for each in matches for name in each.agents} for matches in (first, second))
    match sorted(one - other), sorted(other - one):
        case [left], [right]:
            return left, right
    return None


def _only(run: str, matches: Iterable[Observation]) -> tuple[str, ...]:
    found = sorted({name for each in matches for name in each.agents})
    if len(found) != 2:
        raise UsageError(f"{run}: {len(found)} agents ({', '.join(found)}); say which two: --agents A,B")
    return tuple(found)


def _named(matches: Iterable[Observation], agents: tuple[str, ...]) -> tuple[str, ...]:
    known = sorted({name for each in matches for name in each.agents})
    for agent in agents:
        if agent not in known:
            raise NotFound("agent", agent, known)
    return agents


def _with(matches: Iterable[Observation], agent: str) -> tuple[Observation, ...]:
    return tuple([each for each in matches if agent in each.agents])


def opposed(first: Side, second: Side, measure: str, family: str) -> tuple[list[Point], list[Point]]:
    """The points of a measure in one family, of each side under the same names."""
    return _points(first, second, measure, family), _points(second, first, measure, family)


def _points(side: Side, rival: Side, measure: str, family: str) -> list[Point]:
    found: list[Point] = []
    for each in side.matches:
        if each.void is not None or each.scenario != family:
            continue
        if side.agent is None or rival.agent is None:
            cell: tuple[str, ...] = (f"r{each.rotation}",)
        else:
            around = _around(each, side.agent, rival.agent)
            # What a group has in common says nothing of one of two who both are in it.
            if RIVAL in around and side.agent != rival.agent and measure not in each.per_seat:
                continue
            cell = ("+".join(sorted(around)), "+".join(around))
        found += [Point(each.instance, cell, *share) for share in shares(each, measure, side.agent)]
    return found


def _around(each: Observation, agent: str, rival: str) -> list[str]:
    return [SUBJECT if name == agent else RIVAL if name == rival else name for name in each.agents]
