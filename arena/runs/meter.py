"""What a run has done so far, for whoever shows its progress: matches, calls and tokens, by endpoint."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from arena.core.events import AnyAddressed, Replied, Seated
from arena.core.game import Game
from arena.core.price import Price
from arena.models.spending import spent_on
from arena.planning.endpoints import endpoint_of
from arena.results.tally import INTERRUPTED
from arena.runs.playing import Over
from arena.scoring.scorecard import Scorecard
from arena.transcripts.header import Header, Sitter


@dataclass
class Flow:
    """Calls that were answered, their tokens and their cost (`unpaid`: of how many it is not known)."""

    calls: int = 0
    prompt: int = 0
    cached: int = 0
    output: int = 0
    paid: float = 0.0
    unpaid: int = 0

    @property
    def usd(self) -> float | None:
        """Money in USD; None where it is not known."""
        return None if self.unpaid else self.paid

    def add(self, reply: Replied[object, object], price: Price | None) -> None:
        """Count a reply."""
        self.calls += 1
        if reply.usage is not None:
            self.prompt += reply.usage.prompt
            self.cached += reply.usage.cached
            self.output += reply.usage.output
        spent = spent_on(reply.usage, price, reply.overflow is not None)
        self.paid += spent.usd
        self.unpaid += spent.unpaid


class _Seat(Struct, frozen=True):
    """Whom a seat's replies are had from, and at what price; `label` is None for an agent that answers by itself."""

    label: str | None
    price: Price | None


@dataclass
class Meter:
    """Counts while matches are played; a `Watcher`. `done` are those that ended (`void`: halted) or failed.

    `flows`: by endpoint, the whole of them under `all`. Seats that a scripted agent takes call nobody.
    """

    total: int = 0
    done: int = 0
    void: int = 0
    failed: int = 0
    all: Flow = field(default_factory=Flow)
    flows: dict[str, Flow] = field(default_factory=dict)
    _seats: dict[str, dict[int, _Seat]] = field(default_factory=dict)  # of live matches
    _newcomers: dict[str, dict[int, _Seat]] = field(default_factory=dict)

    @property
    def live(self) -> int:
        """How many matches are being played."""
        return len(self._seats)

    def starts(self, run: Path, matches: int) -> bool:
        self.total = matches
        return True

    def begins(self, header: Header, game: Game | None, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        self._seats[header.id] = dict(enumerate([_seat(sitter) for sitter in header.sitters]))
        self._newcomers[header.id] = {seat: _seat(sitter) for seat, sitter in header.newcomers.items()}
        for line in lines:
            self._relieve(header.id, line)

    def _relieve(self, match: str, events: Sequence[AnyAddressed]) -> None:
        for event in [a.e for a in events if isinstance(a.e, Seated)]:
            self._seats[match][event.seat] = self._newcomers[match][event.seat]

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None:
        if self._newcomers[match]:
            self._relieve(match, events)
        reply = events[0].e  # one stands in a line of its own
        if isinstance(reply, Replied) and (seat := self._seats[match][reply.seat]).label is not None:
            self.all.add(reply, seat.price)
            self.flows.setdefault(seat.label, Flow()).add(reply, seat.price)

    def ends(self, played: Over, card: Scorecard) -> None:
        self.done += 1
        self.void += played.void not in (None, INTERRUPTED)
        self._seats.pop(played.header.id, None)
        self._newcomers.pop(played.header.id, None)

    def stops(self) -> None:
        return

    def fails(self, match: str, why: str) -> None:
        self._seats.pop(match, None)
        self._newcomers.pop(match, None)
        self.done += 1
        self.failed += 1


def _seat(sitter: Sitter) -> _Seat:
    return _Seat(_called(sitter), sitter.price)


def _called(sitter: Sitter) -> str | None:
    """Whom a seat's replies are had from, in a few words; None for an agent that answers by itself."""
    match sitter.kind:
        case "model":
            endpoint = endpoint_of(sitter.settings, os.environ)
            return f"{endpoint.model} at {endpoint.place}"
        case "call":
            return str(sitter.settings.get("call"))
        case "url":
            return str(sitter.settings.get("url"))
    return None
