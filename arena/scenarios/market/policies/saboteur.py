"""Saboteur: keeps the rules, claims that a unit means everything to it, and never trades.

Who plans with what it claims keeps a partner for it that could have traded with somebody else.
"""

from __future__ import annotations

from random import Random

from arena.core.view import MoveSpec, World
from arena.scenarios.market.policies.acting import trader
from arena.scenarios.market.policies.situation import Situation, situation
from arena.scenarios.market.terms import Book, Move

WORDS = (
    "Keep one for me; nobody here needs to trade as badly as I do.",
    "I am nearly there. Hold on for me, it will be worth it.",
)


def choose(known: World[Book], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    now = situation(known, seat, specs)
    return now.offering(now.far, now.favourite())


def claimed(now: Situation) -> tuple[int, ...]:
    """The largest value that can be claimed, the smallest cost."""
    return (now.rules.highest - now.far,) * len(now.sheet.worth)


policy = trader(choose, WORDS, claimed)
