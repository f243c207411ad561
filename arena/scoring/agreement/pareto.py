"""How far an outcome lies from the Pareto frontier of the individually rational outcomes.

Every measure is NaN where X_IR is empty or no party can gain (N empty). None moves under positive affine changes of a
party's utility.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from arena.solutions.bargaining import smallest, total
from arena.solutions.dominance import first_above
from arena.solutions.space import Floats, Mask, Space
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True)
class Efficiency:
    """PE, E, floor-adjusted PE, eps+ and d+ of one outcome."""

    pareto: float
    expected: float
    floor_adjusted: float
    epsilon_plus: float
    distance_plus: float


def efficiency(space: Space, utilities: Floats) -> Efficiency:
    """Every measure of distance to the frontier of one outcome, given as u (parties,)."""
    pareto, expected = pareto_efficiency(space, utilities), expected_efficiency(space)
    return Efficiency(
        pareto,
        expected,
        floor_adjusted(pareto, expected),
        epsilon_plus(space, utilities),
        distance_plus(space, utilities),
    )


def pareto_optimal(space: Space, outcome: int | None) -> bool | float:
    """Whether no outcome at all is better for one party and worse for none, rational or not; NaN without a deal.

    Of the deal as it is made at once: delay and costs are no part of it. PE is 0 for any deal outside X_IR, also where
    nothing dominates it.
    """
    if outcome is None:
        return float("nan")
    deal = space.utilities[outcome]
    no_worse = (space.utilities >= deal - TOLERANCE).all(axis=1)
    better = (space.utilities > deal + TOLERANCE).any(axis=1)
    return not (no_worse & better).any()


def pareto_efficiency(space: Space, utilities: Floats) -> float:
    """PE of one outcome, given as u (parties,), in [0, 1]: the share of the normalised joint gains not left behind.

    1 - [max over y in X_IR, y >= x, of sum_N (r_i(y) - r_i(x))] / [max over y in X_IR of sum_N r_i(y)]. 1 iff nothing
    rational dominates it; 0 outside X_IR. Never falls when an outcome is replaced by one that dominates it.
    """
    return float(_efficiencies(space, utilities[None, :])[0])


def expected_efficiency(space: Space) -> float:
    """E, the mean PE of a uniformly random rational outcome, agreed in the first round; in [0, 1]."""
    if not len(space.able):
        return float("nan")
    dominated = np.setdiff1d(space.rational_outcomes, space.frontier, assume_unique=True)
    return float(
        (len(space.frontier) + _efficiencies(space, space.utilities[dominated]).sum()) / len(space.rational_outcomes)
    )


def floor_adjusted(pareto: float, expected: float) -> float:
    """(PE - E) / (1 - E), at most 1: 0 is what chance does among rational outcomes. E = 1: NaN."""
    return floor_adjusted_mean((pareto,), (expected,))


def floor_adjusted_mean(efficiencies: Sequence[float], expected: Sequence[float]) -> float:
    """sum(PE - E) / sum(1 - E) over matches, so that games where chance does well weigh little.

    Matches where either is NaN are left out; NaN where nothing is left to gain in any. Raises ValueError where the two
    are not equally many.
    """
    pairs = [(pe, e) for pe, e in zip(efficiencies, expected, strict=True) if not np.isnan(pe + e)]
    room = sum(1 - e for _, e in pairs)
    return sum(pe - e for pe, e in pairs) / room if room > TOLERANCE else float("nan")


def epsilon_plus(space: Space, utilities: Floats) -> float:
    """eps+ of one outcome, given as u (parties,): everyone in N could have had so much more, in r.

    max(0, max over y in X_IR of min_N (r_i(y) - r_i(x))); in [0, 1] within X_IR. Never rises under dominance.
    """
    if not len(space.able):
        return float("nan")
    more = space.normalised_gains[space.frontier] - space.normalise(utilities)
    return max(0.0, float(smallest(more).max()))


def distance_plus(space: Space, utilities: Floats) -> float:
    """d+ of one outcome, given as u (parties,): how far it falls short of the nearest frontier outcome, in r-space.

    min over p on the frontier of X_IR of ||(p - x)+||_2 / sqrt(n); in [0, 1] within X_IR. Never rises under dominance,
    as the plain Euclidean distance does.
    """
    if not len(space.able):
        return float("nan")
    short = np.maximum(space.normalised_gains[space.frontier] - space.normalise(utilities), 0.0)
    return float(np.sqrt(total(short * short).min() / len(space.able)))


def within(space: Space, utilities: Floats) -> Mask:
    """Which outcomes, given as u (..., parties), leave no party below d, within the tolerance."""
    return np.asarray((utilities >= space.disagreement - TOLERANCE).all(axis=-1))


def _efficiencies(space: Space, utilities: Floats) -> Floats:
    """PE of many outcomes (m, parties). The largest joint gain above x is attained on the frontier."""
    if not len(space.able):
        return np.full(len(utilities), np.nan)
    sums = total(space.normalised_gains[space.frontier])
    falling = np.argsort(-sums, kind="stable")
    above = np.ascontiguousarray(space.utilities[space.frontier[falling]].T)
    first = first_above(np.ascontiguousarray(utilities.T) - TOLERANCE, above)
    left = np.maximum(sums[falling][first] - total(space.normalise(utilities)), 0.0)
    return np.where(within(space, utilities), 1 - np.where(first >= 0, left, 0.0) / sums.max(), 0.0)
