"""The cross-play matrix: how agents do with themselves and with each other, and the gap between the two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement
from math import isfinite, nan

from msgspec import Struct

from arena.results.measured import figure, points
from arena.results.observed import Observation
from arena.statistics.estimate import Estimate, around
from arena.statistics.points import by_cell, by_instance, defined
from arena.statistics.ratios import jackknife, share

METHOD = "jackknife t"


class Crossing(Struct, frozen=True):
    """A measure of the group in one family, by who sat there: `matrix[i][j]` over the teams of agents i and j alone,
    the same as `matrix[j][i]`; NaN where they did not meet.

    gap: the mean of the diagonal minus the mean off it, over the instances in which all those played.
    """

    family: str
    measure: str
    agents: tuple[str, ...]
    matrix: tuple[tuple[Estimate, ...], ...]
    gap: Estimate


def crossings(found: Sequence[Observation], measure: str) -> tuple[Crossing, ...]:
    """The matrix of each family in which two agents met and one sat with itself alone; those agents are in it."""
    return tuple(
        made
        for family in sorted({each.scenario for each in found})
        if (made := _crossing([each for each in found if each.scenario == family], family, measure)) is not None
    )


def _crossing(found: Sequence[Observation], family: str, measure: str) -> Crossing | None:
    teams: dict[frozenset[str], list[Observation]] = {}
    for each in found:
        teams.setdefault(frozenset(each.agents), []).append(each)
    agents = sorted(name for team in teams if len(team) == 1 for name in team)
    pairs = [frozenset(pair) for pair in combinations_with_replacement(agents, 2)]
    if not any(len(pair) == 2 and pair in teams for pair in pairs):
        return None
    cells = {pair: figure(teams.get(pair, []), measure).overall for pair in pairs}
    matrix = tuple(tuple(cells[frozenset((one, other))] for other in agents) for one in agents)
    played = [pair for pair in pairs if isfinite(cells[pair].value)]
    return Crossing(family, measure, tuple(agents), matrix, _gap([teams[pair] for pair in played], played, measure))


def _gap(cells: Sequence[Sequence[Observation]], pairs: Sequence[frozenset[str]], measure: str) -> Estimate:
    """Mean of the diagonal minus mean off it; jackknife over the instances that have every cell."""
    alone = [n for n, pair in enumerate(pairs) if len(pair) == 1]
    mixed = [n for n, pair in enumerate(pairs) if len(pair) == 2]
    found = [by_instance(by_cell(defined(points(each, measure)))) for each in cells]
    common = sorted(set.intersection(*(set(each) for each in found))) if alone and mixed else []
    if not common:
        return Estimate(nan, nan, nan, 0, 0, METHOD)
    rows = [
        tuple(part for each in found for part in (each[instance].value, each[instance].whole)) for instance in common
    ]

    def gap(sums: Sequence[float]) -> float:
        figures = [share(sums[2 * n], sums[2 * n + 1]) for n in range(len(pairs))]
        return sum(figures[n] for n in alone) / len(alone) - sum(figures[n] for n in mixed) / len(mixed)

    value, error = jackknife(rows, gap)
    matches = sum(len(each) for each in cells)
    return around(value, error, len(rows) - 1, matches, len(rows), METHOD)
