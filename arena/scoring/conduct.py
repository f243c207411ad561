"""Conduct: how the seats behaved as participants. It stands beside the outcome and never enters it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from arena.core.events import (
    AnyEvent,
    Disclosed,
    Dropped,
    Forfeited,
    Moved,
    Noted,
    Passed,
    Posted,
    Refused,
    Replied,
    Said,
    Seated,
    Sent,
    Summarised,
)


class Conduct(Struct, frozen=True):
    """Counts over one match; per seat where it is a tuple, in seat order.

    parse_rate: the share of replies that could be understood, in [0, 1], NaN without any. refusals: by code. turns:
    replies that were accepted, forfeits apart. words and messages: what was accepted, whispers included. calls: replies
    asked for, those apart that did not come since the prompt had outgrown the context. summaries: of its own, which it
    wrote then; they are no turns. posts: how often it wrote the shared board.
    """

    parse_rate: tuple[float, ...]
    refusals: dict[str, int]
    refused: tuple[int, ...]
    forfeits: tuple[int, ...]
    turns: tuple[int, ...]
    calls: tuple[int, ...]
    messages: tuple[int, ...]
    words: tuple[int, ...]
    claims: tuple[int, ...]
    summaries: tuple[int, ...]
    posts: tuple[int, ...]
    rounds: int


COUNTED = ("parsed", "calls", "refused", "forfeits", "turns", "messages", "words", "claims", "summaries", "posts")


def conduct(lines: Iterable[Iterable[AnyEvent]], seats: int, rounds: int) -> Conduct:
    """Count over the lines of a match."""
    tally = _Tally(seats)
    for line in lines:
        tally.line(line)
    parsed, *counts = [tuple(tally.counts[what]) for what in COUNTED]
    named = dict(zip(COUNTED[1:], counts, strict=True))
    return Conduct(
        parse_rate=tuple([p / c if c else float("nan") for p, c in zip(parsed, named["calls"], strict=True)]),
        refusals=dict(sorted(tally.codes.items())),
        rounds=rounds,
        **named,
    )


class _Tally:
    """What was counted so far: by what, a figure a seat; refusals by code."""

    def __init__(self, seats: int) -> None:
        self.counts = {what: [0] * seats for what in COUNTED}
        self.codes = Counter[str]()
        self.silent: set[int] = set()  # seats that have dropped out: what stands in for their turns is not theirs
        self.took, self.lost = set[int](), set[int]()  # of the line: who did something, who forfeited

    def line(self, events: Iterable[AnyEvent]) -> None:
        """Count one line: however much a seat did in it, it is one turn; a forfeited one is none."""
        for event in [e.e if type(e) is Sent else e for e in events]:
            count = COUNTING.get(type(event))
            if count is not None:
                count(self, event)
        if self.took or self.lost:
            for seat in self.took - self.lost - self.silent:
                self.counts["turns"][seat] += 1
            self.took.clear()
            self.lost.clear()

    def replied(self, e: Replied[Any, Any]) -> None:
        self.counts["calls"][e.seat] += e.overflow is None
        self.counts["parsed"][e.seat] += e.body is not None

    def refused(self, e: Refused) -> None:
        self.counts["refused"][e.seat] += 1
        self.codes[e.code] += 1

    def forfeited(self, e: Forfeited) -> None:
        self.counts["forfeits"][e.seat] += 1
        self.codes[e.code] += 1
        self.lost.add(e.seat)

    def said(self, e: Said) -> None:
        self.counts["messages"][e.seat] += 1
        self.counts["words"][e.seat] += len(e.text.split())
        self.took.add(e.seat)

    def disclosed(self, e: Disclosed[Any]) -> None:
        if e.by is not None:
            self.counts["claims"][e.by] += 1
            self.took.add(e.by)

    def posted(self, e: Posted) -> None:
        self.counts["posts"][e.seat] += 1
        self.took.add(e.seat)

    def summarised(self, e: Summarised) -> None:
        self.counts["summaries"][e.seat] += 1

    def acted(self, e: Moved[Any] | Passed | Noted) -> None:
        self.took.add(e.seat)

    def dropped(self, e: Dropped) -> None:
        self.silent.add(e.seat)

    def seated(self, e: Seated) -> None:
        self.silent.discard(e.seat)


# Dispatch on type, since a million events are counted at a time. The kinds that are not here are not conduct.
COUNTING: dict[type, Callable[[_Tally, Any], None]] = {
    Replied: _Tally.replied,
    Refused: _Tally.refused,
    Forfeited: _Tally.forfeited,
    Said: _Tally.said,
    Disclosed: _Tally.disclosed,
    Posted: _Tally.posted,
    Summarised: _Tally.summarised,
    Moved: _Tally.acted,
    Passed: _Tally.acted,
    Noted: _Tally.acted,
    Dropped: _Tally.dropped,
    Seated: _Tally.seated,
}
