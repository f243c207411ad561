"""What a scenario deals, and what may be said of how it came out."""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

from arena.core.reference import Estimate as Estimate
from arena.core.reference import Reference as Reference

Act = Literal["no", "may", "must"]
Status = Literal["agreed", "no_deal_missed", "no_deal_correct", "completed", "forfeit", "open"]


class Seat(Struct, frozen=True):
    """One place at the table: the name that the others call it by."""

    name: str


class Phase(Struct, frozen=True, omit_defaults=True):
    """A part of a round.

    May seats talk, may or must they act, all at once (`together`) or in turn, how many turns each.
    """

    name: str
    talk: bool = True
    act: Act = "may"
    together: bool = False
    times: int = 1


class Task(Protocol):
    """What the moderator needs to know of a dealt task; a family's own task holds the rest, secrets included.

    `agenda` is the cycle of phases that makes a round, names unique; `rounds` is the scenario's deadline, None where it
    has none or hides it (then `Scenario.over` ends the match).
    """

    @property
    def seats(self) -> tuple[Seat, ...]: ...
    @property
    def agenda(self) -> tuple[Phase, ...]: ...
    @property
    def rounds(self) -> int | None: ...


class Outcome(Struct, frozen=True):
    """How it stands: each seat's utility in the task's frame, its payoff (utility and private goals), the group's value
    V.

    `status` is `open` while the match goes on. Total at every cut: an unfinished bargain stands where breaking off now
    would leave it.
    """

    status: Status
    utilities: tuple[float, ...]
    payoffs: tuple[float, ...]
    value: float
