"""Absent: passes, always. Where a move is owed it rejects what it can, and else does what commits it to least."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.situation import situation
from arena.scenarios.bargain.terms import Fact, Move
from arena.scripting.speech import call


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    if ask.kind == "bid":
        return Body(bid=0)
    move = situation(view, ask).owed(None) if ask.must else None
    return Body(move=move, call=call(view, ask, draw))
