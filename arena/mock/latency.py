"""How long an answer is held back."""

import math
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Latency:
    """A wait in seconds, uniform from `low` to `high`."""

    low: float
    high: float

    def draw(self, rng: Random) -> float:
        """One wait, in seconds."""
        return rng.uniform(self.low, self.high)


NO_LATENCY = Latency(0.0, 0.0)


def read_latency(spelt: str) -> Latency:
    """The latency that "0.2" or "0.1-0.5" spells; raises ValueError for anything else, negative or infinite."""
    # Every "-" parts two numbers, so that none of them can be negative.
    low, dash, high = spelt.partition("-")
    try:
        latency = Latency(float(low), float(high if dash else low))
    except ValueError:
        latency = Latency(math.nan, math.nan)
    if not latency.low <= latency.high < math.inf:
        raise ValueError(f"{spelt!r} is not a latency; expected seconds such as 0.2, or a range such as 0.1-0.5")
    return latency
