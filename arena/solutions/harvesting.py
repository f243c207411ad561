"""Harvesting a stock that regrows: the most that can be taken in all, by dynamic programming over stock and rounds.

A stock is a whole number in [0, K]. `after[r]` is the stock of the next round when r is left standing, 0 where it has
collapsed. Reed (1979) and Clark (1990) treat the continuous case; this is the exact one in whole units.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Plan:
    """What to leave standing: `keep[t, s]` with t rounds gone and a stock of s, both (rounds, K + 1); what it yields.

    `worth[t, s]`: the expected yield from there on.
    """

    keep: Ints
    worth: NDArray[np.float64]


def plan(after: Ints, rounds: int, survival: float = 1.0) -> Plan:
    """The plan with the largest expected yield over `rounds` rounds.

    after: (K + 1,), after[r] in [0, K], after[0] = 0. survival in [0, 1]: the chance that another round comes after one
    that is not the last (a random horizon that nobody foresees, cut at `rounds`). Of equally good plans it is the one
    that leaves most standing. O(K * rounds) time and space.
    """
    keep, worth = np.zeros((rounds, len(after)), np.int64), np.zeros((rounds, len(after)))
    stock = np.arange(len(after), dtype=np.float64)
    later: NDArray[np.float64] = np.zeros(len(after))
    for t in range(rounds - 1, -1, -1):
        left = (
            later[after] * (survival if t < rounds - 1 else 0.0) - stock
        )  # of leaving r: what comes, less what it costs
        best = np.maximum.accumulate(left)
        keep[t] = np.maximum.accumulate(np.where(left >= best, stock, 0))
        worth[t] = later = stock + best
    return Plan(keep, worth)


def yielded(plan: Plan, after: Ints, start: int, rounds: int) -> int:
    """What a plan takes from `start` when `rounds` rounds come, at most as many as the plan was made for."""
    total, stock = 0, start
    for t in range(rounds):
        left = int(plan.keep[t, stock])
        total += stock - left
        stock = int(after[left])
    return total


def sustainable(after: Ints, stock: int) -> int:
    """sigma(S): the most that can be taken so that the next stock is no smaller; 0 where it falls whatever is done."""
    standing = np.flatnonzero(after[: stock + 1] >= stock)
    return stock - int(standing[0]) if len(standing) else 0


def lasting(after: Ints, stock: int) -> int:
    """The harvest that keeps the stock where it regrows most, or lets it grow there: what can be taken again and again.

    What is above that stock is taken at once; 0 below it. With Schaefer (1954), the maximum sustainable yield.
    """
    most = int(np.argmax(after - np.arange(len(after))))
    return max(stock - most, 0)


def best_reply(after: Ints, stock: int, others: int, rounds: int, survival: float = 1.0) -> int:
    """The harvest that gives one harvester most, when the others together ask for `others` units in every round.

    Where more is asked for than there is, it gets its share by what it asked, rounded down. By dynamic programming over
    stock and rounds, O(rounds * K^2) time and O(K^2) space; the smallest of equally good ones.
    """
    size = len(after)
    found, asked = np.arange(size)[:, None], np.arange(size)[None, :]
    total = asked + others
    got = np.where(total <= found, asked, asked * found // np.maximum(total, 1)).astype(float)
    got[asked > found] = -1.0
    following = after[np.maximum(found - total, 0)]
    later: NDArray[np.float64] = np.zeros(size)
    for _ in range(rounds - 1):
        later = survival * (got + later[following]).max(axis=1)
    return int(np.argmax(got[stock] + later[following[stock]]))
