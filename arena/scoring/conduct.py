"""Conduct: how the seats behaved as participants. It stands beside the outcome and never enters it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

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


def conduct(lines: Iterable[Iterable[AnyEvent]], seats: int, rounds: int) -> Conduct:
    """Count over the lines of a match."""
    tally = _Tally()
    for line in lines:
        tally.line(line)

    def by_seat(what: str) -> tuple[int, ...]:
        return tuple(tally.counts[what, seat] for seat in range(seats))

    calls, parsed = by_seat("calls"), by_seat("parsed")
    return Conduct(
        parse_rate=tuple(p / c if c else float("nan") for p, c in zip(parsed, calls, strict=True)),
        refusals=dict(sorted(tally.codes.items())),
        refused=by_seat("refused"),
        forfeits=by_seat("forfeits"),
        turns=by_seat("turns"),
        calls=calls,
        messages=by_seat("messages"),
        words=by_seat("words"),
        claims=by_seat("claims"),
        summaries=by_seat("summaries"),
        posts=by_seat("posts"),
        rounds=rounds,
    )


class _Tally:
    """What was counted so far: by what and seat, refusals by code."""

    def __init__(self) -> None:
        self.counts, self.codes = Counter[tuple[str, int]](), Counter[str]()
        self.silent: set[int] = set()  # seats that have dropped out: what stands in for their turns is not theirs

    def line(self, events: Iterable[AnyEvent]) -> None:
        """Count one line: however much a seat did in it, it is one turn; a forfeited one is none."""
        took: set[int] = set()
        lost: set[int] = set()
        for event in [e.e if isinstance(e, Sent) else e for e in events]:
            match event:
                case (
                    Said(seat=seat)
                    | Moved(seat=seat)
                    | Passed(seat=seat)
                    | Noted(seat=seat)
                    | Posted(seat=seat)
                    | Disclosed(by=int(seat))
                ):
                    took.add(seat)
                case Forfeited(seat=seat):
                    lost.add(seat)
            self._event(event)
        self.counts.update(("turns", seat) for seat in took - lost - self.silent)

    def _event(self, event: AnyEvent) -> None:
        match event:
            case Replied(seat=seat, body=body, overflow=overflow):
                self.counts["calls", seat] += overflow is None
                self.counts["parsed", seat] += body is not None
            case Refused(seat=seat, code=code):
                self.counts["refused", seat] += 1
                self.codes[code] += 1
            case Forfeited(seat=seat, code=code):
                self.counts["forfeits", seat] += 1
                self.codes[code] += 1
            case Said(seat=seat, text=text):
                self.counts["messages", seat] += 1
                self.counts["words", seat] += len(text.split())
            case Disclosed(by=int(seat)):
                self.counts["claims", seat] += 1
            case Dropped(seat=seat):
                self.silent.add(seat)
            case Seated(seat=seat):
                self.silent.discard(seat)
            case Posted(seat=seat):
                self.counts["posts", seat] += 1
            case Summarised(seat=seat):
                self.counts["summaries", seat] += 1
