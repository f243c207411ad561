"""Two sides of a comparison, match by match: which match of one is the counterpart of which of the other.

A match of an agent stands under what is around it: the instance, the seats that the agent sits in, who sits in the
others. The matches of the other side under the same are its counterparts, so that the two are compared in the same
seats of the same deals among the same others. The rival is one of those others under a name of its own: a meets b where
b meets a. Whole runs are compared by instance and rotation.
"""

from __future__ import annotations

from msgspec import Struct

from arena.results.measured import shares
from arena.results.observed import Observation
from arena.statistics.points import Point

SUBJECT, RIVAL = "*", "@"  # neither may stand in an agent's name


class Side(Struct, frozen=True):
    """One side: what it is called, its matches, and the agent in them, None where it is all of them."""

    name: str
    matches: tuple[Observation, ...]
    agent: str | None = None


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
