"""Zero intelligence, unconstrained: any price at all, also at a loss (Gode and Sunder 1993)."""

from __future__ import annotations

from random import Random

from arena.core.view import MoveSpec, World
from arena.scenarios.market.policies.acting import trader
from arena.scenarios.market.policies.lottery import by_price
from arena.scenarios.market.policies.situation import situation
from arena.scenarios.market.terms import Book, Move

WORDS = ("{price}!", "{price}, or whatever.")


def choose(known: World[Book], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    now = situation(known, seat, specs)
    return by_price(now, rng, lambda seller: [0, now.rules.highest])


policy = trader(choose, WORDS)
