"""A mean with its interval: Student's t over the instances, with K - 1 degrees of freedom at every K.

Matches of one instance are no independent witnesses: t over matches calls equal agents different in 17 of 100 runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum, sqrt

from arena.statistics.estimate import Estimate, around, deviation, nothing
from arena.statistics.points import Point, by_cell, by_instance, defined

METHOD = "t"


def mean(points: Iterable[Point]) -> Estimate:
    """The mean of what is defined, each instance counted once; no interval with fewer than two of them."""
    known = defined(points)
    values = [share.value for share in by_instance(by_cell(known)).values()]
    if not values:
        return nothing(METHOD)
    k = len(values)
    return around(fsum(values) / k, deviation(values) / sqrt(k), k - 1, len(known), k, METHOD)
