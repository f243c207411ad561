"""The parameters of a bargain: what may be asked of the generator."""

from __future__ import annotations

import math
from typing import Any, Literal

from msgspec import Struct

from arena.scenarios.bargain.terms import Acceptance

ROUNDS = 10


class Params(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a generated bargain is like; with `game`, a published one is played and only `rounds` may be given besides.

    seats: 2 to 8. form: `issues` to settle, or `items` to divide. issues: how many issues, 2 to 8, or kinds of item, 2
    to 6. options: per issue, 2 to 6. units: of each item, 1 to 6. At most 10^6 deals.
    conflict, in [0, 1]: issues: the share of them that is contested; items: how alike the seats' tastes are.
    zone: whether a deal exists that passes with everyone who accepts it at or above the threshold; `sometimes` is a
    fair coin. acceptance, vetoes: who must accept; so many seats, drawn, have a veto. rounds: the deadline, 1 to 1000,
    10 where left out (a game has its own).
    discount: what is left of a gain after a round, in (0, 1], the same for all, or a range (low, high) drawn from for
    each seat. message_cost: points a message costs its sender, 0 or more. values: `noisy`: sheets are estimates of the
    points, with the standard deviation `noise` (above 0). interactions: pairs of options per seat, 0 to 20, that are
    worth more or less together. goals: so many seats have a private goal worth `goal_bonus` (above 0).
    alignment a, in [0, 1]: payoffs are a * V + (1 - a) * own. setting: the story, `any` to have it drawn.
    game: the mapping that a game file holds (see `games`).
    """

    seats: int = 3
    issues: int = 4
    options: int = 4
    conflict: float = 0.5
    zone: Literal["always", "sometimes", "never"] = "always"
    acceptance: Acceptance = "unanimous"
    vetoes: int = 0
    rounds: int | None = None
    discount: float | tuple[float, float] = 1.0
    message_cost: float = 0.0
    values: Literal["exact", "noisy"] = "exact"
    noise: float = 4.0
    interactions: int = 0
    form: Literal["issues", "items"] = "issues"
    units: int = 3
    goals: int = 0
    goal_bonus: float = 10.0
    alignment: float = 0.0
    setting: str = "any"
    game: dict[str, Any] | None = None


def discounts(params: Params) -> tuple[float, float]:
    """The range that each seat's discount is drawn from."""
    return params.discount if isinstance(params.discount, tuple) else (params.discount, params.discount)


def deals(params: Params) -> int:
    """How many deals such a bargain has; an item's units can be shared out in C(units + seats - 1, units) ways."""
    return int(ways(params) ** params.issues)


def ways(params: Params) -> int:
    """In how many ways one issue can be settled, or the units of one item be shared out."""
    return params.options if params.form == "issues" else math.comb(params.units + params.seats - 1, params.units)
