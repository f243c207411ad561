"""Every kind of fact that a match is made of, and who may see it.

The union is closed. `audience()` is the only place that decides who sees an event; it has no default and no wildcard,
so a new kind that nobody decided about does not type-check. An audience is a tuple of seat numbers: the empty tuple is
nobody, never everybody.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar, assert_never

from msgspec import Struct

from arena.core.board import Posting
from arena.core.overflow import Overflow
from arena.core.usage import Usage

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


class Opened(Struct, frozen=True, tag="opened", tag_field="kind"):
    """The match begins, with these seats in this order."""

    seats: tuple[str, ...]


class PhaseOpened(Struct, frozen=True, tag="phase", tag_field="kind"):
    """A phase of a round begins; rounds count from 1."""

    round: int
    name: str


class Disclosed(Struct, Generic[F], frozen=True, tag="disclosed", tag_field="kind", omit_defaults=True):
    """A fact, for the seats in `to`: from the game itself (`by` is None), or claimed by a seat."""

    fact: F
    to: Seats
    by: int | None = None


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


class Said(Struct, frozen=True, tag="said", tag_field="kind"):
    """Words that reached the seats in `to`."""

    seat: int
    to: Seats
    text: str


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


class Seated(Struct, frozen=True, tag="seated", tag_field="kind"):
    """Another agent sits in this seat from here on."""

    seat: int
    agent: str


class Forgot(Struct, frozen=True, tag="forgot", tag_field="kind"):
    """A seat's notes were wiped."""

    seat: int


class Marked(Struct, frozen=True, tag="marked", tag_field="kind"):
    """For scoring only: what was done to a message (lost, delayed, forged)."""

    seat: int
    what: str


class Certified(Struct, frozen=True, tag="certified", tag_field="kind"):
    """The optimum, solved again after a shock."""

    best: float
    how: str


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
    | Forgot
    | Marked
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
        case Seated() | Forgot() | Marked() | Certified() | Halted() | Valued():
            return ()
    assert_never(event)


def address(events: tuple[AnyEvent, ...], everyone: Seats) -> tuple[AnyAddressed, ...]:
    """Each event with its audience, in order."""
    return tuple([Addressed(audience(event, everyone), event) for event in events])
