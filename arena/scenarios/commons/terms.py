"""The words of a commons: its moves, its facts and claims, what is dealt, and the world they fold into. Types only."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from arena.core.task import Phase, Seat

Regrowth = Literal["doubling", "logistic", "table"]
Monitor = Literal["each", "total", "none"]
Institution = Literal["none", "quota", "manager"]


# Moves ----------------------------------------------------------------------------------------------------------------


class Harvest(Struct, frozen=True, tag="harvest", tag_field="kind"):
    """Ask for so many units of the stock; sealed. Where all ask for more than there is, the stock is rationed."""

    units: int


class Vote(Struct, frozen=True, tag="vote", tag_field="kind"):
    """Vote for a quota: what a seat should take at most in this round. The median of the votes is the quota."""

    units: int


class Elect(Struct, frozen=True, tag="elect", tag_field="kind"):
    """Vote for a manager, by name. Most votes win, ties by lot."""

    name: str


class Decree(Struct, frozen=True, tag="decree", tag_field="kind"):
    """The manager sets the quota of this round."""

    units: int


Move = Harvest | Vote | Elect | Decree


# Facts: what the game tells -------------------------------------------------------------------------------------------


class Growth(Struct, frozen=True, omit_defaults=True):
    """How what is left standing regrows, in whole units, never above `capacity`; under `threshold` it collapses.

    doubling: r + floor(rate * r); logistic: r + floor(rate * r * (1 - r / capacity)); table: r + the units added by the
    last step (from, units) with from <= r. `rate` None: nobody is told.
    """

    kind: Regrowth
    capacity: int
    threshold: int
    rate: float | None = 1.0
    steps: tuple[tuple[int, int], ...] = ()


class Rules(Struct, frozen=True, omit_defaults=True, tag="rules", tag_field="kind"):
    """What everyone knows, and the object that settles every round.

    `stock`: at the start. `rounds` None: the horizon is hidden, `ending` the chance that a round is the last, and
    `most` the rounds that there can be. `fine`: points for each unit above the quota. `term`: rounds for which a
    manager is elected. `shortage`: points lost for each unit that a seat lands less than it needs, in every round.
    `alignment` a: a payoff is a * V + (1 - a) * own.
    """

    setting: str
    names: tuple[str, ...]
    growth: Growth
    stock: int
    rounds: int | None
    ending: float = 0.0
    most: int = 0
    monitor: Monitor = "each"
    institution: Institution = "none"
    fine: float = 0.0
    term: int = 1
    shortage: float = 0.0
    alignment: float = 0.0


class Sheet(Struct, frozen=True, omit_defaults=True, tag="sheet", tag_field="kind"):
    """What one seat is told: the units it needs in each round, and its own estimate of the rate, where that is not
    known."""

    seat: int
    need: int
    estimate: float | None = None
    canary: str = ""


class Goal(Struct, frozen=True, omit_defaults=True, tag="goal", tag_field="kind"):
    """A private goal: `bonus` points in the seat's payoff alone.

    `stock`: at least `units` are left standing, and have not collapsed, at the end; `most`: nobody lands as much.
    """

    seat: int
    what: Literal["stock", "most"]
    bonus: float
    units: int = 0
    canary: str = ""


class Fate(Struct, frozen=True, omit_defaults=True, tag="fate", tag_field="kind"):
    """What nobody is told: how many rounds there will be, how the stock really grows."""

    rounds: int
    growth: Growth


class Catch(Struct, frozen=True, omit_defaults=True, tag="catch", tag_field="kind"):
    """What a seat landed in a round, and was fined for; told to that seat."""

    seat: int
    asked: int
    units: int
    fine: float = 0.0


class Landed(Struct, frozen=True, tag="landed", tag_field="kind"):
    """What each seat landed in a round, in seat order; told to all where each is watched."""

    units: tuple[int, ...]


class Season(Struct, frozen=True, omit_defaults=True, tag="season", tag_field="kind"):
    """The end of a round: the total landed (None where it is not told), the stock of the next, whether it collapsed.

    `last`: a hidden horizon has come.
    """

    round: int
    total: int | None
    stock: int
    collapsed: bool = False
    last: bool = False


class Quota(Struct, frozen=True, tag="quota", tag_field="kind"):
    """The quota of this round, for each seat."""

    units: int


class Manager(Struct, frozen=True, tag="manager", tag_field="kind"):
    """Who manages the stock from here on."""

    seat: int


class Storm(Struct, frozen=True, tag="storm", tag_field="kind"):
    """Part of the stock is lost at once; what is left is all there is."""

    lost: int
    stock: int


# Claims: what a seat tells, truthfully or not -------------------------------------------------------------------------


class Needs(Struct, frozen=True, tag="needs", tag_field="kind"):
    """ "I need so many units a round." """

    units: int


class Intends(Struct, frozen=True, tag="intends", tag_field="kind"):
    """ "I will ask for at most so many units in this round." """

    units: int


class Caught(Struct, frozen=True, tag="caught", tag_field="kind"):
    """ "So many units I landed in the last round." """

    units: int


class Estimates(Struct, frozen=True, tag="estimates", tag_field="kind"):
    """ "By my estimate the rate of regrowth is so many percent." """

    percent: int


Claimed = Needs | Intends | Caught | Estimates
Fact = (
    Rules
    | Sheet
    | Goal
    | Fate
    | Catch
    | Landed
    | Season
    | Quota
    | Manager
    | Storm
    | Needs
    | Intends
    | Caught
    | Estimates
)


# What is dealt --------------------------------------------------------------------------------------------------------


class CommonsTask(Struct, frozen=True, omit_defaults=True):
    """A dealt commons, secrets included."""

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


class Waters(Struct, frozen=True):
    """A commons as somebody knows it.

    `seasons` are the rounds gone, `stocks` what each found, `landed` what each seat landed in them where that is told
    to all, `catches` what was told to each alone. `asked`: what seats have asked for and not been told the catch of, as
    (seat, units); `votes` and `ballots`: the last that each has cast, as (seat, units) and (seat, name). `quota` is
    this round's.
    """

    rules: Rules | None = None
    sheets: tuple[Sheet, ...] = ()
    goals: tuple[Goal, ...] = ()
    fate: Fate | None = None
    round: int = 0
    phase: str = ""
    stock: int = 0
    seasons: tuple[Season, ...] = ()
    stocks: tuple[int, ...] = ()
    landed: tuple[tuple[int, ...], ...] = ()
    catches: tuple[Catch, ...] = ()
    asked: tuple[tuple[int, int], ...] = ()
    votes: tuple[tuple[int, int], ...] = ()
    ballots: tuple[tuple[int, str], ...] = ()
    quota: int | None = None
    manager: int | None = None
    claims: tuple[Told, ...] = ()
