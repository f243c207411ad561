"""How a stock in whole units regrows: the next stock for every number of units that are left standing."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np

from arena.solutions.harvesting import Ints

Kind = Literal["doubling", "logistic", "table"]
TINY = 1e-9  # so that 0.3 of 10 is 3


@lru_cache(maxsize=256)
def next_stocks(
    kind: Kind, capacity: int, threshold: int, rate: float = 1.0, steps: tuple[tuple[int, int], ...] = ()
) -> Ints:
    """The next stock when r is left, for r = 0 ... K: (K + 1,), each in [0, K]; 0 where r is below the threshold.

    doubling: r + floor(rate r); logistic (Verhulst 1838): r + floor(rate r (1 - r/K)); table: r + the units of the last
    of `steps` (from, units), `from` rising, that begins at or below r. Never above K. Read-only.
    """
    left = np.arange(capacity + 1)
    match kind:
        case "doubling":
            added = np.floor(rate * left + TINY).astype(np.int64)
        case "logistic":
            added = np.floor(rate * left * (1 - left / capacity) + TINY).astype(np.int64)
        case "table":
            starts, units = np.array([start for start, _ in steps]), np.array([0, *(units for _, units in steps)])
            added = units[np.searchsorted(starts, left, side="right")]
    table: Ints = np.where(left < max(threshold, 1), 0, np.minimum(left + added, capacity))
    table.flags.writeable = False
    return table
