"""Selfish: asks for the best deal for itself that the others might still accept, and concedes nothing it need not.

A deal might be accepted until a seat whose consent it needs turns it down, or has told points by which it would. So its
offers go down its own ranking, one step for each rejection. It accepts what is worth as much as its own next offer; in
the last round, whatever beats having no deal.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.disclosure import known_sheets
from arena.scenarios.bargain.policies.history import rejections
from arena.scenarios.bargain.policies.holding import accept, turn_down
from arena.scenarios.bargain.policies.joint import needed, passing
from arena.scenarios.bargain.policies.own import place
from arena.scenarios.bargain.policies.situation import Situation, situation
from arena.scenarios.bargain.policies.speech import voiced
from arena.scenarios.bargain.terms import Fact, Move, Propose
from arena.solutions.space import Mask

BID: Final = 7


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    if ask.kind == "bid":
        return Body(bid=BID)
    now = situation(view, ask)
    hoped = int(np.argmax(np.where(hope(view, now), now.payoffs, -np.inf)))
    target = now.sheet.threshold if now.last else float(now.payoffs[hoped])
    move: Move | None = accept(now, target)
    if move is None and now.rational[hoped]:
        move = now.propose(hoped)
    move = move or turn_down(now)
    first = isinstance(move, Propose) and now.mine is None
    return voiced(view, ask, draw, now, "selfish", move, "open" if first else "")


def hope(view: View, now: Situation) -> Mask:
    """The deals that the seat agrees to and the others might (deals,); its own rational ones where none is left."""
    sheets = known_sheets(view, now.rules)
    mask = now.rational & passing(now.rules, tuple(sheets[seat] for seat in sorted(sheets)), now.away)
    for deal, seats in rejections(view).items():
        if needed(now.rules, seats, now.away):
            mask[place(now.rules, deal)] = False
    return mask if mask.any() else now.rational
