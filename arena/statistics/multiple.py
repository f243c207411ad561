"""Several comparisons at once: p-values adjusted so that their number does not make something of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan, nan


def holm(ps: Sequence[float]) -> list[float]:
    """For measures that were declared before: below .05, the chance of any false finding is below 5%. Holm 1979.

    In the order of the p-values; NaN stays NaN and does not count.
    """
    order = _known(ps)
    adjusted, above = [nan] * len(ps), 0.0
    for rank, i in enumerate(order):
        above = max(above, min(1.0, (len(order) - rank) * ps[i]))
        adjusted[i] = above
    return adjusted


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """For measures that are looked through: of those below .05, at most 5% are false on average.

    Benjamini and Hochberg 1995. In the order of the p-values; NaN stays NaN and does not count.
    """
    order = _known(ps)
    adjusted, below = [nan] * len(ps), 1.0
    for rank in range(len(order), 0, -1):
        i = order[rank - 1]
        below = min(below, len(order) / rank * ps[i])
        adjusted[i] = below
    return adjusted


def _known(ps: Sequence[float]) -> list[int]:
    """The places of the p-values that there are, the smallest first."""
    return sorted((i for i, p in enumerate(ps) if not isnan(p)), key=lambda i: ps[i])
