"""Markets of traders who buy or sell one unit or several: who should trade with whom, and at which prices.

A trader who wants several units is a buyer for each of them, at what that unit is worth to it; one who has several is a
seller of each. Values fall and costs rise from unit to unit, so that an optimum of single units keeps their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from arena.solutions.assignment import best_assignment
from arena.solutions.market import assignment_market, uniform_price
from arena.solutions.space import Floats
from arena.solutions.tolerance import TOLERANCE

Worths = Mapping[int, Sequence[float]]


@dataclass(frozen=True, eq=False)
class Units:
    """Every unit that is wanted and every unit that there is.

    buyers (m,), sellers (n,): whose they are; values (m, n): what a wanted unit is worth to its buyer, if that unit of
    that seller is the one; costs (n,). alike: whether a unit is worth the same whoever sells it.
    """

    buyers: tuple[int, ...]
    sellers: tuple[int, ...]
    values: Floats
    costs: Floats
    alike: bool

    @property
    def gains(self) -> Floats:
        """(m, n): the surplus of each pair."""
        return self.values - self.costs


def units_of(wanted: Worths, offered: Worths, alike: bool) -> Units:
    """The units of a market.

    wanted: for each buyer its values; of the units that it wants where all are alike, else of the one that it wants
    from each seller, in the order of `offered`; none where it wants no more. offered: for each seller the costs of its
    units, none where it has sold them.
    """
    sellers = tuple(seller for seller, costs in offered.items() for _ in costs)
    costs = np.array([cost for row in offered.values() for cost in row], dtype=np.float64)
    if alike:
        buyers = tuple(buyer for buyer, values in wanted.items() for _ in values)
        column = np.array([value for row in wanted.values() for value in row], dtype=np.float64)
        return Units(buyers, sellers, np.repeat(column[:, None], len(sellers), axis=1), costs, True)
    buyers = tuple(buyer for buyer, values in wanted.items() if len(values))
    places = [place for place, row in enumerate(offered.values()) for _ in row]
    table = np.array([[wanted[buyer][place] for place in places] for buyer in buyers], dtype=np.float64)
    return Units(buyers, sellers, table.reshape(len(buyers), len(sellers)), costs, False)


def most(units: Units) -> float:
    """The largest sum of v - c over pairs that trade; 0 where nobody should."""
    return best_assignment(np.maximum(units.gains, 0.0)).value


def matching(units: Units) -> tuple[tuple[int, int], ...]:
    """The pairs of units that trade in one best matching, as (row, column); none of them without a gain."""
    gains = units.gains
    jobs = best_assignment(np.maximum(gains, 0.0)).jobs
    return tuple((row, col) for row, col in enumerate(jobs) if col is not None and gains[row, col] > TOLERANCE)


def competitive(units: Units) -> tuple[Floats, Floats]:
    """The ends of the competitive prices of each seller's unit, (n,) each; the same for all units that are alike.

    Where nothing holds a price of alike units on a side it is infinite there.
    """
    if not units.alike:
        market = assignment_market(units.values, units.costs)
        return market.low, market.high
    price = uniform_price(units.values[:, 0] if units.values.size else np.zeros(0), units.costs)
    ones = np.ones(len(units.costs))
    return ones * price.low, ones * price.high
