"""The two sides of a comparison, from what a command names: runs, or agents in runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from arena.errors import NotFound, UsageError
from arena.results.observed import Observation, not_all_void, observed
from arena.results.opposed import Side


def sides(paths: Sequence[Path], agents: tuple[str, str] | None = None) -> tuple[Side, Side]:
    """The sides that one run or two make, with an agent of each where they are named.

    Of one run without names, its two agents. Two runs that differ in one agent are compared by that agent. Raises
    UsageError where it is not clear who is meant, NotFound for an agent that there is not.
    """
    found = [tuple(observed([path])) for path in paths]
    for matches in found:
        not_all_void(matches)
    names = [path.resolve().name for path in paths]
    if len(found) == 1:
        (matches,) = found
        one, other = _named(matches, agents if agents is not None else _only(names[0], matches))
        if one == other:
            raise UsageError(f"{one} and {other} are one agent; name two, or compare it in two runs")
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
    if len(found) == 1:
        raise UsageError(f"{run}: one agent alone, {found[0]}; name a second run to compare it with")
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
