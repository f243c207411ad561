"""Competitive prices of markets in which each buyer wants one unit and each seller has one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arena.solutions.assignment import best_assignment, checked
from arena.solutions.space import Floats, Mask
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True)
class UniformPrice:
    """The prices at which as many want to buy as to sell, all of [low, high], and how many trades those carry.

    trades counts those that gain something; low is -inf, or high inf, where nothing holds the price on that side.
    """

    trades: int
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class AssignmentMarket:
    """What an assignment market comes to where everyone takes prices as given.

    surplus: the largest sum of v - c over the pairs that trade. seller_of: the seller that each buyer trades with in
    one such matching, None where with none. low and high (sellers,): the prices that are best for all buyers at once,
    and for all sellers at once (Shapley and Shubik 1971); every competitive price lies between. may_trade (buyers,
    sellers): the pairs that trade in some matching of that surplus; the others should not.
    """

    surplus: float
    seller_of: tuple[int | None, ...]
    low: Floats
    high: Floats
    may_trade: Mask


def uniform_price(values: Floats, costs: Floats) -> UniformPrice:
    """The competitive prices where all units are alike: values (buyers,), costs (sellers,), finite.

    With k trades, the k-th largest value and k-th smallest cost: from max(c_k, v_(k+1)) to min(v_k, c_(k+1)). A price
    at which nobody wants to trade, where there is no gain to be had, is competitive too. Raises ValueError otherwise.
    """
    falling, rising = -np.sort(-_row("values", values)), np.sort(_row("costs", costs))
    most = min(len(falling), len(rising))
    k = int((falling[:most] > rising[:most] + TOLERANCE).sum())
    inner, outer = slice(max(k - 1, 0), k), slice(k, k + 1)
    low = max([*rising[inner].tolist(), *falling[outer].tolist()], default=-np.inf)
    high = min([*falling[inner].tolist(), *rising[outer].tolist()], default=np.inf)
    return UniformPrice(k, low, high)


def assignment_market(values: Floats, costs: Floats) -> AssignmentMarket:
    """The competitive prices where units differ: values (buyers, sellers), costs (sellers,), finite.

    Nobody has to trade. At the buyers' best prices each buyer has what it adds to the market, w - w(without it); at the
    sellers' best each seller has (Leonard 1983, Demange 1982). A seller that trades in no best matching: its cost,
    twice. Exact; buyers * sellers matchings are solved, a fifth of a second for 40 x 40. Raises ValueError otherwise.
    """
    worth, asked = checked(values), _row("costs", costs)
    if len(asked) != worth.shape[1]:
        raise ValueError(f"{len(asked)} costs for values of shape {worth.shape}, expected one for each seller")
    gains = worth - asked
    surplus = _surplus(gains)
    matched = best_assignment(np.maximum(gains, 0.0))
    seller_of = tuple(
        None if seller is None or gains[buyer, seller] <= TOLERANCE else seller
        for buyer, seller in enumerate(matched.jobs)
    )
    low, high = asked.copy(), asked.copy()
    for buyer, seller in enumerate(seller_of):
        if seller is not None:
            adds = surplus - _surplus(np.delete(gains, buyer, axis=0))
            low[seller] += max(0.0, gains[buyer, seller] - adds)
            high[seller] += max(0.0, surplus - _surplus(np.delete(gains, seller, axis=1)))
    return AssignmentMarket(surplus, seller_of, low, high, _may_trade(gains, surplus))


def _may_trade(gains: Floats, surplus: float) -> Mask:
    """Whether the rest makes up for it if this buyer and this seller trade with each other."""
    mask = np.zeros(gains.shape, dtype=bool)
    for buyer, seller in np.argwhere(gains >= -TOLERANCE):
        rest = np.delete(np.delete(gains, buyer, axis=0), seller, axis=1)
        mask[buyer, seller] = _surplus(rest) + gains[buyer, seller] >= surplus - TOLERANCE
    return mask


def _surplus(gains: Floats) -> float:
    return best_assignment(np.maximum(gains, 0.0)).value


def _row(name: str, given: Floats) -> Floats:
    row = np.asarray(given, dtype=np.float64)
    if row.ndim != 1 or not np.isfinite(row).all():
        raise ValueError(f"{name} have shape {row.shape}, expected a row of finite numbers")
    return row
