"""Random: a kind of legal move with equal chances, then its values with equal chances.

The floor `random` is made of such seats (without their words).
"""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.situation import situation
from arena.scenarios.bargain.policies.speech import voiced
from arena.scenarios.bargain.terms import Fact, Move
from arena.scripting.lots import any_move


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    rng = draw.of("move")
    if ask.kind == "bid":
        return Body(bid=rng.randint(0, 10))
    return voiced(view, ask, draw, situation(view, ask), "random", any_move(ask.moves, Move, rng))
