"""Competition in prices over a linear demand (Bertrand 1883): who asks least sells everything."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from arena.solutions.space import Floats, Indices, enumerable
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True)
class LinearMarket:
    """A good of unit cost `cost` of which D(p) = max(choke - p, 0) units are bought at price p; nobody buys at choke.

    Raises ValueError where a number is not finite.
    """

    choke: float
    cost: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.choke) and math.isfinite(self.cost)):
            raise ValueError(f"choke is {self.choke} and cost {self.cost}, expected finite numbers")

    def profit(self, prices: Floats) -> Floats:
        """(p - cost) D(p) of all sellers together, for each of the prices; below 0 where the price is below cost."""
        given = np.asarray(prices, dtype=np.float64)
        return np.asarray((given - self.cost) * np.maximum(self.choke - given, 0.0))

    def total_surplus(self, prices: Floats) -> Floats:
        """Buyers' and sellers' surplus together, D(p)^2 / 2 + profit, for each of the prices."""
        units = np.maximum(self.choke - np.asarray(prices, dtype=np.float64), 0.0)
        return np.asarray(units**2 / 2 + self.profit(prices))

    def monopoly(self, prices: Floats) -> tuple[Indices, float]:
        """The indices of every price at which one seller alone earns most, and that profit. Prices: one or more."""
        profits = self.profit(prices)
        most = float(profits.max())
        return np.flatnonzero(profits >= most - TOLERANCE), most


def bertrand(market: LinearMarket, prices: Floats, sellers: int) -> Floats:
    """The payoffs (k, ..., k, sellers) of the game in which each seller chooses one of k prices.

    The lowest price sells all that is bought at it; sellers that share it share the profit equally. Raises TooLarge
    above 10^6 profiles, ValueError without a seller or for prices that are not a row of finite numbers.
    """
    given = np.asarray(prices, dtype=np.float64)
    if sellers < 1 or given.ndim != 1 or not len(given) or not np.isfinite(given).all():
        raise ValueError(f"{sellers} sellers and prices of shape {given.shape}, expected one or more, and finite ones")
    enumerable((len(given),) * sellers)
    asked = np.stack(np.meshgrid(*[given] * sellers, indexing="ij"), axis=-1)
    lowest = asked.min(axis=-1, keepdims=True)
    sells = asked == lowest
    return np.where(sells, market.profit(lowest) / sells.sum(axis=-1, keepdims=True), 0.0)
