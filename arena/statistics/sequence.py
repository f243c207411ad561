"""A confidence sequence: intervals that hold at all times at once, so that one may look after every instance and stop.

The asymptotic one of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Annals of Statistics 2024): after t instances

    mean_t ± s_t sqrt( 2 (t r^2 + 1) / (t^2 r^2) log( sqrt(t r^2 + 1) / alpha ) )

with r^2 = (-2 log alpha + log(1 - 2 log alpha)) / t_best, so that it is narrowest after t_best instances. Looked at
from 20 instances on. A t-interval that is looked at as often tells equal agents apart in 38 of 100 runs.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum, isfinite, log, nan, sqrt
from typing import Literal

from msgspec import Struct

from arena.statistics.differences import Pair
from arena.statistics.estimate import Estimate
from arena.statistics.ratios import share

FIRST = 20  # instances, before which nothing is decided
ALPHA = 0.05
METHOD = "confidence sequence"

Verdict = Literal["first", "second", "equal"]


class Decided(Struct, frozen=True):
    """What was decided, after how many instances, and on what interval."""

    verdict: Verdict
    after: int
    estimate: Estimate


class Sequence:
    """The confidence sequence of a difference, instance by instance; it keeps sums alone.

    planned: the instances of the plan; the sequence is narrowest at the middle. Of ratios of sums the difference of
    the two ratios, linearised: residuals (part - ratio * whole) / mean whole. Of means the wholes are 1, and it is the
    sequence of the mean difference.
    """

    def __init__(self, planned: int, alpha: float = ALPHA) -> None:
        self.instances = 0
        self._best, self._alpha = max(FIRST, planned // 2), alpha
        self._sums = [0.0] * 4
        self._products = [[0.0] * 4 for _ in range(4)]

    def add(self, pair: Pair) -> None:
        """Count an instance."""
        row = (pair.first.value, pair.first.whole, pair.second.value, pair.second.whole)
        self.instances += 1
        for i, one in enumerate(row):
            self._sums[i] += one
            for j, other in enumerate(row):
                self._products[i][j] += one * other

    def interval(self) -> Estimate:
        """As it stands: NaN where there is no instance, or where the wholes do not add up to more than 0."""
        t, (a, m, b, n) = self.instances, self._sums
        one, other = share(a, m), share(b, n)
        value = one - other
        if not isfinite(value) or t < 2:
            return Estimate(value, nan, nan, t, t, METHOD)
        weights = (t / m, -one * t / m, -t / n, other * t / n)  # of a row in its residual
        squares = fsum(
            weights[i] * weights[j] * self._products[i][j] for i in range(4) for j in range(4)
        )  # the residuals add up to 0
        error = sqrt(max(0.0, squares) / (t - 1))
        half = error * margin(t, self._best, self._alpha)
        return Estimate(value, value - half, value + half, t, t, METHOD, error / sqrt(t))

    def verdict(self, delta: float) -> Decided | None:
        """Whether it is decided: `first` or `second` has more where the interval leaves out 0; `equal` where it lies
        between -delta and delta."""
        found = self.interval()
        if self.instances < FIRST or not isfinite(found.low):
            return None
        if found.low > 0 or found.high < 0:
            return Decided("first" if found.low > 0 else "second", self.instances, found)
        return Decided("equal", self.instances, found) if -delta < found.low and found.high < delta else None


def decide(found: Iterable[Pair], delta: float, planned: int, alpha: float = ALPHA) -> Decided | None:
    """The first verdict on prefixes of these instances, None where there is none."""
    sequence = Sequence(planned, alpha)
    for pair in found:
        sequence.add(pair)
        if decided := sequence.verdict(delta):
            return decided
    return None


def margin(t: int, best: int, alpha: float = ALPHA) -> float:
    """The half-width after t values of standard deviation 1, of the sequence that is narrowest after `best` of them."""
    squared = (-2 * log(alpha) + log(1 - 2 * log(alpha))) / best
    return sqrt(2 * (t * squared + 1) / (t**2 * squared) * log(sqrt(t * squared + 1) / alpha))
