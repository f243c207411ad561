"""Every kind of fact that a match is made of, and who may see it.

The union is closed. `audience()` is the only place that decides who sees an event; it has no default and no wildcard,
so a new kind that nobody decided about does not type-check. An audience is a tuple of seat numbers: the empty tuple is
nobody, never everybody.
"""

from __future__ import annotations

from typing import Any, Generic, assert_never

from msgspec import Struct

from arena.core.overflow import Overflow
from arena.core.struck import Certified as Certified
from arena.core.struck import Delivered as Delivered
from arena.core.struck import Dropped as Dropped
from arena.core.struck import Forgot as Forgot
from arena.core.struck import Joined as Joined
from arena.core.struck import Marked as Marked
from arena.core.struck import Seated as Seated
from arena.core.struck import Sent as Sent
from arena.core.struck import Turned as Turned
from arena.core.usage import Usage
from arena.core.words import Body as Body
from arena.core.words import Claim as Claim
from arena.core.words import Disclosed as Disclosed
from arena.core.words import F, M, author
from arena.core.words import Fault as Fault
from arena.core.words import Message as Message
from arena.core.words import Said as Said
from arena.core.words import Seats as Seats


class Opened(Struct, frozen=True, tag="opened", tag_field="kind"):
    """The match begins, with these seats in this order."""

    seats: tuple[str, ...]


class PhaseOpened(Struct, frozen=True, tag="phase", tag_field="kind"):
    """A phase of a round begins; rounds count from 1."""

    round: int
    name: str


class Replied(Struct, Generic[M, F], frozen=True, tag="replied", tag_field="kind", omit_defaults=True):
    """A seat's reply as it came, before anyone rules on it; `prompt` is the hash of the messages that were sent.

    With `overflow` there is none: the messages do not fit the model's context.
    """

    seat: int
    raw: str = ""
    body: Body[M, F] | None = None
    fault: Fault | None = None
    reasoning: str | None = None
    prompt: str | None = None
    usage: Usage | None = None
    overflow: Overflow | None = None


class Refused(Struct, frozen=True, tag="refused", tag_field="kind"):
    """The moderator refused a reply, all of it; the offender alone is told why."""

    seat: int
    code: str
    detail: str


class Moved(Struct, Generic[M], frozen=True, tag="moved", tag_field="kind", omit_defaults=True):
    """A move; a sealed one is visible to its author alone until the game discloses what it discloses."""

    seat: int
    move: M
    sealed: bool = False


class Noted(Struct, frozen=True, tag="noted", tag_field="kind"):
    """A seat's note to itself."""

    seat: int
    text: str


class Summarised(Struct, frozen=True, tag="summarised", tag_field="kind"):
    """A seat's own summary of what it saw; its prompt starts afresh there."""

    seat: int
    text: str


class Passed(Struct, frozen=True, tag="passed", tag_field="kind"):
    """A turn that left no public trace. Its author alone sees it: a public one would unmask whoever only whispered."""

    seat: int


class Bid(Struct, frozen=True, tag="bid", tag_field="kind"):
    """A sealed bid for the floor (0: none)."""

    seat: int
    amount: int


class Forfeited(Struct, frozen=True, tag="forfeited", tag_field="kind"):
    """A seat ran out of tries; `code` is that of its last refusal. What follows from it is a fact of its own."""

    seat: int
    code: str


class Floor(Struct, frozen=True, tag="floor", tag_field="kind"):
    """A seat is given the floor: `granted` by bidding or `called` by the chair."""

    seat: int
    how: str


class Posted(Struct, frozen=True, tag="posted", tag_field="kind"):
    """A seat wrote the shared board, which now reads so; `version` counts from 1."""

    seat: int
    version: int
    text: str


class Carried(Struct, frozen=True, tag="carried", tag_field="kind"):
    """What a seat brings along from an earlier meeting."""

    seat: int
    text: str


class Halted(Struct, frozen=True, tag="halted", tag_field="kind"):
    """The infrastructure failed; the match is void until it is resumed. Not an end."""

    why: str


class Valued(Struct, frozen=True, tag="valued", tag_field="kind"):
    """How it came out: status, each seat's utility and payoff, the group's value (see `core.task.Outcome`)."""

    status: str
    utilities: tuple[float, ...]
    payoffs: tuple[float, ...]
    value: float


class Closed(Struct, frozen=True, tag="closed", tag_field="kind"):
    """The match has ended."""

    why: str


Event = (
    Opened
    | PhaseOpened
    | Replied[M, F]
    | Disclosed[F]
    | Refused
    | Said
    | Moved[M]
    | Noted
    | Summarised
    | Passed
    | Bid
    | Forfeited
    | Floor
    | Posted
    | Carried
    | Seated
    | Joined
    | Forgot
    | Dropped
    | Turned
    | Sent[F]
    | Delivered[F]
    | Marked[F]
    | Certified
    | Halted
    | Valued
    | Closed
)
AnyEvent = Event[Any, Any]


class Addressed(Struct, Generic[M, F], frozen=True):
    """An event and the seats that see it."""

    to: Seats
    e: Event[M, F]


AnyAddressed = Addressed[Any, Any]


def shown(event: AnyEvent) -> AnyEvent:
    """An event as the seats see it that it is addressed to: noise shows itself to nobody."""
    return event.e if isinstance(event, Sent | Delivered) else event


def audience(event: AnyEvent, everyone: Seats) -> Seats:
    """The seats that see `event`, ascending; `everyone` is all seats of the match. Total over the closed union."""
    match event:
        # The commonest kinds come first, and a public word costs no sorting: this is asked of every event.
        case Said(seat=seat, to=to):
            return everyone if len(to) == len(everyone) - 1 and seat not in to else tuple(sorted({seat, *to}))
        case Moved(seat=seat, sealed=sealed):
            return (seat,) if sealed else everyone
        case Replied(seat=seat) | Passed(seat=seat) | Refused(seat=seat) | Noted(seat=seat) | Bid(seat=seat):
            return (seat,)
        case Opened() | PhaseOpened() | Floor() | Posted() | Closed():
            return everyone
        case Disclosed(to=to, by=by):
            return to if by is None else tuple(sorted({by, *to}))
        case Summarised(seat=seat) | Forfeited(seat=seat) | Carried(seat=seat):
            return (seat,)
        case Joined(seat=seat) | Forgot(seat=seat) | Turned(seat=seat):
            return (seat,)
        case Sent(e=e):
            return (author(e),)
        case Delivered(e=e):
            return e.to
        case Seated() | Dropped() | Marked() | Certified() | Halted() | Valued():
            return ()
    assert_never(event)


def address(events: tuple[AnyEvent, ...], everyone: Seats) -> tuple[AnyAddressed, ...]:
    """Each event with its audience, in order."""
    return tuple([Addressed(audience(event, everyone), event) for event in events])
