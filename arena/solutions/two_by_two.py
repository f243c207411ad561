"""Symmetric games of two players with two choices: prisoner's dilemma, stag hunt, chicken.

payoffs (2, 2): entry [a, b] is what who chooses a gets from one who chooses b; [[R, S], [T, P]]. Raises ValueError for
another shape or a number that is not finite.
"""

from __future__ import annotations

import numpy as np

from arena.solutions.space import Floats
from arena.solutions.tolerance import TOLERANCE


def mixed_equilibrium(payoffs: Floats) -> float:
    """The probability of the first choice in the symmetric equilibrium in which both are mixed, in (0, 1).

    p = (P - S) / (R - T + P - S), where both choices are worth the same. NaN where there is none: one choice is at
    least as good as the other whatever the other player does.
    """
    first, second = _losses(payoffs)
    if abs(first) <= TOLERANCE or abs(second) <= TOLERANCE or (first > 0) != (second > 0):
        return float("nan")
    return second / (first + second)


def deviation_products(payoffs: Floats) -> tuple[float, float]:
    """What both lose by leaving the equilibrium of the first choices, and that of the second: (R - T)^2, (P - S)^2.

    The equilibrium with the larger product is risk dominant (Harsanyi and Selten 1988); neither is where they are
    equal. Raises ValueError where the two are not both strict equilibria.
    """
    first, second = _losses(payoffs)
    if min(first, second) <= TOLERANCE:
        raise ValueError(f"leaving costs {first:g} and {second:g}, expected both above 0; there is no risk to compare")
    return first**2, second**2


def _losses(payoffs: Floats) -> tuple[float, float]:
    """What one loses by leaving either pair of equal choices alone: R - T, P - S."""
    table = np.asarray(payoffs, dtype=np.float64)
    if table.shape != (2, 2) or not np.isfinite(table).all():
        raise ValueError(f"payoffs are of shape {table.shape}, expected (2, 2), every entry a finite number")
    (reward, sucker), (temptation, punishment) = table.tolist()
    return reward - temptation, punishment - sucker
