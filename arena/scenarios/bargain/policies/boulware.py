"""Boulware: starts at its best deal and stays there until time is nearly up; then it gives way, down to its threshold.

Named for Lemuel Boulware, who made one offer and stuck to it.
"""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.aspiration import BOULWARE
from arena.scenarios.bargain.policies.clock import against_the_clock
from arena.scenarios.bargain.terms import Fact, Move


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    return against_the_clock(view, ask, draw, "boulware", BOULWARE)
