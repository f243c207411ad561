"""What seats say and are told: the parts that events are made of."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from msgspec import Struct

from arena.core.board import Posting

M = TypeVar("M")  # a family's moves
F = TypeVar("F")  # a family's facts and claims

Seats = tuple[int, ...]


class Message(Struct, frozen=True):
    """Words for the seats in `to` (the author excluded)."""

    to: Seats
    text: str


class Claim(Struct, Generic[F], frozen=True):
    """A typed disclosure, truthful or not, for the seats in `to` (the author excluded)."""

    to: Seats
    fact: F


class Body(Struct, Generic[M, F], frozen=True, omit_defaults=True):
    """What a reply says: words, claims, at most one move, notes to oneself, a new text for the board; or a bid; or who
    speaks next; or a summary of what was told."""

    messages: tuple[Message, ...] = ()
    claims: tuple[Claim[F], ...] = ()
    move: M | None = None
    notes: str | None = None
    bid: int | None = None
    call: int | None = None
    summary: str | None = None
    board: Posting | None = None


class Fault(Struct, frozen=True):
    """Why a raw reply could not be understood; charged to the model that wrote it."""

    code: str
    detail: str


class Disclosed(Struct, Generic[F], frozen=True, tag="disclosed", tag_field="kind", omit_defaults=True):
    """A fact, for the seats in `to`: from the game itself (`by` is None), or claimed by a seat."""

    fact: F
    to: Seats
    by: int | None = None


class Said(Struct, frozen=True, tag="said", tag_field="kind"):
    """Words that reached the seats in `to`."""

    seat: int
    to: Seats
    text: str


def author(e: Said | Disclosed[Any]) -> int:
    """Whose words these are, or whose claim."""
    if isinstance(e, Said):
        return e.seat
    assert e.by is not None, "only what a seat said can be late"
    return e.by
