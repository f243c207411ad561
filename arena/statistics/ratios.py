"""A ratio of sums with its interval: the delete-one-instance jackknife, with t.

What a family's coordination gain is: sum (V - F) / sum (V* - F). A mean of ratios would let an instance with next to
nothing to gain weigh as much as any other. Quenouille 1956; Efron and Tibshirani 1993, chapter 11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import fsum, nan, sqrt

from arena.statistics.estimate import Estimate, around, nothing
from arena.statistics.points import Point, by_cell, by_instance, defined

METHOD = "jackknife t"


def ratio(points: Iterable[Point]) -> Estimate:
    """sum of parts / sum of wholes, each instance counted once; NaN where the wholes do not add up to more than 0."""
    known = defined(points)
    shares = list(by_instance(by_cell(known)).values())
    if not shares:
        return nothing(METHOD)
    value, error = jackknife([(s.value, s.whole) for s in shares], lambda sums: share(sums[0], sums[1]))
    return around(value, error, len(shares) - 1, len(known), len(shares), METHOD)


def share(part: float, whole: float) -> float:
    """part / whole; NaN where the whole is not above 0."""
    return part / whole if whole > 0 else nan


def jackknife(rows: Sequence[tuple[float, ...]], of: Callable[[Sequence[float]], float]) -> tuple[float, float]:
    """A function of the columns' sums, and its standard error by leaving out one row after the other.

    sqrt((K - 1)/K sum (f_i - mean f)^2), f_i without row i; NaN with fewer than two rows, or where an f_i is.
    """
    sums = [fsum(column) for column in zip(*rows, strict=True)]
    k = len(rows)
    if k < 2:
        return of(sums), nan
    without = [of([total - each for total, each in zip(sums, row, strict=True)]) for row in rows]
    middle = fsum(without) / k
    return of(sums), sqrt((k - 1) / k * fsum((each - middle) ** 2 for each in without))
