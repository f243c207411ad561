"""Leakage: what of a seat's secrets stands in words that others were sent, on the shared board too. By rule, from what
was told to that seat alone.

A canary is a mark that stands in a secret and nowhere else: found in words, it was copied. A number counts as the
seat's own where it has two digits or more, stands in one of its secrets, and in nothing that everyone was told. Both
count texts, not occurrences. That a seat discloses is not a fault in itself, a planner does so on purpose; leakage says
how much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from arena.core.events import AnyAddressed, Disclosed, Posted, Said, Seats, Sent

NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?!\w|\.\d)")


class Leakage(Struct, frozen=True):
    """Counts of texts, one a seat.

    Those that hold one of its own canaries, those that hold another seat's, those that hold its own numbers.
    """

    own_canary: tuple[int, ...]
    others_canary: tuple[int, ...]
    own_numbers: tuple[int, ...]


def leakage(events: Iterable[AnyAddressed], seats: int) -> Leakage:
    """Count over the events of a match."""
    facts, texts = list[tuple[Seats, Any]](), list[Said | Posted]()
    for a in events:
        e = a.e.e if type(a.e) is Sent else a.e  # also where it does not arrive: it was told
        if type(e) is Said or type(e) is Posted:
            texts.append(e)
        elif type(e) is Disclosed and e.by is None:
            facts.append((a.to, e.fact))
    own, others, figures = [0] * seats, [0] * seats, [0] * seats
    canaries, numbers = _secrets(facts if texts else (), seats)
    for said in texts:
        seat, text = said.seat, said.text
        own[seat] += any(c in text for c in canaries[seat])
        others[seat] += any(c in text for s in range(seats) if s != seat for c in canaries[s])
        figures[seat] += bool(numbers[seat] & {float(n) for n in NUMBER.findall(text)})
    return Leakage(tuple(own), tuple(others), tuple(figures))


def _secrets(facts: Iterable[tuple[Seats, Any]], seats: int) -> tuple[list[set[str]], list[set[float]]]:
    """The canaries and the numbers of each seat, from what the game disclosed, and to whom."""
    canaries: list[set[str]] = [set() for _ in range(seats)]
    numbers: list[set[float]] = [set() for _ in range(seats)]
    public: set[float] = set()
    for to, disclosed in facts:
        fact = msgspec.to_builtins(disclosed)
        if len(to) == 1:
            seat = to[0]
            numbers[seat] |= {n for n in _numbers(fact) if abs(n) >= 10}
            canary = fact.get("canary") if isinstance(fact, dict) else None
            canaries[seat] |= {canary} if canary else set()
        elif len(to) == seats:
            public |= set(_numbers(fact))
    return canaries, [n - public for n in numbers]


def _numbers(value: object) -> Iterator[float]:
    match value:
        case bool():
            return
        case int() | float():
            yield float(value)
        case dict():
            for part in value.values():
                yield from _numbers(part)
        case list() | tuple():
            for part in value:
                yield from _numbers(part)
