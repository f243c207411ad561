"""What a market is measured against: all gains from trade, and what one trader alone can have."""

from __future__ import annotations

from arena.core.task import Estimate, Reference
from arena.core.view import World
from arena.scenarios.market.forms import takeable
from arena.scenarios.market.terms import Book, Rules
from arena.scenarios.market.worth import units, valued
from arena.solutions.trading import most


def solve(w: World[Book]) -> Reference:
    """V*, V_hind and the floor `solo` of a market from where it stands, the trades made so far included.

    best: what was gained, and the largest sum of v - c over pairs of units that are left; nothing is drawn, so hind is
    the same. solo: what was gained, and what one seat alone can add by taking the offers that others have left
    standing: 0 at the opening. how: `bound` where fewer rounds are left than a seat has units, so that time may be
    short; else `exact`. Before anything was dealt, all is 0.
    """
    book, rules, sheets = w.common, w.common.rules, w.own.sheets
    if rules is None or not sheets:
        return Reference(0.0, 0.0, {"solo": Estimate(0.0)}, "solo", "exact")
    so_far = sum(value - cost for value, cost in valued(rules, sheets, book.trades))
    more = 0.0 if book.closed else most(units(rules, sheets, book))
    turns = rules.rounds - max(book.round, 1) + 1
    alone = max([_alone(w, rules, seat, turns) for seat in range(len(rules.names))])
    late = not book.closed and max(book.left) > turns
    best = float(so_far + more)
    return Reference(best, best, {"solo": Estimate(float(so_far + alone))}, "solo", "bound" if late else "exact")


def _alone(w: World[Book], rules: Rules, seat: int, turns: int) -> float:
    """The most that a seat can add to V by taking standing offers, one a turn."""
    book = w.common
    counts = {offer.by: 1 for offer in takeable(book, seat, seat in rules.buyers)}
    if not counts or turns <= 0:
        return 0.0
    return most(units(rules, w.own.sheets, book, counts | {seat: min(book.left[seat], turns)}))
