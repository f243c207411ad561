"""The first best of a bargain: what one controller of all seats would settle, incentives aside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arena.solutions.bargaining import Solution, total
from arena.solutions.space import Space
from arena.solutions.tolerance import TOLERANCE


def first_best(space: Space) -> Solution:
    """V* = max(0, max over A of the sum of gains), and every deal in A that attains it; none where no deal is best."""
    deals = np.flatnonzero(space.passing)
    sums = total(space.gains[deals])
    value = float(sums.max(initial=0.0))
    return Solution(value, deals[sums >= value - TOLERANCE])


@dataclass(frozen=True)
class NoisyOptimum:
    """What is best on the signals: the deal (None: no deal), the sum of gains expected of it, and its true sum."""

    outcome: int | None
    expected: float
    value: float


def noisy_optimum(signals: Space, truth: Space) -> NoisyOptimum:
    """V* under noisy values: the deal in A with the largest expected sum of gains, valued at truth.

    `signals` holds the expected utilities given all seats' signals, and in `passing` the set A on what the seats know;
    `truth` the same outcomes at their true utilities. No deal is best where no expected sum is above 0; ties go to the
    lowest index, as the planner breaks them. `value` may be negative; it is at most `first_best` of the truth over the
    same A. Raises ValueError where the two are not spaces of the same outcomes and parties.
    """
    if signals.utilities.shape != truth.utilities.shape or signals.shape != truth.shape:
        raise ValueError(f"signals of shape {signals.shape} and truth of shape {truth.shape} are not of the same game")
    best = first_best(signals)
    if not len(best.outcomes) or best.value <= TOLERANCE:
        return NoisyOptimum(None, 0.0, 0.0)
    chosen = int(best.outcomes[0])
    return NoisyOptimum(chosen, float(signals.gains[chosen].sum()), float(truth.gains[chosen].sum()))
