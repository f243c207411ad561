"""Shading: asks for more than its cost, or bids less than its value, by a margin that falls with time.

In the first round the margin is half of what lies between its limit and the price that would be best for it; nothing
in the last.
"""

from __future__ import annotations

from random import Random
from typing import Final

from arena.core.view import MoveSpec, World
from arena.scenarios.market.policies.acting import trader
from arena.scenarios.market.policies.situation import situation
from arena.scenarios.market.terms import Book, Move

MARGIN: Final = 0.5
WORDS = (
    "{price} is a fair price, and I have not much room left.",
    "I could do it at {price}.",
    "Times change; today it is {price}.",
)


def choose(known: World[Book], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    now = situation(known, seat, specs)
    margin = MARGIN * (now.rounds_left - 1) / max(now.rules.rounds - 1, 1)

    def price(seller: int | None) -> int:
        limit = now.limit(seller)
        return limit + int(margin * (now.far - limit))

    return now.trading(price)


policy = trader(choose, WORDS)
