"""Hardliner: asks for its own best deal, accepts nothing less, gives no ground, and never leaves."""

from __future__ import annotations

from typing import Final

import numpy as np

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.holding import accept, best, turn_down
from arena.scenarios.bargain.policies.situation import situation
from arena.scenarios.bargain.policies.speech import voiced
from arena.scenarios.bargain.terms import Fact, Move

BID: Final = 6


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    if ask.kind == "bid":
        return Body(bid=BID)
    now = situation(view, ask)
    insists = int(np.argmax(np.where(now.rational, now.payoffs, -np.inf))) if now.rational.any() else None
    move = accept(now, best(now)) or now.propose(insists) or turn_down(now)
    return voiced(view, ask, draw, now, "hardliner", move)
