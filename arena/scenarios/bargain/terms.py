"""The words of a bargain.

Its moves, its facts and claims, what is dealt, and the world that they fold into. Types only.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from arena.core.task import Phase, Seat
from arena.core.view import MoveSpec

Acceptance = Literal["unanimous", "majority", "all-but-one"]
Deal = tuple[str, ...]  # one option per issue, in the order of the issues


# Moves ----------------------------------------------------------------------------------------------------------------


class Propose(Struct, frozen=True, tag="propose", tag_field="kind"):
    """Put an offer on the table; it replaces the seat's older one. Proposing counts as accepting.

    So to propose a deal that another seat's offer holds is to accept that offer, and no second one of the same deal is
    made; to propose one's own standing deal again changes nothing.
    """

    deal: Deal


class Accept(Struct, frozen=True, tag="accept", tag_field="kind"):
    """Accept a standing offer, by its number."""

    offer: int


class Reject(Struct, frozen=True, tag="reject", tag_field="kind"):
    """Reject a standing offer, by its number; a seat's last answer counts."""

    offer: int


class WalkAway(Struct, frozen=True, tag="walk_away", tag_field="kind"):
    """Leave for good: the seat's offer and its acceptances lapse."""


Move = Propose | Accept | Reject | WalkAway


# Facts: what the game tells -------------------------------------------------------------------------------------------


class Issue(Struct, frozen=True):
    """Something to settle: a short name, what it is about, and the options."""

    name: str
    about: str
    options: tuple[str, ...]


class Rules(Struct, frozen=True, omit_defaults=True, tag="rules", tag_field="kind"):
    """What everyone knows, and the object that the moderator checks and the scorer reads.

    A deal stands when `quorum` of the `seats` seats accept it, all of `vetoes` among them. With `judged`, a seat,
    nobody accepts: after the last round that seat's offer is judged, and stands where it reaches the thresholds of a
    quorum, all vetoes among them. `setting` names the story that the words are taken from, "" where the game brings
    its own; `about` is that story, "" where it has none. `division` holds, for item division, how many there are of
    each item (one per issue); an option then names each seat's number in seat order, "2-0-1". `alignment` a: a seat's
    payoff is a * V + (1 - a) * its own.
    """

    setting: str
    issues: tuple[Issue, ...]
    acceptance: Acceptance
    quorum: int
    vetoes: tuple[int, ...]
    rounds: int | None
    seats: int
    division: tuple[int, ...] = ()
    about: str = ""
    alignment: float = 0.0
    judged: int | None = None


class Interaction(Struct, frozen=True):
    """Points that a seat has if both options are chosen, on top of theirs. Issues and options by name."""

    issue: str
    option: str
    other_issue: str
    other_option: str
    points: float


class Sheet(Struct, frozen=True, omit_defaults=True, tag="sheet", tag_field="kind"):
    """A seat's private score sheet, as it is told: points[issue][option], and the threshold d: its utility without a
    deal.

    u(t) = d + discount**t * (u - d) - cost * messages, t the rounds completed before the deal. `noise` > 0: the points
    are estimates with that standard deviation, and the truth settles at the end.
    """

    seat: int
    points: tuple[tuple[float, ...], ...]
    threshold: float
    interactions: tuple[Interaction, ...] = ()
    discount: float = 1.0
    cost: float = 0.0
    noise: float = 0.0
    canary: str = ""


class Truth(Struct, frozen=True, tag="truth", tag_field="kind"):
    """What the points of noisy sheets really are; told to nobody."""

    sheets: tuple[Sheet, ...]


class Goal(Struct, frozen=True, omit_defaults=True, tag="goal", tag_field="kind"):
    """A private goal: `bonus` on top of the seat's utility, in its payoff alone.

    `want`: the deal holds the option; `block`: there is a deal and it does not; `propose`: the deal is this seat's
    offer; `all`: every seat of the deal reaches its threshold.
    """

    seat: int
    what: Literal["want", "block", "propose", "all"]
    bonus: float
    issue: str = ""
    option: str = ""
    canary: str = ""


class Judged(Struct, frozen=True, tag="judged", tag_field="kind"):
    """After the last round of a bargain that is judged: whether this offer stands, by the thresholds of all seats."""

    offer: int
    stands: bool


# Claims: what a seat tells, truthfully or not -------------------------------------------------------------------------


class Points(Struct, frozen=True, tag="points", tag_field="kind"):
    """ "My points for the options of this issue are these." """

    issue: str
    points: tuple[float, ...]


class Reserve(Struct, frozen=True, tag="reserve", tag_field="kind"):
    """ "I need at least this much." """

    points: float


class Synergy(Struct, frozen=True, tag="synergy", tag_field="kind"):
    """ "These two together give me so much on top": each named as `Issue: option`."""

    first: str
    second: str
    points: float


class Intends(Struct, frozen=True, tag="intends", tag_field="kind"):
    """ "I will accept this deal." """

    deal: Deal


Fact = Rules | Sheet | Truth | Goal | Judged | Points | Reserve | Synergy | Intends


# What is dealt --------------------------------------------------------------------------------------------------------

AGENDA = (Phase("table"),)  # one phase, in which talk and moves mix


class BargainTask(Struct, frozen=True, omit_defaults=True):
    """A dealt bargain, secrets included.

    `sheets` are what the seats are told, `truth` what they are worth (equal if exact).
    """

    name: str
    seats: tuple[Seat, ...]
    agenda: tuple[Phase, ...]
    rounds: int | None
    rules: Rules
    sheets: tuple[Sheet, ...]
    truth: tuple[Sheet, ...]
    goals: tuple[Goal, ...] = ()


# The world ------------------------------------------------------------------------------------------------------------


class Offer(Struct, frozen=True):
    """An offer on the table and who has answered it; its author counts as accepting it."""

    number: int
    by: int
    deal: Deal
    accepted: tuple[int, ...]
    rejected: tuple[int, ...] = ()


class Agreement(Struct, frozen=True):
    """The deal that closed the match: the offer with the seats that accepted it, and the rounds completed before it."""

    offer: Offer
    completed: int


class Forms(Struct, frozen=True):
    """What follows from the rules alone and is asked for every turn: the kinds of move and of claim.

    `idle` are all moves while there is no offer to answer, `ended` all moves when none is legal any more; there is no
    `walk_away` in a bargain that is judged.
    """

    propose: MoveSpec
    walk_away: MoveSpec | None
    idle: tuple[MoveSpec, ...]
    ended: tuple[MoveSpec, ...]
    claims: tuple[MoveSpec, ...]


class Dealings(Struct, frozen=True):
    """A bargain as somebody knows it: what they were told (`sheets`, `goals`), what was claimed, and what stands.

    `offers` are the standing ones, no two by the same seat, nor of the same deal unless the bargain is judged;
    `proposed` numbers them from 1;
    `sent` counts messages per seat (seats beyond its end: 0).
    """

    rules: Rules | None = None
    sheets: tuple[Sheet, ...] = ()
    truth: tuple[Sheet, ...] = ()
    goals: tuple[Goal, ...] = ()
    claims: tuple[tuple[int, Points | Reserve | Synergy | Intends], ...] = ()
    offers: tuple[Offer, ...] = ()
    proposed: int = 0
    round: int = 0
    away: tuple[int, ...] = ()
    sent: tuple[int, ...] = ()
    agreement: Agreement | None = None
    forms: Forms | None = None
