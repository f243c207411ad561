"""Bargaining against the clock: what is held out for falls with time alone."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.aspiration import aspiration
from arena.scenarios.bargain.policies.holding import best, hold_out
from arena.scenarios.bargain.policies.own import place
from arena.scenarios.bargain.policies.situation import Situation, situation
from arena.scenarios.bargain.policies.speech import voiced
from arena.scenarios.bargain.terms import Fact, Move, Propose
from arena.solutions.tolerance import TOLERANCE


def against_the_clock(view: View, ask: Ask, draw: Draw, name: str, beta: float) -> Body[Move, Fact]:
    """The reply of a time-dependent policy: `beta` is the shape of its concessions, `name` whose words it uses."""
    now = situation(view, ask)
    if ask.kind == "bid":
        return Body(bid=eagerness(now))
    top = best(now)
    target = aspiration(top, now.sheet.threshold, now.progress, beta)
    move = hold_out(now, target, draw)
    return voiced(view, ask, draw, now, name, move, opening(now, move, top))


def eagerness(now: Situation) -> int:
    """A bid for the floor that grows with time, from 3 to 8."""
    return 3 + round(5 * now.progress)


def opening(now: Situation, move: Move | None, top: float) -> str:
    """The kind of sentence for a first offer that gives nothing yet; otherwise that of the move."""
    if not isinstance(move, Propose) or now.mine is not None:
        return ""
    return "open" if now.payoffs[place(now.rules, move.deal)] >= top - TOLERANCE else ""
