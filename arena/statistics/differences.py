"""The difference of two sides on common blocks: paired cell by cell, averaged by instance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum, isfinite, nan, sqrt

from msgspec import Struct

from arena.statistics.estimate import Estimate, around, deviation, nothing
from arena.statistics.points import Point, Share, by_cell, by_instance, defined
from arena.statistics.ratios import jackknife, share

METHOD = "paired t"
RATIO = "paired jackknife t"


class Difference(Struct, frozen=True):
    """First less second: the estimate, whose n counts the pairs, and p, the two-sided p-value of there being none.

    first, second: what the two sides come to on what they have in common. p is NaN with fewer than two instances, 1
    where the two never differ.
    """

    estimate: Estimate
    p: float
    first: float
    second: float


class Pair(Struct, frozen=True):
    """What the two sides of an instance come to on the cells that both have."""

    first: Share
    second: Share


def pairs(first: Iterable[Point], second: Iterable[Point]) -> tuple[dict[str, Pair], int]:
    """The instances that both sides have cells of in common, in the order of their names; and how many cells."""
    one, other = by_cell(defined(first)), by_cell(defined(second))
    common = one.keys() & other.keys()
    left, right = _of(one, common), _of(other, common)
    return {instance: Pair(left[instance], right[instance]) for instance in left}, len(common)


def _of(cells: Mapping[tuple[str, ...], Share], keys: Iterable[tuple[str, ...]]) -> dict[str, Share]:
    return by_instance({key: cells[key] for key in keys})


def difference(first: Iterable[Point], second: Iterable[Point], ratios: bool = False) -> Difference:
    """First less second over the cells that both have; of ratios of sums, the difference of the two ratios."""
    found, n = pairs(first, second)
    return of_pairs(list(found.values()), n, ratios)


def of_pairs(found: list[Pair], n: int, ratios: bool = False) -> Difference:
    """The difference over instances."""
    method, k = RATIO if ratios else METHOD, len(found)
    if not k:
        return Difference(nothing(method), nan, nan, nan)
    if ratios:
        rows = [(p.first.value, p.first.whole, p.second.value, p.second.whole) for p in found]
        value, error = jackknife(rows, lambda s: share(s[0], s[1]) - share(s[2], s[3]))
        one = share(fsum(row[0] for row in rows), fsum(row[1] for row in rows))
        other = share(fsum(row[2] for row in rows), fsum(row[3] for row in rows))
    else:
        one, other = fsum(p.first.value for p in found) / k, fsum(p.second.value for p in found) / k
        apart = [p.first.value - p.second.value for p in found]
        value, error = fsum(apart) / k, deviation(apart) / sqrt(k)
    return Difference(around(value, error, k - 1, n, k, method), p_value(value, error, k - 1), one, other)


def p_value(value: float, error: float, df: float) -> float:
    """Two-sided, of t = value / error."""
    if not (isfinite(value) and isfinite(error)) or df < 1:
        return nan
    if error == 0:
        return 1.0 if value == 0 else 0.0
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(value / error)))
