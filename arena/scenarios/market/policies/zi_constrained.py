"""Zero intelligence, constrained: any price at which it would not lose, all with equal chances.

It takes the best offer that is no worse than the price it has drawn, and else offers at that (Gode and Sunder 1993);
where units differ, a buyer looks at the unit of one seller by lot. The floor `silent` is made of it.
"""

from __future__ import annotations

from random import Random

from arena.core.view import MoveSpec, World
from arena.scenarios.market.policies.acting import trader
from arena.scenarios.market.policies.lottery import by_price
from arena.scenarios.market.policies.situation import situation
from arena.scenarios.market.terms import Book, Move

WORDS = ("{price}!", "{price}, why not.")


def choose(known: World[Book], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    now = situation(known, seat, specs)
    return by_price(now, rng, lambda seller: sorted((now.far, now.limit(seller))))


policy = trader(choose, WORDS)
