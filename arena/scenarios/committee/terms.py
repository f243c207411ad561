"""The words of a committee: its moves, facts and claims, what is dealt, and the world they fold into. Types only."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from arena.core.task import Phase, Seat

Voting = Literal["plurality", "majority", "unanimity", "chair"]


# Moves ----------------------------------------------------------------------------------------------------------------


class Vote(Struct, frozen=True, tag="vote", tag_field="kind"):
    """Vote for an option; sealed until all have voted. Who makes no move abstains."""

    option: str


Move = Vote


# Facts: what the game tells -------------------------------------------------------------------------------------------


class Rules(Struct, frozen=True, omit_defaults=True, tag="rules", tag_field="kind"):
    """What everyone knows.

    `facts`: how many facts there are in all, numbered from 1; each adds a whole number of points from -`largest` to
    `largest`, never 0, to one option. `ballots`: votes that may be taken, each after a talk; where none decides, the
    value is `status_quo`. plurality: the most votes, ties by lot; majority: more than half of all seats; unanimity: all
    of them; chair: the seat `chair` alone votes. `alignment` a: a payoff is a * V + (1 - a) * own.
    """

    setting: str
    names: tuple[str, ...]
    options: tuple[str, ...]
    facts: int
    largest: int
    voting: Voting
    ballots: int
    status_quo: int
    chair: int | None = None
    alignment: float = 0.0


class Item(Struct, frozen=True, tag="item", tag_field="kind"):
    """A fact about an option: what it is about, and the points it adds to the option's value."""

    number: int
    option: str
    topic: str
    amount: int


class Sheet(Struct, frozen=True, omit_defaults=True, tag="sheet", tag_field="kind"):
    """The facts that one seat is told, by their numbers; which of them others know as well is told to nobody."""

    seat: int
    items: tuple[Item, ...]
    canary: str = ""


class Stake(Struct, frozen=True, omit_defaults=True, tag="stake", tag_field="kind"):
    """A private stake: `points` in the seat's own utility if this option is chosen."""

    seat: int
    option: str
    points: float
    canary: str = ""


class Goal(Struct, frozen=True, omit_defaults=True, tag="goal", tag_field="kind"):
    """A private goal: `bonus` points in the seat's payoff alone.

    `block`: `option` is not chosen; `side`: an option is chosen, and the seat has voted for it in the deciding ballot.
    """

    seat: int
    what: Literal["block", "side"]
    bonus: float
    option: str = ""
    canary: str = ""


class Correction(Struct, frozen=True, tag="correction", tag_field="kind"):
    """A fact was wrong, and reads so from now on; told to those who know of it."""

    item: Item


class Ballot(Struct, frozen=True, tag="ballot", tag_field="kind"):
    """What a ballot came to: each seat's vote (None: it cast none), and the option chosen, None where none was."""

    round: int
    votes: tuple[str | None, ...]
    chosen: str | None


class Counted(Struct, frozen=True, tag="counted", tag_field="kind"):
    """The votes of a ballot are counted, and the urn is empty again; told to nobody."""

    round: int


# Claims: what a seat tells, truthfully or not -------------------------------------------------------------------------


class States(Struct, frozen=True, tag="states", tag_field="kind"):
    """ "Fact so-and-so adds so many points to this option." """

    fact: int
    option: str
    amount: int


class Intends(Struct, frozen=True, tag="intends", tag_field="kind"):
    """ "I will vote for this option." """

    option: str


Claimed = States | Intends
Fact = Rules | Sheet | Stake | Goal | Correction | Ballot | Counted | States | Intends


# What is dealt --------------------------------------------------------------------------------------------------------


class CommitteeTask(Struct, frozen=True, omit_defaults=True):
    """A dealt committee, secrets included."""

    seats: tuple[Seat, ...]
    agenda: tuple[Phase, ...]
    rounds: int | None
    rules: Rules
    sheets: tuple[Sheet, ...]
    stakes: tuple[Stake, ...] = ()
    goals: tuple[Goal, ...] = ()


# The world ------------------------------------------------------------------------------------------------------------


class Told(Struct, frozen=True):
    """A claim, who made it, and to whom."""

    seat: int
    fact: Claimed
    to: tuple[int, ...]


class Room(Struct, frozen=True):
    """A committee as somebody knows it.

    `sheets` are as dealt, `corrections` what has been corrected since, in order; `ballots` the votes taken; `urn`:
    sealed votes that are not counted yet, as (seat, option).
    """

    rules: Rules | None = None
    sheets: tuple[Sheet, ...] = ()
    stakes: tuple[Stake, ...] = ()
    goals: tuple[Goal, ...] = ()
    corrections: tuple[Item, ...] = ()
    round: int = 0
    phase: str = ""
    ballots: tuple[Ballot, ...] = ()
    urn: tuple[tuple[int, str], ...] = ()
    claims: tuple[Told, ...] = ()
