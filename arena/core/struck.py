"""The events of perturbations: what befalls a meeting from outside, and what is then worked out anew.

Who is told of them is decided where all audiences are, in `core.events`.
"""

from __future__ import annotations

from typing import Generic

from msgspec import Struct

from arena.core.reference import Reference
from arena.core.words import Disclosed, F, Said


class Seated(Struct, frozen=True, tag="seated", tag_field="kind"):
    """Another agent, by its name in the configuration, sits in this seat from here on."""

    seat: int
    agent: str


class Joined(Struct, frozen=True, tag="joined", tag_field="kind"):
    """Whoever sits in this seat is new to it, and finds what `core.afresh` leaves to a newcomer.

    `messages`, `characters`: what the seat has said by then, since budgets are the seat's own.
    """

    seat: int
    messages: int = 0
    characters: int = 0


class Forgot(Struct, frozen=True, tag="forgot", tag_field="kind"):
    """Whoever sits in this seat has forgotten all but what a newcomer would find; it has answered `nth` asks by then,
    and said so much (see Joined)."""

    seat: int
    nth: int = 0
    messages: int = 0
    characters: int = 0


class Dropped(Struct, frozen=True, tag="dropped", tag_field="kind"):
    """A seat falls silent: it is not asked any more, and its turns go by. Nobody is told."""

    seat: int


class Turned(Struct, frozen=True, tag="turned", tag_field="kind"):
    """A seat's goal is replaced, secretly: from here on its payoff is -V, the group's value against it."""

    seat: int


class Sent(Struct, Generic[F], frozen=True, tag="sent", tag_field="kind"):
    """Words or a claim that the others do not hear now. Their author is shown what is within, as if they did."""

    e: Said | Disclosed[F]


class Delivered(Struct, Generic[F], frozen=True, tag="delivered", tag_field="kind"):
    """Words or a claim that arrive late. Those they were for are shown what is within, as if it was said just now."""

    e: Said | Disclosed[F]


class Marked(Struct, Generic[F], frozen=True, tag="marked", tag_field="kind", omit_defaults=True):
    """For the record only: what was done to something that a seat sent (lost, delayed), and in which round it
    arrives."""

    seat: int
    what: str
    e: Said | Disclosed[F] | None = None
    until: int | None = None


class Certified(Struct, frozen=True, tag="certified", tag_field="kind"):
    """The optimum and the floors, solved again where these perturbations have struck."""

    after: tuple[str, ...]
    reference: Reference
