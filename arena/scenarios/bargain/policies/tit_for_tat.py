"""Tit for tat: opens at its best deal, gives a small step to begin with, then mirrors what the others give.

A behaviour-dependent tactic, absolute tit-for-tat, of Faratin, Sierra and Jennings (1998): concessions are measured by
what they are worth to oneself, between each seat's first offer and its latest; taking one back is answered as well. The
step given first is nice in the sense of Axelrod (1984); without it, two of the kind would never move.
"""

from __future__ import annotations

from typing import Final

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.clock import eagerness, opening
from arena.scenarios.bargain.policies.history import proposals
from arena.scenarios.bargain.policies.holding import best, hold_out
from arena.scenarios.bargain.policies.own import place
from arena.scenarios.bargain.policies.situation import Situation, situation
from arena.scenarios.bargain.policies.speech import voiced
from arena.scenarios.bargain.terms import Fact, Move

STEP: Final = 0.1
"""What is given first, as a share of what there is to lose."""


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    now = situation(view, ask)
    if ask.kind == "bid":
        return Body(bid=eagerness(now))
    top = best(now)
    target = max(top - concession(view, now, top), now.sheet.threshold)
    move = hold_out(now, target, draw)
    return voiced(view, ask, draw, now, "tit-for-tat", move, opening(now, move, top))


def concession(view: View, now: Situation, top: float) -> float:
    """What the seat gives: nothing in its first offer, then a step and the mean of what the others have given so far.

    A seat that has made no offer has given nothing, and is not counted.
    """
    made = proposals(view)
    if view.seat not in made:
        return 0.0
    given = []
    for seat, deals in made.items():
        if seat != view.seat:
            first, latest = (now.payoffs[place(now.rules, deals[i])] for i in (0, -1))
            given.append(max(float(latest - first), 0.0))
    mean = sum(given) / len(given) if given else 0.0
    return STEP * (top - now.sheet.threshold) + mean
