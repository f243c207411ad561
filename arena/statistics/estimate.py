"""An estimate: a number, how sure it is, what it is over, and how it was worked out."""

from __future__ import annotations

from math import nan, sqrt

from msgspec import Struct

FEW = 10  # instances; with fewer, intervals of skewed measures cover much less than they say
LEVEL = 0.95


class Estimate(Struct, frozen=True):
    """A value and its 95% interval [low, high], NaN where there is none, as with one instance.

    n: the matches (or seats, or deals) it is over. instances: how many scenario instances those belong to, the unit
    that chance is counted in. method: how the interval was worked out. error: its standard error, NaN where the method
    has none.
    """

    value: float
    low: float
    high: float
    n: int
    instances: int
    method: str
    error: float = nan

    @property
    def few(self) -> bool:
        """Whether it stands on so few instances that its interval may cover less than it says."""
        return self.instances < FEW


def nothing(method: str) -> Estimate:
    """The estimate over no match at all."""
    return Estimate(nan, nan, nan, 0, 0, method)


def around(value: float, error: float, df: float, n: int, instances: int, method: str) -> Estimate:
    """The estimate with the interval value ± t error, t with `df` degrees of freedom; no interval where df < 1."""
    half = student(df) * error if df >= 1 else nan
    return Estimate(value, value - half, value + half, n, instances, method, error)


def student(df: float, level: float = LEVEL) -> float:
    """The two-sided quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(df, (1 + level) / 2))


def deviation(values: list[float]) -> float:
    """The standard deviation of a sample, with n - 1; NaN of fewer than two."""
    from math import fsum

    if len(values) < 2:
        return nan
    mean = fsum(values) / len(values)
    return sqrt(fsum((value - mean) ** 2 for value in values) / (len(values) - 1))
