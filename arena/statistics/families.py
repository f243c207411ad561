"""One figure over several families: the mean of theirs, each counted once, whatever its number of instances."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, isfinite, sqrt

from arena.statistics.estimate import Estimate, around, nothing

METHOD = "Welch t"


def across(estimates: Sequence[Estimate]) -> Estimate:
    """The mean of those that are defined, with SE = sqrt(sum se^2) / J.

    The degrees of freedom are Welch and Satterthwaite's, (sum se^2)^2 / sum (se^4 / (K - 1)). One that is alone stays
    what it is. No interval where one has none.
    """
    known = [each for each in estimates if isfinite(each.value)]
    if len(known) < 2:
        return known[0] if known else nothing(METHOD)
    error = sqrt(fsum(each.error**2 for each in known)) / len(known)
    value = fsum(each.value for each in known) / len(known)
    return around(value, error, freedom(known), sum(e.n for e in known), sum(e.instances for e in known), METHOD)


def freedom(estimates: Sequence[Estimate]) -> float:
    """Their degrees of freedom together."""
    squares = [(each.error**2, each.instances - 1) for each in estimates if isfinite(each.value)]
    spread = fsum(s**2 / df for s, df in squares if s > 0 and df > 0)
    return fsum(s for s, _ in squares) ** 2 / spread if spread > 0 else float(sum(df for _, df in squares))
