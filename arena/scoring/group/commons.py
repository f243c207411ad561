"""How a group kept a commons (measures, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import Any

from arena.accounts.harvests import Harvests
from arena.solutions.tolerance import TOLERANCE


def commons(account: Harvests) -> dict[str, Any]:
    """The commons set.

    `survival`: rounds harvested of all, in [0, 1]. `yield`: units landed. `efficiency`: the yield over the optimum;
    above 1 by luck only; NaN where the optimum is 0. `equality`: 1 - Gini of the gains. `over_use`: see `over_use`.
    `landed`: units, one entry a seat.
    """
    landed = tuple(sum(units) for units in zip(*account.landed, strict=True)) or (0,) * len(account.gains)
    total = sum(landed)
    return {
        "survival": len(account.landed) / account.horizon,
        "yield": total,
        "efficiency": total / account.optimum if account.optimum > 0 else nan,
        "equality": equality(account.gains),
        "over_use": over_use(account),
        "landed": landed,
    }


def equality(gains: Sequence[float]) -> float:
    """1 - Gini, in [1/n, 1]: 1 where all gain alike, 1/n where one has all. NaN where a gain is negative or all are 0.

    Gini (1912): the mean absolute difference over all pairs, divided by twice the mean.
    """
    n, total = len(gains), sum(gains)
    if total <= TOLERANCE or min(gains) < -TOLERANCE:
        return nan
    apart = sum(abs(a - b) for a in gains for b in gains)
    return 1 - apart / (2 * n * total)


def over_use(account: Harvests) -> float:
    """The share of harvests above what the stock sustains, sigma(S)/n each, in [0, 1].

    A last round that is known is left out, since nothing comes after it. NaN where no round is left.
    """
    last = account.horizon if account.known else account.horizon + 1
    rounds = list(zip(account.landed, account.fair, strict=True))[: last - 1]
    over = [units > fair + TOLERANCE for landed, fair in rounds for units in landed]
    return sum(over) / len(over) if over else nan
