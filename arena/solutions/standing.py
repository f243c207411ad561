"""Where a bargain stands: the space of its outcomes at truth, and the deal that was struck in it."""

from __future__ import annotations

from dataclasses import dataclass

from arena.solutions.division import Division
from arena.solutions.space import Space


@dataclass(frozen=True, eq=False)
class Standing:
    """What a scenario hands to the measures of agreement.

    outcome: the row of the deal that stands, None without one; rounds: those completed before it; discounts, costs a
    message and messages sent: one for each party. common_unit: the parties' utilities are in one unit, so that they may
    be compared. division: who gets what in each outcome, where the outcomes are divisions of items.
    """

    space: Space
    outcome: int | None
    rounds: int
    discounts: tuple[float, ...]
    costs: tuple[float, ...]
    messages: tuple[int, ...]
    common_unit: bool = True
    goals: tuple[bool | None, ...] = ()
    division: Division | None = None
