"""Comparing two sides: every measure that both have, paired; how their matches ended; whether seats matter."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, isnan

from msgspec import Struct
from msgspec.structs import replace

from arena.analysis.seating import Seats, seats_of
from arena.errors import NotFound, UsageError
from arena.results.measured import PRIMARY, figure, kind, measures, seating
from arena.results.observed import Observation
from arena.results.opposed import Side, opposed
from arena.solutions.tolerance import TOLERANCE
from arena.statistics.bounds import Bounds
from arena.statistics.differences import Difference, difference, p_value
from arena.statistics.estimate import Estimate
from arena.statistics.families import across, freedom
from arena.statistics.multiple import benjamini_hochberg, holm
from arena.statistics.points import Point
from arena.statistics.rates import rate

OVERALL = "all"


class Row(Struct, frozen=True):
    """One measure in one family, or over `all` of several: the difference, and its p adjusted for all that were looked
    at."""

    measure: str
    family: str
    difference: Difference
    adjusted: float


class Told(Struct, frozen=True):
    """What is said of one side: its matches, how many are void, the share that ended in each way (void matches aside),
    and what the void ones could have made of each primary measure, by family, where they are more than 2%."""

    name: str
    agent: str | None
    matches: int
    void: int
    statuses: dict[str, Estimate]
    bounds: dict[str, dict[str, Bounds]]


class Comparison(Struct, frozen=True):
    """Two sides on what they have in common.

    primary: the measures that were named, p adjusted by Holm. exploratory: all others, by Benjamini and Hochberg.
    same: those in which the two never differ. seats: the effect of each seat, by scenario.
    """

    first: Told
    second: Told
    primary: tuple[Row, ...]
    exploratory: tuple[Row, ...]
    same: tuple[str, ...]
    seats: tuple[Seats, ...]


def compare(first: Side, second: Side, primary: Sequence[str] = (PRIMARY,)) -> Comparison:
    """Compare two sides.

    Raises NotFound for a measure that neither has, UsageError where they have nothing in common.
    """
    every = measures([*first.matches, *second.matches])
    for name in primary:
        if name not in every:
            raise NotFound("measure", name, every)
    rows = {name: _rows(first, second, name) for name in every}
    if not any(row.difference.estimate.n for each in rows.values() for row in each):
        raise UsageError(
            f"{first.name} and {second.name} never sat in the same seats of the same instance among the same others; "
            "self_play, focal and cross_play designs seat them so"
        )
    others = [row for name in every if name not in primary for row in rows[name]]
    differing = [row for row in others if not isnan(row.difference.p) and not _same(row.difference)]
    declared = [row for name in primary for row in rows[name]]
    matches = {(each.run, each.match): each for each in (*first.matches, *second.matches)}
    return Comparison(
        _told(first, primary),
        _told(second, primary),
        _adjusted(declared, holm([row.difference.p for row in declared])),
        _adjusted(differing, benjamini_hochberg([row.difference.p for row in differing])),
        tuple(name for name in every if name not in primary and rows[name] and all(map(_unmoved, rows[name]))),
        seats_of(list(matches.values())),
    )


def _same(found: Difference) -> bool:
    """Whether the sides never differ; what sums of floats leave is no difference."""
    return abs(found.estimate.value) <= TOLERANCE and found.estimate.error <= TOLERANCE


def _unmoved(row: Row) -> bool:
    return _same(row.difference)


def _adjusted(rows: Sequence[Row], ps: Sequence[float]) -> tuple[Row, ...]:
    return tuple(replace(row, adjusted=p) for row, p in zip(rows, ps, strict=True))


def _rows(first: Side, second: Side, measure: str) -> list[Row]:
    """A measure in each family in which both have it, and over all of those, where they are several."""
    families = sorted({each.scenario for each in first.matches} & {each.scenario for each in second.matches})
    ratios = kind(measure) == "ratio"
    found = [(name, difference(*opposed(first, second, measure, name), ratios)) for name in families]
    rows = [Row(measure, name, each, each.p) for name, each in found if each.estimate.n]
    if len(rows) < 2:
        return rows
    each = [row.difference for row in rows]
    estimates = [d.estimate for d in each]
    overall = across(estimates)
    p = p_value(overall.value, overall.error, freedom(estimates))
    means = (sum(d.first for d in each) / len(each), sum(d.second for d in each) / len(each))
    return [*rows, Row(measure, OVERALL, Difference(overall, p, *means), p)]


def _told(side: Side, primary: Sequence[str]) -> Told:
    played = [each for each in side.matches if each.void is None]
    statuses = sorted({each.status for each in played})
    bounds = {name: figure(side.matches, name, side.agent).bounds for name in primary}
    return Told(
        side.name,
        side.agent,
        len(side.matches),
        len(side.matches) - len(played),
        {status: rate([_ended(each, status) for each in played]) for status in statuses},
        {name: found for name, found in bounds.items() if found},
    )


def _ended(each: Observation, status: str) -> Point:
    return Point(each.instance, seating(each), float(each.status == status))


def told_apart(row: Row, level: float = 0.05) -> bool:
    """Whether the two sides differ in a measure, by its adjusted p-value."""
    return isfinite(row.adjusted) and row.adjusted < level
