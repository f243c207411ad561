"""The parameters of a dilemma: what may be asked of the generator, and every impossible one, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from arena.dealing.ranges import outside, refuse
from arena.errors import Mistake, nearest
from arena.scenarios.dilemma.draft import FORMS
from arena.scenarios.dilemma.settings import SETTINGS
from arena.scenarios.dilemma.terms import Game


class Params(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a generated dilemma is like.

    kind: `prisoner`, `stag`, `chicken`, `public_goods`, `traveller`, `sexes` (two meeting points or more, each seat
    with a favourite) or `coordination`. seats: 2 to 6. actions: 2 to 8, for traveller, sexes and coordination; the rest
    have two. talk: whether seats may talk before they choose. payoffs: `public`, or `private`: each seat knows only its
    own, and in prisoner, stag, chicken, public_goods and coordination they are drawn for each seat alone.
    horizon: `fixed`, of `rounds` (1 to 100) that everyone knows, or `hidden`: a round is the last with the chance
    `ending`, above 0, at most 0.5, and `rounds` the most there can be.
    goals: so many seats have a private goal worth `goal_bonus` (above 0, at most 1000). alignment a, in [0, 1]: payoffs
    are a * V + (1 - a) * own. setting: the story, `any` to have it drawn.
    """

    kind: Game = "prisoner"
    seats: int = 2
    actions: int = 3
    talk: bool = True
    payoffs: Literal["public", "private"] = "public"
    horizon: Literal["fixed", "hidden"] = "fixed"
    rounds: int = 10
    ending: float = 0.1
    goals: int = 0
    goal_bonus: float = 20.0
    alignment: float = 0.0
    setting: str = "any"


RANGES: dict[str, tuple[float, float]] = {
    "seats": (2, 6),
    "actions": (2, 8),
    "rounds": (1, 100),
    "ending": (0, 0.5),
    "goals": (0, 6),
    "goal_bonus": (0, 1000),
    "alignment": (0, 1),
}


def check(params: Params) -> None:
    """Raises BadParams that names every mistake in the parameters at once."""
    refuse("dilemma", [*outside(params, RANGES), *_others(params)])


def _others(params: Params) -> Iterator[Mistake]:
    for name in ("ending", "goal_bonus"):
        if getattr(params, name) == 0:
            yield Mistake(name, "found 0", f"expected above 0, at most {RANGES[name][1]:g}")
    if params.goals > params.seats:
        yield Mistake("goals", f"found {params.goals}", f"expected at most {params.seats}, one for each seat")
    if params.payoffs == "private" and FORMS[params.kind] == "claim":
        yield Mistake("payoffs", "found private with traveller", "expected public: its payoffs follow from the claims")
    names = [setting.name for setting in SETTINGS]
    if params.setting != "any" and params.setting not in names:
        yield Mistake("setting", f"found {params.setting!r}", nearest(params.setting, ["any", *names]))
