"""How often something is so: a share of matches, with Wilson's interval.

Where instances were played more than once, their matches are alike, and fewer witnesses than they are many. Then the
interval is Wilson's at the effective number of matches, p(1 - p) / var(p) with the variance over instances, and with t
for z (Korn and Graubard 1998, with Wilson's interval in the place of Clopper and Pearson's).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum, nan, sqrt

from arena.statistics.estimate import Estimate, deviation, nothing, student
from arena.statistics.points import Point, by_cell, by_instance, defined

Z = 1.959963984540054
ALONE = "Wilson"
SHARED = "clustered Wilson"


def rate(points: Iterable[Point]) -> Estimate:
    """The share of 1 among points that are 0 or 1, each instance counted once.

    No interval where a single instance was played more than once: nothing tells how alike its matches are.
    """
    known = defined(points)
    values = [share.value for share in by_instance(by_cell(known)).values()]
    k, n = len(values), len(known)
    if not k:
        return nothing(ALONE)
    p = fsum(values) / k
    error = deviation(values) / sqrt(k)
    if n == k:
        return Estimate(p, *wilson(p, n), n, k, ALONE, error)
    if k < 2:
        return Estimate(p, nan, nan, n, k, SHARED)
    effective = min(float(n), p * (1 - p) / error**2) if error > 0 else float(k)
    return Estimate(p, *wilson(p, effective, student(k - 1)), n, k, SHARED, error)


def wilson(p: float, n: float, z: float = Z) -> tuple[float, float]:
    """Wilson's score interval of a share p of n. Wilson 1927."""
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)
