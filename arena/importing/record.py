"""A foreign record as we understand it: the game that was dealt, who sat there, what each did in turn, how it ended."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from arena.scenarios.bargain.terms import Deal
from arena.transcripts.header import Sitter, Source


class Misread(Exception):
    """A part of a foreign file that cannot be understood, and why; nothing is made of it."""

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(f"{place}: {reason}")


class Offers(Struct, frozen=True):
    """Puts this deal on the table."""

    deal: Deal


class Answers(Struct, frozen=True):
    """Accepts or rejects the newest offer of another seat."""

    accepts: bool


class Leaves(Struct, frozen=True):
    """Walks away."""


Act = Offers | Answers | Leaves


class Turn(Struct, frozen=True):
    """What a seat did when it was its turn: words for all, at most one act, and thoughts that nobody else saw.

    Without any of them it is a turn that left no public trace, such as a selection that stayed secret.
    """

    seat: int
    text: str = ""
    act: Act | None = None
    thought: str | None = None


class BrokenOff(Struct, frozen=True):
    """The record stops before the end: whose turn it would have been, and what the record says of it."""

    due: int
    why: str


class Record(Struct, frozen=True):
    """One foreign match.

    id: what our match is called. game: as a game file holds it. sitters: one a seat. rounds: the turns, by round.
    broken: it never ended; None where it did. points: what the record itself says that each seat had, to be held
    against ours; None where it does not say. doubts: what in it was kept as words only, and why.
    """

    id: str
    source: Source
    game: dict[str, Any]
    sitters: tuple[Sitter, ...]
    rounds: tuple[tuple[Turn, ...], ...]
    broken: BrokenOff | None = None
    points: tuple[float, ...] | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All turns in order."""
        return tuple(turn for turns in self.rounds for turn in turns)


class Doubt(Struct, frozen=True):
    """Something that was not understood: where it stands, and the reason."""

    place: str
    reason: str


def in_rounds(turns: tuple[Turn, ...], size: int) -> tuple[tuple[Turn, ...], ...]:
    """The turns cut into rounds of so many; the last may be shorter."""
    return tuple(turns[i : i + size] for i in range(0, len(turns), size))
