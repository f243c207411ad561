"""Values and costs by lot: the numbers of a market, before anyone has a name."""

from __future__ import annotations

from random import Random

from arena.scenarios.market.terms import Goods


def values(rng: Random, highest: int, units: int, goods: Goods, sellers: int, taste: float) -> tuple[int, ...]:
    """What units are worth to a buyer, each uniform in 1 to highest.

    Several that are alike: in falling order. Different ones: for each seller, a share `taste` of its own, and the rest
    the same for all.
    """
    if goods == "alike":
        return tuple(sorted((rng.randint(1, highest) for _ in range(units)), reverse=True))
    base = rng.randint(1, highest)
    return tuple(max(1, round((1 - taste) * base + taste * rng.randint(1, highest))) for _ in range(sellers))


def costs(rng: Random, highest: int, units: int) -> tuple[int, ...]:
    """What units cost a seller, each uniform in 1 to highest, in rising order."""
    return tuple(sorted(rng.randint(1, highest) for _ in range(units)))
