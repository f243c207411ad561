"""How a market came out: what each seat gained, what the group did."""

from __future__ import annotations

from arena.core.task import Outcome
from arena.core.view import World
from arena.dealing.payoffs import aligned
from arena.scenarios.market.terms import Book, Goal
from arena.scenarios.market.worth import valued


def over(w: World[Book]) -> str | None:
    """Why it has ended; None while it goes on. `traded out`: a side has nothing left to trade."""
    return "traded out" if w.common.closed else None


def outcome(w: World[Book], ended: str | None, forfeits: frozenset[int]) -> Outcome:
    """How it stands.

    utilities: the sum of v - p over what a seat bought, of p - c over what it sold. payoffs: with private goals, mixed
    with V by the alignment. value: V, the sum of v - c over the trades made, which may be negative. A turn that is
    forfeited is a lost turn. Before anything was dealt: open, no seats, V = 0.
    """
    rules, trades = w.common.rules, w.common.trades
    if rules is None or not w.own.sheets:
        return Outcome("open", (), (), 0.0)
    gains = [0.0] * len(rules.names)
    for trade, (value, cost) in zip(trades, valued(rules, w.own.sheets, trades), strict=True):
        gains[trade.buyer] += value - trade.price
        gains[trade.seller] += trade.price - cost
    group = sum(gains)
    own = list(gains)
    for goal in w.own.goals:
        own[goal.seat] += goal.bonus if reached(w.common, goal) else 0.0
    payoffs = aligned(own, group, rules.alignment)
    return Outcome("open" if ended is None else "completed", tuple(gains), payoffs, group)


def reached(w: Book, goal: Goal) -> bool:
    """Whether a private goal is reached as it stands."""
    match goal.what:
        case "first":
            return bool(w.trades) and goal.seat in (w.trades[0].buyer, w.trades[0].seller)
        case "partner":
            return any({goal.seat, goal.other} == {trade.buyer, trade.seller} for trade in w.trades)
