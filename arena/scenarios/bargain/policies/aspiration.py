"""How much a seat holds out for as time runs: the time-dependent tactics of Faratin, Sierra and Jennings (1998)."""

from __future__ import annotations

from typing import Final

CONCEDER: Final = 2.0
"""beta > 1: gives way early, and ever more slowly."""

BOULWARE: Final = 0.2
"""beta < 1: holds out until time is nearly up, then gives way."""


def aspiration(best: float, least: float, progress: float, beta: float) -> float:
    """What to hold out for: best - (best - least) * progress**(1 / beta), from `best` at 0 to `least` at 1.

    There alpha(t) = kappa + (1 - kappa) * (t / t_max)**(1 / beta) is the share given up, of one issue's values; here
    it is a share of utility, and kappa = 0: the first offer gives nothing.
    """
    given: float = progress ** (1.0 / beta)
    return best - (best - least) * given
