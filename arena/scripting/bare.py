"""Policies that say nothing: a floor's profile in a seat of a match."""

from __future__ import annotations

from typing import Any, Final

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, Chooser, View
from arena.scripting.lots import any_move
from arena.scripting.policies import Policy
from arena.scripting.speech import call

BID: Final = 5


def silent(choose: Chooser) -> Policy:
    """The scripted agent that plays a profile and says nothing: the floor `silent`, as a seat of a match."""

    def policy(view: View, ask: Ask, draw: Draw) -> Body[Any, Any]:
        if ask.kind == "bid":
            return Body(bid=BID)
        move = choose(view.known, view.seat, ask.moves, draw.of("move")) if ask.moves else None
        return Body(move=move, call=call(view, ask, draw))

    return policy


def by_lot(types: Any) -> Chooser:
    """The profile of the floor `random`: any legal move. types: the family's union of moves."""
    return lambda known, seat, specs, rng: any_move(specs, types, rng)
