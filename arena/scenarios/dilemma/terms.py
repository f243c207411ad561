"""The words of a dilemma: its moves, facts and claims, what is dealt, and the world they fold into. Types only."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from arena.core.task import Phase, Seat

Game = Literal["prisoner", "stag", "chicken", "public_goods", "traveller", "sexes", "coordination"]
Form = Literal["count", "match", "claim"]


# Moves ----------------------------------------------------------------------------------------------------------------


class Act(Struct, frozen=True, tag="act", tag_field="kind"):
    """Choose an action; sealed until everyone has chosen."""

    action: str


Move = Act


# Facts: what the game tells -------------------------------------------------------------------------------------------


class Rules(Struct, frozen=True, omit_defaults=True, tag="rules", tag_field="kind"):
    """What everyone knows.

    `form`: what a payoff hangs on. count: two actions, and how many of the others choose the first. match: one's own
    action, and whether all others choose the same. claim: the actions are `claims`; the lowest claim is paid to all,
    `bonus` more to who made it if somebody claimed more, and `bonus` less to who claimed more. `private`: each seat
    knows its own payoffs alone. `rounds` None: the horizon is hidden, `ending` the chance that a round is the last and
    `most` the rounds that there can be. `alignment` a: a payoff is a * V + (1 - a) * own. What the game is called is
    not told.
    """

    setting: str
    names: tuple[str, ...]
    actions: tuple[str, ...]
    form: Form
    rounds: int | None
    ending: float = 0.0
    most: int = 0
    claims: tuple[int, ...] = ()
    bonus: int = 0
    private: bool = False
    alignment: float = 0.0


class Sheet(Struct, frozen=True, omit_defaults=True, tag="sheet", tag_field="kind"):
    """A seat's payoffs in a round: points[action][column].

    form count: (2, n), column j where j of the others choose the first action. form match: (k, 2), column 0 where all
    others choose the same, 1 where not. form claim: (), since the rules say it.
    """

    seat: int
    points: tuple[tuple[int, ...], ...] = ()
    canary: str = ""


class Goal(Struct, frozen=True, omit_defaults=True, tag="goal", tag_field="kind"):
    """A private goal: `bonus` points in the seat's payoff alone.

    `most`: nobody has as many points in the end; `often`: it has chosen `action` in at least half of the rounds.
    """

    seat: int
    what: Literal["most", "often"]
    bonus: float
    action: str = ""
    canary: str = ""


class Fate(Struct, frozen=True, omit_defaults=True, tag="fate", tag_field="kind"):
    """What nobody is told: what game it is, how many rounds there will be, which action is the one that cooperates and
    which defects, by number (None where neither is declared)."""

    game: Game
    rounds: int
    cooperate: int | None = None
    defect: int | None = None


class Played(Struct, frozen=True, omit_defaults=True, tag="played", tag_field="kind"):
    """The end of a round: what each seat chose, by number, in seat order. `last`: a hidden horizon has come."""

    round: int
    actions: tuple[int, ...]
    last: bool = False


class Paid(Struct, frozen=True, tag="paid", tag_field="kind"):
    """What a seat had in a round; told to that seat."""

    seat: int
    points: float


class Shift(Struct, frozen=True, tag="shift", tag_field="kind"):
    """From the next choice on, these are a seat's payoffs."""

    sheet: Sheet


# Claims: what a seat tells, truthfully or not -------------------------------------------------------------------------


class Intends(Struct, frozen=True, tag="intends", tag_field="kind"):
    """ "I will choose this action in this round." """

    action: str


class Payoffs(Struct, frozen=True, tag="payoffs", tag_field="kind"):
    """ "With this action I get so many points", a number for each column of the sheet."""

    action: str
    points: tuple[int, ...]


Claimed = Intends | Payoffs
Fact = Rules | Sheet | Goal | Fate | Played | Paid | Shift | Intends | Payoffs


# What is dealt --------------------------------------------------------------------------------------------------------


class DilemmaTask(Struct, frozen=True, omit_defaults=True):
    """A dealt dilemma, secrets included."""

    seats: tuple[Seat, ...]
    agenda: tuple[Phase, ...]
    rounds: int | None
    rules: Rules
    sheets: tuple[Sheet, ...]
    fate: Fate
    goals: tuple[Goal, ...] = ()


# The world ------------------------------------------------------------------------------------------------------------


class Told(Struct, frozen=True):
    """A claim, and who made it."""

    seat: int
    fact: Claimed


class Ring(Struct, frozen=True):
    """A dilemma as somebody knows it.

    `sheets` are the payoffs that were told and now hold; `played` the rounds gone, `paid` what was told of their
    points; `chosen` the last sealed choice of each seat, as (seat, name of the action).
    """

    rules: Rules | None = None
    sheets: tuple[Sheet, ...] = ()
    goals: tuple[Goal, ...] = ()
    fate: Fate | None = None
    round: int = 0
    phase: str = ""
    played: tuple[Played, ...] = ()
    chosen: tuple[tuple[int, str], ...] = ()
    paid: tuple[Paid, ...] = ()
    claims: tuple[Told, ...] = ()
