"""Which generated bargains are thrown away: those in which there is nothing to do, or anything will do."""

from __future__ import annotations

import numpy as np

from arena.solutions.bargaining import total
from arena.solutions.space import Floats, Space
from arena.solutions.tolerance import TOLERANCE

FEWEST_RATIONAL = 2
SMALLEST_SURPLUS = 5.0
LARGEST_RANDOM = 0.70
LARGEST_OWN_BEST = 0.85


def rejected(outcomes: Space) -> str | None:
    """Why a bargain with a zone is thrown away; None where it is kept.

    `few`: fewer than 2 individually rational deals. `thin`: W* - W_d below 5 points. `random`: a uniformly random
    rational deal has a mean welfare ratio above .70. `own_best`: the rational deal that is best for a seat (the mean
    over its ties) has one above .85, in the mean over the seats: whoever dictates would do well for all.
    """
    if len(outcomes.rational_outcomes) < FEWEST_RATIONAL:
        return "few"
    surplus = total(outcomes.gains[outcomes.rational_outcomes])
    if surplus.max() < SMALLEST_SURPLUS:
        return "thin"
    ratios = surplus / surplus.max()
    if ratios.mean() > LARGEST_RANDOM:
        return "random"
    if own_best_ratio(outcomes, ratios) > LARGEST_OWN_BEST:
        return "own_best"
    return None


def own_best_ratio(outcomes: Space, ratios: Floats) -> float:
    """The welfare ratio of the rational deals that are best for a seat: mean over ties, then over seats.

    ratios (rational deals,), in the order of `outcomes.rational_outcomes`.
    """
    within = outcomes.utilities[outcomes.rational_outcomes]
    best = within >= within.max(axis=0) - TOLERANCE
    return float(np.mean([ratios[best[:, seat]].mean() for seat in range(outcomes.parties)]))
