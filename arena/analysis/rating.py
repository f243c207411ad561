"""Rating agents over runs: who does better in the same place, or who comes out ahead in the same match.

By the group: x comes before y where a group with x did better than the same group with y in its seats, on the same
instance. So it takes designs that change rosters; of agents who always sit together nothing is told. Within the match:
x comes before y where its payoff in a match of both is higher.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from msgspec import Struct

from arena.errors import NotFound, UsageError
from arena.results.measured import PRIMARY, kind, measures
from arena.results.observed import Observation
from arena.results.opposed import Side, opposed
from arena.statistics.cycles import TOLERANCE, Cycles, cycles
from arena.statistics.estimate import Estimate
from arena.statistics.points import Share, by_cell, defined
from arena.statistics.ratings import ALPHA, Before, rate_players

WITHIN = "payoff"
NO_TWO = (
    "none sat in another's place in the same instance among the same others; self_play, focal and cross_play designs "
    "seat them so"
)
NO_TWO_WITHIN = "no match that is not void has two of them in it; cross_play, focal and factorial designs seat them so"


class Rated(Struct, frozen=True):
    """An agent and its rating, in log odds above the average of all."""

    agent: str
    rating: Estimate


class Ratings(Struct, frozen=True):
    """Agents, the best first; who could not be rated; and how many triples of them go in a circle."""

    measure: str
    within: bool
    rated: tuple[Rated, ...]
    unrated: tuple[str, ...]
    cycles: Cycles


Table = list[list[float]]


def ratings(
    found: Sequence[Observation], measure: str = PRIMARY, within: bool = False, alpha: float = ALPHA
) -> Ratings:
    """Rate all agents by a measure of which more is better, or, `within` the matches, by payoff.

    Raises NotFound for a measure that no match has, UsageError where fewer than two agents can be rated.
    """
    measure = WITHIN if within else measure
    every = measures(found)
    if measure not in every:
        raise NotFound("measure", measure, every)
    agents = sorted({agent for each in found for agent in each.agents})
    tables, counted = _within(found, agents) if within else _exchanged(found, agents, measure)
    total = [[sum(t[i][j] for t in tables.values()) for j in range(len(agents))] for i in range(len(agents))]
    met = [i for i in range(len(agents)) if sum(total[i]) + sum(row[i] for row in total) > 0]
    if len(met) < 2:
        raise UsageError(f"no two agents can be rated: {NO_TWO_WITHIN if within else NO_TWO}")
    before = [
        Before(instance, tuple(tuple(table[i][j] for j in met) for i in met), counted[instance])
        for instance, table in sorted(tables.items())
    ]
    estimates = rate_players(len(met), before, alpha)
    rated = sorted(zip([agents[i] for i in met], estimates, strict=True), key=lambda pair: (-pair[1].value, pair[0]))
    unrated = tuple(agent for i, agent in enumerate(agents) if i not in met)
    circles = cycles([[total[i][j] for j in met] for i in met])
    return Ratings(measure, within, tuple(Rated(*pair) for pair in rated), unrated, circles)


def _exchanged(
    found: Sequence[Observation], agents: Sequence[str], measure: str
) -> tuple[dict[str, Table], dict[str, int]]:
    """By instance, for each two agents the share of the groups that did better with the first in the second's place."""
    tables: dict[str, Table] = {}
    counted: dict[str, int] = {}
    with_agent = {name: tuple([each for each in found if name in each.agents]) for name in agents}
    for (i, one), (j, other) in combinations(enumerate(agents), 2):
        sides = Side(one, with_agent[one], one), Side(other, with_agent[other], other)
        for family in sorted({each.scenario for each in sides[0].matches}):
            left, right = (by_cell(defined(points)) for points in opposed(*sides, measure, family))
            common: dict[str, list[tuple[str, ...]]] = {}
            for key in sorted(left.keys() & right.keys()):
                common.setdefault(key[0], []).append(key)
            for instance, keys in common.items():
                share = sum(_ahead(left[key], right[key], measure) for key in keys) / len(keys)
                table = tables.setdefault(instance, _blank(agents))
                table[i][j], table[j][i] = share, 1 - share
                counted[instance] = counted.get(instance, 0) + len(keys)
    return tables, counted


def _ahead(one: Share, other: Share, measure: str) -> float:
    if kind(measure) == "ratio":
        return _won(one.value / one.whole, other.value / other.whole)
    return _won(one.value, other.value)


def _won(one: float, other: float) -> float:
    return 0.5 if abs(one - other) <= TOLERANCE else float(one > other)


def _blank(agents: Sequence[str]) -> Table:
    return [[0.0] * len(agents) for _ in agents]


def _within(found: Iterable[Observation], agents: Sequence[str]) -> tuple[dict[str, Table], dict[str, int]]:
    """By instance, for each two agents the share of pairs of seats in which the first came out ahead."""
    place = {agent: n for n, agent in enumerate(agents)}
    won: dict[tuple[str, int, int], list[float]] = {}
    counted: dict[str, int] = {}
    for each in found:
        payoffs = list(zip(each.agents, each.per_seat.get(WITHIN, ()), strict=False)) if each.void is None else []
        for (one, mine), (other, theirs) in combinations(payoffs, 2):
            if one != other:
                won.setdefault((each.instance, place[one], place[other]), []).append(_won(mine, theirs))
                won.setdefault((each.instance, place[other], place[one]), []).append(_won(theirs, mine))
        counted[each.instance] = counted.get(each.instance, 0) + bool(payoffs)
    tables: dict[str, Table] = {}
    for (instance, i, j), shares in sorted(won.items()):
        tables.setdefault(instance, _blank(agents))[i][j] = sum(sorted(shares)) / len(shares)
    return tables, counted
