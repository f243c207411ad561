"""Conceder: starts at its best deal and gives way early, towards what the others seem to want."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.aspiration import CONCEDER
from arena.scenarios.bargain.policies.clock import against_the_clock
from arena.scenarios.bargain.terms import Fact, Move


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    return against_the_clock(view, ask, draw, "conceder", CONCEDER)
