"""An outcome against what the bargaining solutions attain, and how its surplus is shared.

The ratios lie in [0, 1]; they are NaN where X_IR is empty, no party can gain (N empty), or the best that is attained is
0, and otherwise 0 for an outcome outside X_IR. None falls when an outcome is replaced by one that dominates it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arena.scoring.agreement.pareto import within
from arena.solutions.bargaining import gain_products, smallest, total
from arena.solutions.space import Floats, Space
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True)
class Ratios:
    """One outcome against the Nash, Kalai-Smorodinsky, egalitarian and welfare solutions."""

    nash: float
    kalai_smorodinsky: float
    egalitarian: float
    welfare: float


def ratios(space: Space, utilities: Floats, *, common_unit: bool) -> Ratios:
    """All four of one outcome, given as u (parties,); the egalitarian one is NaN without a common unit."""
    return Ratios(
        nash_ratio(space, utilities),
        kalai_smorodinsky_ratio(space, utilities),
        egalitarian_ratio(space, utilities) if common_unit else float("nan"),
        welfare_ratio(space, utilities),
    )


def nash_ratio(space: Space, utilities: Floats) -> float:
    """(prod_N g_i / max prod_N g_i)^(1/n) of one outcome, given as u (parties,); free of scale. Nash 1950."""
    if not len(space.able):
        return float("nan")
    best = float(gain_products(space.normalised_gains[space.rational_outcomes]).max())
    own = float(gain_products(space.normalise(utilities)[None, :])[0])
    if best <= 0:
        return float("nan")
    return float((own / best) ** (1 / len(space.able))) if within(space, utilities) else 0.0


def kalai_smorodinsky_ratio(space: Space, utilities: Floats) -> float:
    """min_N r_i / max-min r of one outcome, given as u (parties,); free of scale. Kalai and Smorodinsky 1975."""
    if not len(space.able):
        return float("nan")
    best = float(smallest(space.normalised_gains[space.rational_outcomes]).max())
    return _ratio(space, utilities, float(space.normalise(utilities).min()), best)


def egalitarian_ratio(space: Space, utilities: Floats) -> float:
    """min g_i / max-min g of one outcome, given as u (parties,), over all parties. Kalai 1977.

    It means something only where the game declares that utilities have a common unit.
    """
    if not len(space.able):
        return float("nan")
    best = float(smallest(space.gains[space.rational_outcomes]).max())
    return _ratio(space, utilities, float((utilities - space.disagreement).min()), best)


def welfare_ratio(space: Space, utilities: Floats) -> float:
    """(W - W_d) / (W* - W_d) of one outcome, given as u (parties,); W the sum of utilities, W* its maximum in X_IR."""
    if not len(space.able):
        return float("nan")
    best = float(total(space.gains[space.rational_outcomes]).max())
    return _ratio(space, utilities, float(total((utilities - space.disagreement)[None, :])[0]), best)


def surplus_shares(space: Space, utilities: Floats) -> Floats:
    """g_i / sum g of one outcome, given as u (parties,); never clipped; NaN where the sum is not above 0."""
    gains = utilities - space.disagreement
    return gains / gains.sum() if gains.sum() > TOLERANCE else np.full(space.parties, np.nan)


def _ratio(space: Space, utilities: Floats, own: float, best: float) -> float:
    if best <= TOLERANCE:
        return float("nan")
    return max(0.0, own) / best if within(space, utilities) else 0.0
