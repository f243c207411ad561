"""How many instances tell a difference: planning a comparison.

n = (z_{1-alpha/2} + z_{power})^2 variance / delta^2, rounded up, with the variance of the paired differences of
instances; unpaired, each side needs so many, and the variance is that of both, 2 sigma^2. With sigma = .25, power 80%
and alpha = .05, delta = .05 takes 393 unpaired, 197 at a correlation of .5 and 79 at .8.
"""

from __future__ import annotations

from math import ceil, nan, sqrt

from msgspec import Struct

POWER, ALPHA = 0.8, 0.05


class Needed(Struct, frozen=True):
    """Instances in all, with a 95% interval that is the pilot's: its variance is an estimate itself."""

    instances: int
    low: int
    high: int | None


def instances(variance: float, delta: float, power: float = POWER, alpha: float = ALPHA) -> int:
    """Instances that tell a mean of `delta` from 0 where one has this variance; at least 2."""
    return max(2, ceil(_factor(power, alpha) * variance / delta**2))


def unpaired(sigma: float, delta: float, power: float = POWER, alpha: float = ALPHA) -> int:
    """Instances that each side needs where the two play different ones."""
    return instances(2 * sigma**2, delta, power, alpha)


def paired(sigma: float, rho: float, delta: float, power: float = POWER, alpha: float = ALPHA) -> int:
    """Instances where both sides play the same ones, and their values have this correlation."""
    return instances(2 * sigma**2 * (1 - rho), delta, power, alpha)


def from_pilot(deviation: float, k: int, delta: float, power: float = POWER, alpha: float = ALPHA) -> Needed:
    """By the standard deviation that `k` instances have shown, of paired differences or of one side's values.

    `high` is None with fewer than two: there is no telling.
    """
    low, high = _interval(deviation**2, k)
    return Needed(
        instances(deviation**2, delta, power, alpha),
        instances(low, delta, power, alpha),
        None if high != high else instances(high, delta, power, alpha),
    )


def detectable(deviation: float, k: int, power: float = POWER, alpha: float = ALPHA) -> float:
    """The difference that `k` instances tell with this power; NaN without any."""
    return sqrt(_factor(power, alpha) * deviation**2 / k) if k else nan


def _factor(power: float, alpha: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(1 - alpha / 2) + ndtri(power)) ** 2


def _interval(variance: float, k: int) -> tuple[float, float]:
    """A 95% interval of a variance, by chi squared."""
    if k < 2:
        return 0.0, nan
    from scipy.special import chdtri

    return float(variance * (k - 1) / chdtri(k - 1, 0.025)), float(variance * (k - 1) / chdtri(k - 1, 0.975))
