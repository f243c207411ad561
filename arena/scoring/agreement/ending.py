"""How a match ended, what it leaves each party with, and what that is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from arena.solutions.space import Floats, Space
from arena.solutions.tolerance import TOLERANCE

Status = Literal["agreed", "no_deal_missed", "no_deal_correct", "forfeit", "void"]


@dataclass(frozen=True)
class Ending:
    """What the measures need to know of a match.

    outcome: the row of the deal that stands, None without one; rounds: t, those completed before it (0 in the first);
    discounts: delta in [0, 1] for each party; costs: c >= 0 in utility a message, and messages: m sent, for each party
    (each of the three empty where there is none); ended: False where the match was cut short from outside; forfeits:
    the seats that forfeited.
    """

    outcome: int | None
    rounds: int = 0
    discounts: tuple[float, ...] = ()
    costs: tuple[float, ...] = ()
    messages: tuple[int, ...] = ()
    ended: bool = True
    forfeits: tuple[int, ...] = ()


def realised(space: Space, ending: Ending) -> Floats:
    """u(t) = d + delta^t (u - d) - c m, of shape (parties,); without a deal u = d.

    Raises ValueError where the ending does not fit the space: a row that is not there, a list that is not one number
    for each party, a discount outside [0, 1], a negative round, cost or count.
    """
    discounts = _for_each(space, "discounts", ending.discounts, 1.0)
    if ending.rounds < 0 or (discounts < 0).any() or (discounts > 1).any():
        raise ValueError(f"rounds are {ending.rounds} and discounts {ending.discounts}, expected >= 0 and in [0, 1]")
    settled = (discounts**ending.rounds) * (undiscounted(space, ending) - space.disagreement)
    at_once = discounts**ending.rounds == 1  # d + (u - d) need not give u back to the bit
    return np.where(at_once, undiscounted(space, ending), space.disagreement + settled) - message_costs(space, ending)


def undiscounted(space: Space, ending: Ending) -> Floats:
    """u(0) before any cost, of shape (parties,); d without a deal. Raises ValueError for a row that is not there."""
    if ending.outcome is None:
        return space.disagreement
    if not 0 <= ending.outcome < len(space.utilities):
        raise ValueError(f"outcome {ending.outcome} is not among the {len(space.utilities)} of the game")
    deal: Floats = space.utilities[ending.outcome]
    return deal


def message_costs(space: Space, ending: Ending) -> Floats:
    """c m, of shape (parties,), in utility. Raises ValueError where a cost or a count is negative or missing."""
    costs = _for_each(space, "costs", ending.costs, 0.0)
    messages = _for_each(space, "messages", ending.messages, 0.0)
    if (costs < 0).any() or (messages < 0).any():
        raise ValueError(f"costs are {ending.costs} for messages {ending.messages}, expected none below 0")
    return costs * messages


def status_of(space: Space, ending: Ending) -> Status:
    """What the match counts as.

    Cut short: `void`, whatever stands. Else `agreed` if a deal stands. Else `forfeit` if a seat forfeited. Else
    `no_deal_missed` if some deal in A gives some party a strict gain, and `no_deal_correct` if none does.
    """
    if not ending.ended:
        return "void"
    if ending.outcome is not None:
        return "agreed"
    if ending.forfeits:
        return "forfeit"
    return "no_deal_missed" if bool((space.gains[space.passing] > TOLERANCE).any()) else "no_deal_correct"


def _for_each(space: Space, name: str, given: Sequence[float], default: float) -> Floats:
    if not given:
        return np.full(space.parties, default)
    values = np.array(given, dtype=np.float64)
    if values.shape != (space.parties,) or not np.isfinite(values).all():
        raise ValueError(f"{name} are {tuple(given)}, expected {space.parties} numbers, one for each party")
    return values
