"""What a commons is measured against: the first best, the best with hindsight, the floor of those who grab."""

from __future__ import annotations

from arena.core.task import Estimate, Reference
from arena.core.view import World
from arena.scenarios.commons.growth import after
from arena.scenarios.commons.terms import Fate, Growth, Rules, Waters
from arena.solutions.harvesting import Ints, plan, yielded


def solve(w: World[Waters]) -> Reference:
    """V*, V_hind and the floor `silent` of a commons from where it stands, what has been landed so far included.

    best: the plan with the largest expected yield, by dynamic programming over stock and rounds; where the horizon is
    hidden, its yield over the rounds that this match has. hind: the same with the number of rounds known. silent: each
    takes an equal share of the stock at once, S // n. how: `bound` where nobody is told the rate of regrowth, since the
    best is then that of one who knows it; else `exact`. Before anything was dealt, all is 0.
    """
    rules, fate = w.common.rules, w.own.fate
    if rules is None or fate is None:
        return Reference(0.0, 0.0, {"silent": Estimate(0.0)}, "silent", "exact")
    so_far = sum(catch.units for catch in w.own.catches)
    gone = len(w.common.seasons)
    over = bool(w.common.seasons and (w.common.seasons[-1].collapsed or w.common.seasons[-1].last))
    left = 0 if over else fate.rounds - gone
    stock, table = w.common.stock, after(fate.growth)
    best = so_far + _best(rules, table, stock, left, gone)
    hind = so_far + (float(plan(table, left).worth[0, stock]) if left else 0.0)
    grab = float(so_far) + _grab(fate.growth, len(rules.names), stock, left)
    known = rules.growth.rate is not None or rules.growth.kind == "table"
    return Reference(best, hind, {"silent": Estimate(grab)}, "silent", "exact" if known else "bound")


def optimum(rules: Rules, fate: Fate) -> float:
    """V* of the whole match, as it was dealt."""
    return _best(rules, after(fate.growth), rules.stock, fate.rounds, 0)


def _best(rules: Rules, table: Ints, stock: int, left: int, gone: int) -> float:
    if not left:
        return 0.0
    if rules.rounds is not None:
        return float(plan(table, left).worth[0, stock])
    made = plan(table, rules.most - gone, 1 - rules.ending)
    return float(yielded(made, table, stock, left))


def _grab(growth: Growth, seats: int, stock: int, left: int) -> int:
    """What is landed when each takes S // n in every round."""
    total, table = 0, after(growth)
    for _ in range(left):
        taken = stock // seats * seats
        total += taken
        if stock - taken < max(growth.threshold, 1):
            break
        stock = int(table[stock - taken])
    return total
