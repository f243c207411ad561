"""Random: a kind of legal move with equal chances, then its values with equal chances.

The floor `random` is made of such seats (without their words).
"""

from __future__ import annotations

from random import Random

import msgspec

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, Choice, Field, Record, View, Whole
from arena.scenarios.bargain.policies.situation import situation
from arena.scenarios.bargain.policies.speech import voiced
from arena.scenarios.bargain.terms import Fact, Move


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    rng = draw.of("move")
    if ask.kind == "bid":
        return Body(bid=rng.randint(0, 10))
    return voiced(view, ask, draw, situation(view, ask), "random", any_move(ask, rng))


def any_move(ask: Ask, rng: Random) -> Move | None:
    """Any move that is legal now; None where there is none."""
    specs = [spec for spec in ask.moves if spec.legal]
    if not specs:
        return None
    spec = rng.choice(specs)
    wire = {"kind": spec.kind, **{field.name: _any_value(field, rng) for field in spec.fields}}
    move: Move = msgspec.convert(wire, type=Move)
    return move


def _any_value(field: Field, rng: Random) -> object:
    match field:
        case Choice(options=options):
            return rng.choice(options)
        case Whole(low=low, high=high):
            return rng.randint(low, high)
        case Record(fields=fields):
            return tuple(_any_value(each, rng) for each in fields)
