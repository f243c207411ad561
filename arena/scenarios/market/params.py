"""The parameters of a market: what may be asked of the generator, and every impossible one, all at once."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from arena.dealing.ranges import outside, refuse
from arena.errors import Mistake, nearest
from arena.scenarios.market.settings import SETTINGS
from arena.scenarios.market.terms import Goods


class Params(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a generated market is like.

    seats: 2 to 20. buyers: so many of them, at least 1 and fewer than the seats; None: half, and of an odd number one
    more or one less by lot. goods: `alike`, or `different`: each seller's unit is worth something else to each buyer.
    taste: in [0, 1], for different goods: how much of a value is the pair's own; the rest is the buyer's. units: how
    many units each may trade, 1 to 4; 1 where they differ. scale: the largest price, 10 to 10000; values and costs are
    whole numbers from 1 to it. rounds: the deadline, 1 to 30, and at least as many as units.
    goals: so many seats have a private goal worth `goal_bonus` (above 0, at most 1000). alignment a, in [0, 1]: payoffs
    are a * V + (1 - a) * own. setting: the story, `any` to have it drawn.
    """

    seats: int = 6
    buyers: int | None = None
    goods: Goods = "alike"
    taste: float = 0.5
    units: int = 1
    scale: int = 100
    rounds: int = 8
    goals: int = 0
    goal_bonus: float = 10.0
    alignment: float = 0.0
    setting: str = "any"


RANGES: dict[str, tuple[float, float]] = {
    "seats": (2, 20),
    "buyers": (1, 19),
    "taste": (0, 1),
    "units": (1, 4),
    "scale": (10, 10_000),
    "rounds": (1, 30),
    "goals": (0, 20),
    "goal_bonus": (0, 1000),
    "alignment": (0, 1),
}


def check(params: Params) -> None:
    """Raises BadParams that names every mistake in the parameters at once."""
    refuse("market", [*outside(params, RANGES), *_others(params)])


def _others(params: Params) -> Iterator[Mistake]:
    if params.goal_bonus == 0:
        yield Mistake("goal_bonus", "found 0", f"expected above 0, at most {RANGES['goal_bonus'][1]:g}")
    if params.buyers is not None and params.buyers >= params.seats:
        yield Mistake("buyers", f"found {params.buyers} of {params.seats} seats", "expected at least one seller")
    if params.goods == "different" and params.units > 1:
        yield Mistake("units", f"found {params.units} with different goods", "expected 1, or goods: alike")
    if params.rounds < params.units:
        yield Mistake("rounds", f"found {params.rounds} for {params.units} units", "expected at least one for each")
    if params.goals > params.seats:
        yield Mistake("goals", f"found {params.goals}", f"expected at most {params.seats}, one for each seat")
    names = [setting.name for setting in SETTINGS]
    if params.setting != "any" and params.setting not in names:
        yield Mistake("setting", f"found {params.setting!r}", nearest(params.setting, ["any", *names]))
