"""The parameters of a commons: what may be asked of the generator, and every impossible one, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from arena.dealing.ranges import outside, refuse
from arena.errors import Mistake, nearest
from arena.scenarios.commons.settings import SETTINGS
from arena.scenarios.commons.terms import Institution, Monitor, Regrowth


class Params(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a generated commons is like.

    seats: 2 to 20. capacity K: the most the stock can be, 20 to 2000 units; `vary`, in [0, 0.5]: it is drawn within
    that share of it. start: the first stock as a share of K, above 0, at most 1. threshold: the share of K under which
    what is left collapses, in [0, 0.5]. regrowth: `doubling` (by `rate`), `logistic` (by `rate`) or `table` (`steps`:
    pairs of units left standing and units added). rate: above 0, at most 4. growth: `known`, or `estimated`: each seat
    has an estimate of the rate of its own, with the relative error `noise`, in [0, 0.5].
    horizon: `fixed`, of `rounds` (1 to 100) that everyone knows, or `hidden`: a round is the last with the chance
    `ending`, above 0, at most 0.5, and `rounds` the most there can be.
    needs: in [0, 1], as a share of what each can sustainably have: seats need up to twice that in every round, and lose
    `shortage` points (0 to 10) for each unit they land less. monitor: what is told of a round, `each` catch, the
    `total`, or `none` (the stock is seen in any case). institution: `none`, `quota` (the median of the votes of every
    round) or `manager` (elected for `term` rounds, sets the quota). fine: points for a unit above the quota, 0 to 10.
    goals: so many seats have a private goal worth `goal_bonus` (above 0, at most 1000). alignment a, in [0, 1]: payoffs
    are a * V + (1 - a) * own. setting: the story, `any` to have it drawn.
    """

    seats: int = 5
    capacity: int = 100
    vary: float = 0.2
    start: float = 1.0
    threshold: float = 0.05
    regrowth: Regrowth = "doubling"
    rate: float = 1.0
    steps: tuple[tuple[int, int], ...] = ()
    growth: Literal["known", "estimated"] = "known"
    noise: float = 0.2
    horizon: Literal["fixed", "hidden"] = "fixed"
    rounds: int = 12
    ending: float = 0.1
    needs: float = 0.0
    shortage: float = 0.5
    monitor: Monitor = "each"
    institution: Institution = "none"
    term: int = 3
    fine: float = 0.0
    goals: int = 0
    goal_bonus: float = 10.0
    alignment: float = 0.0
    setting: str = "any"


RANGES: dict[str, tuple[float, float]] = {
    "seats": (2, 20),
    "capacity": (20, 2000),
    "vary": (0, 0.5),
    "start": (0, 1),
    "threshold": (0, 0.5),
    "rate": (0, 4),
    "noise": (0, 0.5),
    "rounds": (1, 100),
    "ending": (0, 0.5),
    "needs": (0, 1),
    "shortage": (0, 10),
    "term": (1, 100),
    "fine": (0, 10),
    "goals": (0, 20),
    "goal_bonus": (0, 1000),
    "alignment": (0, 1),
}
POSITIVE = ("start", "rate", "ending", "goal_bonus")


def check(params: Params) -> None:
    """Raises BadParams that names every mistake in the parameters at once."""
    refuse("commons", [*outside(params, RANGES), *_zero(params), *_setting(params), *_steps(params), *_pairs(params)])


def _zero(params: Params) -> Iterator[Mistake]:
    for name in POSITIVE:
        if getattr(params, name) == 0:
            yield Mistake(name, "found 0", f"expected above 0, at most {RANGES[name][1]:g}")


def _setting(params: Params) -> Iterator[Mistake]:
    names = [setting.name for setting in SETTINGS]
    if params.setting != "any" and params.setting not in names:
        yield Mistake("setting", f"found {params.setting!r}", nearest(params.setting, ["any", *names]))


def _steps(params: Params) -> Iterator[Mistake]:
    if params.regrowth != "table":
        if params.steps:
            yield Mistake("steps", f"found {len(params.steps)} with regrowth {params.regrowth}", "they go with a table")
        return
    starts = [start for start, _ in params.steps]
    if not starts or starts != sorted(set(starts)):
        yield Mistake("steps", f"found {list(params.steps)}", "expected pairs (from, units), `from` rising")
    if any(start < 0 or added < 0 for start, added in params.steps):
        yield Mistake("steps", "found a number below 0", "expected whole numbers of units")
    if params.growth == "estimated":
        yield Mistake("growth", "found estimated with a table", "expected doubling or logistic, which have a rate")


def _pairs(params: Params) -> Iterator[Mistake]:
    """What is impossible only in combination."""
    if params.goals > params.seats:
        yield Mistake("goals", f"found {params.goals}", f"expected at most {params.seats}, one for each seat")
    if params.fine and params.institution == "none":
        yield Mistake("fine", f"found {params.fine} without a quota", "set institution: quota or manager, or fine: 0")
    if params.capacity < 4 * params.seats:
        yield Mistake("capacity", f"found {params.capacity} for {params.seats} seats", f"expected {4 * params.seats}")
