"""The parameters of a committee: what may be asked of the generator, and every impossible one, all at once."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from arena.dealing.ranges import outside, refuse
from arena.errors import Mistake, nearest
from arena.scenarios.committee.settings import MOST, SETTINGS
from arena.scenarios.committee.terms import Voting


class Params(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a generated committee is like.

    seats: 3 to 8. options K: 3 to 8. shared: facts about each option that everyone knows, 2 to 6. unique: facts about
    each option that a seat alone knows, 1 to 4; shared + seats * unique is at most 24. largest: points that a fact can
    add or take away, 5 to 100. voting: `plurality` (the most votes, ties by lot), `majority` (more than half of all
    seats), `unanimity`, or `chair`: one seat, known to all, decides. talk: turns that each seat has before a ballot,
    0 to 6. ballots: votes that may be taken, 1 to 10.
    stakes: so many seats are paid `stake` points (above 0, at most 1000) if a certain option wins. goals: so many seats
    have a private goal worth `goal_bonus` (above 0, at most 1000). alignment a, in [0, 1]: payoffs are
    a * V + (1 - a) * own. setting: the story, `any` to have it drawn.
    """

    seats: int = 4
    options: int = 4
    shared: int = 2
    unique: int = 1
    largest: int = 10
    voting: Voting = "majority"
    talk: int = 2
    ballots: int = 2
    stakes: int = 0
    stake: float = 50.0
    goals: int = 0
    goal_bonus: float = 20.0
    alignment: float = 0.0
    setting: str = "any"


RANGES: dict[str, tuple[float, float]] = {
    "seats": (3, 8),
    "options": (3, 8),
    "shared": (2, 6),
    "unique": (1, 4),
    "largest": (5, 100),
    "talk": (0, 6),
    "ballots": (1, 10),
    "stakes": (0, 8),
    "stake": (0, 1000),
    "goals": (0, 8),
    "goal_bonus": (0, 1000),
    "alignment": (0, 1),
}


def check(params: Params) -> None:
    """Raises BadParams that names every mistake in the parameters at once."""
    refuse("committee", [*outside(params, RANGES), *_others(params)])


def _others(params: Params) -> Iterator[Mistake]:
    for name in ("stake", "goal_bonus"):
        if getattr(params, name) == 0:
            yield Mistake(name, "found 0", f"expected above 0, at most {RANGES[name][1]:g}")
    for name in ("stakes", "goals"):
        if getattr(params, name) > params.seats:
            yield Mistake(name, f"found {getattr(params, name)}", f"expected at most {params.seats}, one for each seat")
    facts = params.shared + params.seats * params.unique
    if facts > MOST:
        most = (MOST - params.shared) // params.seats
        yield Mistake("unique", f"found {params.unique}: {facts} facts about an option", f"expected at most {most}")
    names = [setting.name for setting in SETTINGS]
    if params.setting != "any" and params.setting not in names:
        yield Mistake("setting", f"found {params.setting!r}", nearest(params.setting, ["any", *names]))
