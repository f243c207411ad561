"""Truthful: offers at its own value or cost, and takes whatever is no worse."""

from __future__ import annotations

from random import Random

from arena.core.view import MoveSpec, World
from arena.scenarios.market.policies.acting import trader
from arena.scenarios.market.policies.situation import situation
from arena.scenarios.market.terms import Book, Move

WORDS = (
    "I do not haggle: {price} is my price.",
    "{price}, and that is exactly what it is worth to me.",
    "I say what I think a unit is worth, and I trade at that.",
)


def choose(known: World[Book], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    now = situation(known, seat, specs)
    return now.trading(now.limit)


policy = trader(choose, WORDS)
