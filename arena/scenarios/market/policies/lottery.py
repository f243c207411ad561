"""A price by lot, and what a trader without intelligence does with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from arena.scenarios.market.policies.situation import Situation
from arena.scenarios.market.terms import Move, Take


def by_price(now: Situation, rng: Random, between: Callable[[int | None], Sequence[int]]) -> Move | None:
    """Takes the best offer within a price drawn between two ends, or else offers at it."""
    seller = rng.choice(now.sellers) if now.buying and now.rules.goods == "different" else None
    low, high = between(seller)
    price = rng.randint(low, high)
    found = [each for each in now.open if seller in (None, each.by) and now.accepts(each, lambda _: price)]
    if found:
        return Take((min if now.buying else max)(found, key=lambda each: each.price).number)
    return now.offering(price, seller)
