"""Selfish: patient; opens at the price that would be best for itself and concedes late, with the square of time.

It goes to its limit in the last round, and takes what is within its price at the moment.
"""

from __future__ import annotations

from random import Random

from arena.core.view import MoveSpec, World
from arena.scenarios.market.policies.acting import trader
from arena.scenarios.market.policies.situation import situation
from arena.scenarios.market.terms import Book, Move

WORDS = (
    "{price}. I am in no hurry.",
    "I have heard better today, but {price} I could live with.",
    "At {price} we can talk; I would rather go home than do worse.",
)


def choose(known: World[Book], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    now = situation(known, seat, specs)
    conceded = now.share**2
    # Rounded to its own advantage, so that it never goes beyond its limit.
    return now.trading(lambda seller: now.far + int(conceded * (now.limit(seller) - now.far)))


policy = trader(choose, WORDS)
