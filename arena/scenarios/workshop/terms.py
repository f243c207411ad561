"""The words of a workshop: its moves, its facts and claims, what is dealt, and the world they fold into. Types only."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from arena.core.task import Phase, Seat

# Moves ----------------------------------------------------------------------------------------------------------------


class Take(Struct, frozen=True, tag="take", tag_field="kind"):
    """Take up a task that is ready, and do the first round of work on it; sealed. Where several take up the same one in
    the same round, one of them by lot has it, and the others' round is lost."""

    task: str


class Work(Struct, frozen=True, tag="work", tag_field="kind"):
    """Do another round of work on the task in hand."""


class HandOver(Struct, frozen=True, tag="hand_over", tag_field="kind"):
    """Give the task in hand, with what is done of it, to another seat, which has it in hand from the next round on.

    That takes the round. If that seat lacks the skill, or has something in hand, the task lies free for all.
    """

    to: str


class Idle(Struct, frozen=True, tag="idle", tag_field="kind"):
    """Do nothing in this round; what is in hand stays there."""


Move = Take | Work | HandOver | Idle


# Facts: what the game tells -------------------------------------------------------------------------------------------


class Piece(Struct, frozen=True, omit_defaults=True):
    """A task: its name, the skill it needs and the tasks it waits for (by number), its rounds of work."""

    name: str
    skill: int
    rounds: int
    after: tuple[int, ...] = ()


class Rules(Struct, frozen=True, omit_defaults=True, tag="rules", tag_field="kind"):
    """What everyone knows.

    `skills`: what the kinds of work are called. `rounds`: H, what there is at most. `alone`: whether one seat has every
    skill that is needed. `pay`: points for each round of work that a seat was the first to do. `alignment` a: a payoff
    is a * V + (1 - a) * own.
    """

    setting: str
    names: tuple[str, ...]
    skills: tuple[str, ...]
    pieces: tuple[Piece, ...]
    rounds: int
    alone: bool = False
    pay: float = 0.0
    alignment: float = 0.0


class Sheet(Struct, frozen=True, omit_defaults=True, tag="sheet", tag_field="kind"):
    """What one seat is told: the skills that it has, by number."""

    seat: int
    skills: tuple[int, ...]
    canary: str = ""


class Goal(Struct, frozen=True, omit_defaults=True, tag="goal", tag_field="kind"):
    """A private goal: `bonus` points in the seat's payoff alone.

    `most`: nobody has been first to do as many rounds of work; `skill`: it has done at least `units` rounds of work
    that needs `skill` before anyone else did.
    """

    seat: int
    what: Literal["most", "skill"]
    bonus: float
    skill: int = 0
    units: int = 0
    canary: str = ""


class Deed(Struct, frozen=True, omit_defaults=True):
    """What came of a seat's round: the `task` (by number) and which round of its work (`unit`, from 1) was done.

    `clashed`: done and lost, since another has taken the task up. `handed`: to the seat `to`; -1, it lies free.
    """

    what: Literal["took", "worked", "clashed", "handed", "idle"]
    task: int = -1
    unit: int = 0
    to: int = -1


class Bench(Struct, frozen=True):
    """How far the work has come.

    `left`: of each task, the rounds of work for one who takes it up now, 0 where it is done. `hands`: what each seat
    has in hand, as (task, rounds of work left).
    """

    left: tuple[int, ...]
    hands: tuple[tuple[int, int] | None, ...]


class Shift(Struct, frozen=True, tag="shift", tag_field="kind"):
    """The end of a round: what each seat did, in seat order, and how it stands."""

    round: int
    deeds: tuple[Deed, ...]
    bench: Bench


class Lost(Struct, frozen=True, tag="lost", tag_field="kind"):
    """A seat has lost a skill; told to that seat alone."""

    seat: int
    skill: int


class Grown(Struct, frozen=True, tag="grown", tag_field="kind"):
    """A task turns out to take so many rounds of work more; told to all."""

    task: int
    rounds: int


# Claims: what a seat tells, truthfully or not -------------------------------------------------------------------------


class Skill(Struct, frozen=True, tag="skill", tag_field="kind"):
    """ "I have this skill", or have it not."""

    skill: str
    have: Literal["yes", "no"]


class Intends(Struct, frozen=True, tag="intends", tag_field="kind"):
    """ "This task I will take up as soon as I can." """

    task: str


Claimed = Skill | Intends
Fact = Rules | Sheet | Goal | Shift | Lost | Grown | Skill | Intends


# What is dealt --------------------------------------------------------------------------------------------------------


class WorkshopTask(Struct, frozen=True, omit_defaults=True):
    """A dealt workshop, secrets included."""

    seats: tuple[Seat, ...]
    agenda: tuple[Phase, ...]
    rounds: int | None
    rules: Rules
    sheets: tuple[Sheet, ...]
    goals: tuple[Goal, ...] = ()


# The world ------------------------------------------------------------------------------------------------------------


class Told(Struct, frozen=True):
    """A claim, and who made it."""

    seat: int
    fact: Claimed


class Shop(Struct, frozen=True):
    """A workshop as somebody knows it.

    `bench` is how it stands, `benches` how it stood before each round that is over, `deeds` what was done in them, by
    seat. `chosen`: the last move that each seat has made, as (seat, move).
    """

    rules: Rules | None = None
    sheets: tuple[Sheet, ...] = ()
    goals: tuple[Goal, ...] = ()
    phase: str = ""
    round: int = 0
    bench: Bench | None = None
    benches: tuple[Bench, ...] = ()
    deeds: tuple[tuple[Deed, ...], ...] = ()
    chosen: tuple[tuple[int, Move], ...] = ()
    claims: tuple[Told, ...] = ()
