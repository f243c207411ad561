"""Punisher: sustains, but takes a share of all there is for two rounds after it has seen the stock over-used.

Where it is not told what each has landed, it goes by the stock: one that has shrunk below where it regrows best.
"""

from __future__ import annotations

from typing import Final

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.commons.policies.acting import harvester
from arena.scenarios.commons.policies.situation import Situation, situation
from arena.scenarios.commons.terms import Fact, Move
from arena.solutions.harvesting import lasting

ROUNDS: Final = 2
WORDS = ("Whoever takes more than {share} will see me do the same for two rounds.", "I take {units}, and I keep count.")


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    crossed = ask.kind != "bid" and over_used(view)

    def units(now: Situation) -> int:
        return now.pool_share if crossed else now.fair

    return harvester(units, lambda now: now.fair, WORDS, tells=True)(view, ask, draw)


def over_used(view: View) -> bool:
    """Whether somebody else has over-used the stock in the last two rounds, as far as this seat can tell."""
    here, now = situation(view), view.known.common
    for t in range(max(len(now.stocks) - ROUNDS, 0), len(now.stocks)):
        fair = -(-lasting(here.table, now.stocks[t]) // here.seats)
        own = view.known.own.catches[t].units if t < len(view.known.own.catches) else 0
        if own > fair:  # its own punishment is no reason for another
            continue
        if t < len(now.landed):
            if any(units > fair for seat, units in enumerate(now.landed[t]) if seat != view.seat):
                return True
        elif now.seasons[t].stock < min(now.stocks[t], best_stock(here)):
            return True
    return False


def best_stock(here: Situation) -> int:
    """The stock that comes after the one that regrows most is left standing."""
    full = len(here.table) - 1
    return int(here.table[full - lasting(here.table, full)])
