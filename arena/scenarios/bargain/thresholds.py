"""What the seats of a generated bargain have without a deal, so that it is hard, and possible or impossible."""

from __future__ import annotations

from random import Random

import numpy as np

from arena.scenarios.bargain.acceptance import passing
from arena.scenarios.bargain.terms import Rules
from arena.solutions.space import Floats

RATIONAL_SHARE = 0.08  # of all deals, individually rational where there is a zone
NO_ZONE_START = 0.004  # the same share where the search for no zone starts
JITTER = 0.08
STEPS = 30  # of bisection: finer than the gaps between the quantiles of 10^6 deals


def with_zone(utilities: Floats, rng: Random) -> Floats:
    """Thresholds d (seats,), whole numbers, under which about 8% of the deals are individually rational.

    utilities (deals, seats). d_i is the floor of the quantile of u_i at tau +- .08, drawn per seat; tau is the largest
    under which no less than that share is rational, found by bisection.
    """
    return _at_share(utilities, rng, RATIONAL_SHARE)


def without_zone(utilities: Floats, rules: Rules, rng: Random) -> Floats:
    """Thresholds d (seats,), whole numbers, just too high for any deal to pass.

    From those under which .4% of the deals are individually rational every d is raised by 1 until the acceptance rule
    passes nothing: under `unanimous` until X_IR is empty, under the others further, since their zone is larger.
    """
    thresholds = _at_share(utilities, rng, NO_ZONE_START)
    while passing(rules, utilities >= thresholds).any():
        thresholds = thresholds + 1
    return thresholds


def _at_share(utilities: Floats, rng: Random, share: float) -> Floats:
    ordered = np.sort(utilities, axis=0)
    jitter = np.array([rng.uniform(-JITTER, JITTER) for _ in range(utilities.shape[1])])
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        tau = (low + high) / 2
        if np.mean((utilities >= _quantiles(ordered, tau + jitter)).all(axis=1)) >= share:
            low = tau
        else:
            high = tau
    return _quantiles(ordered, low + jitter)


def _quantiles(ordered: Floats, at: Floats) -> Floats:
    """The floor of each seat's quantile, interpolated linearly; `at` outside [0, 1] is taken as its end."""
    place = np.clip(at, 0.0, 1.0) * (len(ordered) - 1)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, len(ordered) - 1)
    seats = np.arange(ordered.shape[1])
    lower: Floats = ordered[below, seats]
    quantiles: Floats = np.floor(lower + (place - below) * (ordered[above, seats] - lower))
    return quantiles
