"""How many more instances tell a difference: from what a run has shown of its own variance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import sqrt

from msgspec import Struct

from arena.errors import NotFound, UsageError
from arena.results.measured import figure, kind, measures
from arena.results.observed import Observation
from arena.results.opposed import Side, opposed
from arena.statistics.differences import difference
from arena.statistics.power import Needed, detectable, from_pilot


class Planned(Struct, frozen=True):
    """What one comparison in one family takes.

    deviation: the standard deviation of an instance: of the paired differences of two agents, or, where `second` is
    None, of one agent's own values, on other instances than its rival's. instances: what the run had. detectable: the
    difference that so many tell.
    """

    family: str
    first: str
    second: str | None
    instances: int
    deviation: float
    detectable: float
    needed: Needed


def planned(found: Sequence[Observation], measure: str, delta: float) -> tuple[Planned, ...]:
    """What it takes to tell a difference of `delta` with 80% power at the 5% level: paired, for every two agents that
    can be compared; unpaired, for each agent.

    Raises NotFound for a measure that no match has, UsageError where fewer than two instances have one.
    """
    every = measures(found)
    if measure not in every:
        raise NotFound("measure", measure, every)
    agents = sorted({agent for each in found for agent in each.agents})
    families = sorted({each.scenario for each in found})
    rows = [row for family in families for row in _in(found, family, agents, measure, delta)]
    if not rows:
        raise UsageError(f"fewer than two instances with a {measure}; a pilot needs two, and says little below 20")
    return tuple(rows)


def _in(found: Sequence[Observation], family: str, agents: Sequence[str], measure: str, delta: float) -> list[Planned]:
    rows: list[Planned] = []
    for one, other in combinations(agents, 2):
        sides = [Side(name, tuple([each for each in found if name in each.agents]), name) for name in (one, other)]
        estimate = difference(*opposed(sides[0], sides[1], measure, family), kind(measure) == "ratio").estimate
        if estimate.instances > 1:
            deviation = estimate.error * sqrt(estimate.instances)
            rows.append(_row(family, one, other, estimate.instances, deviation, deviation, delta))
    for agent in agents:
        known = figure([each for each in found if each.scenario == family], measure, agent).families.get(family)
        if known is not None and known.instances > 1:
            deviation = known.error * sqrt(known.instances)
            rows.append(_row(family, agent, None, known.instances, deviation, sqrt(2) * deviation, delta))
    return rows


def _row(family: str, one: str, other: str | None, k: int, shown: float, deviation: float, delta: float) -> Planned:
    return Planned(family, one, other, k, shown, detectable(deviation, k), from_pilot(deviation, k, delta))
