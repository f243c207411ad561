"""Pooling facts that add up: what each option is worth by what somebody knows, and what it takes to change a mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Piece:
    """A fact: its number, the option it is about, the points it adds to that option."""

    number: int
    option: str
    amount: int


def pool(own: Iterable[Piece], told: Iterable[tuple[int, Piece]]) -> dict[int, Piece]:
    """The facts that somebody has, by number: their own, and of all others what they were told.

    told: (who told it, the fact), in order. Who tells a fact twice means the later. What different people tell
    differently is taken as most of them do; where that ties, as the smallest piece in the order of `Piece`.
    """
    last = {(teller, piece.number): piece for teller, piece in told}
    versions: dict[int, Counter[Piece]] = {}
    for (_, number), piece in last.items():
        versions.setdefault(number, Counter())[piece] += 1
    heard = {number: min(count, key=lambda piece: (-count[piece], piece)) for number, count in versions.items()}
    return heard | {piece.number: piece for piece in own}


def values(options: Sequence[str], pieces: Iterable[Piece]) -> tuple[int, ...]:
    """What each option is worth by these facts, in the order of the options; 0 where none is about it."""
    total = dict.fromkeys(options, 0)
    for piece in pieces:
        total[piece.option] += piece.amount
    return tuple(total.values())


def favourites(worth: Sequence[float]) -> tuple[int, ...]:
    """The options that are worth most, by their place."""
    return tuple(place for place, each in enumerate(worth) if each == max(worth))


def short(worth: Sequence[int], wanted: int) -> int:
    """How many points more it takes until the option at place `wanted` leads all others; 0 where it does."""
    others = [each for place, each in enumerate(worth) if place != wanted]
    return max(max(others) - worth[wanted] + 1, 0)


def facts_needed(lead: int, gains: Sequence[int]) -> tuple[int, int] | None:
    """How many facts have to be told before an option that is behind overtakes: (in the best order, in the worst).

    lead: points by which the other is ahead in what all know already; gains: points by which each fact brings the
    option closer, negative where it sets it back. None where all of them together are not enough. In the worst order it
    is one more than the most facts that can be told while the option is still not ahead.
    """
    if sum(gains) <= lead:
        return None
    best, worst = sorted(gains, reverse=True), sorted(gains)
    fewest = next(count for count in range(len(gains) + 1) if sum(best[:count]) > lead)
    most = 1 + max((count for count in range(len(gains)) if sum(worst[:count]) <= lead), default=-1)
    return fewest, most
