"""What may not be asked of the generator: every impossible parameter, all at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from arena.core.draw import Draw
from arena.errors import BadParams, ConfigError, Mistake, nearest
from arena.scenarios.bargain import games
from arena.scenarios.bargain.params import Params, deals, discounts, ways
from arena.scenarios.bargain.settings import SETTINGS
from arena.solutions.space import LARGEST

RANGES: dict[str, tuple[float, float]] = {
    "seats": (2, 8),
    "issues": (2, 8),
    "options": (2, 6),
    "conflict": (0, 1),
    "vetoes": (0, 8),
    "rounds": (1, 1000),
    "message_cost": (0, 1000),
    "noise": (0, 100),
    "interactions": (0, 20),
    "units": (1, 6),
    "goals": (0, 8),
    "goal_bonus": (0, 1000),
    "alignment": (0, 1),
}
KINDS_OF_ITEM = 6
LARGEST_ITEM_CONFLICT = 0.9  # where all want the same, every division is worth the same to the group


def check(params: Params) -> None:
    """Raises BadParams that names every mistake in the parameters at once, those in a game's mapping included."""
    found = mistakes(params)
    if found:
        raise BadParams("\n".join(["bargain: impossible parameters", *(f"  {mistake}" for mistake in found)]), found)


def mistakes(params: Params) -> tuple[Mistake, ...]:
    """Every mistake in the parameters, each with its path; none where a bargain can be asked for like this."""
    if params.game is not None:
        return (*_outside(params, ["rounds"]), *_beside_a_game(params), *_in_the_game(params))
    outside = tuple(_outside(params, RANGES))
    large = () if outside else _too_large(params)
    return (*outside, *_discount(params), *_setting(params), *_together(params), *large)


def _outside(params: Params, names: Iterable[str]) -> Iterator[Mistake]:
    for name in names:
        value = getattr(params, name)
        low, high = RANGES[name]
        if value is not None and not low <= value <= high:
            yield Mistake(name, f"found {value}", f"expected {low} to {high}")


def _beside_a_game(params: Params) -> Iterator[Mistake]:
    plain = Params(game=params.game, rounds=params.rounds)
    for name in Params.__struct_fields__:
        if getattr(params, name) != getattr(plain, name):
            yield Mistake(name, f"found {getattr(params, name)} beside a game", "leave it out: the game says it itself")


def _in_the_game(params: Params) -> Iterator[Mistake]:
    assert params.game is not None, "asked for a game's mistakes where there is one"
    try:
        games.task(params.game, Draw.root(0, ""))
    except ConfigError as error:
        for mistake in error.mistakes:
            yield Mistake(f"game.{mistake.path}", mistake.found, mistake.expected)


def _discount(params: Params) -> Iterator[Mistake]:
    low, high = discounts(params)
    if not 0 < low <= high <= 1:
        yield Mistake(
            "discount", f"found {params.discount}", "expected a number above 0, at most 1, or a range of such"
        )


def _setting(params: Params) -> Iterator[Mistake]:
    fitting = [s.name for s in SETTINGS if params.form == "items" or s.issues]
    if params.setting != "any" and params.setting not in fitting:
        yield Mistake(
            "setting", f"found {params.setting!r} with {params.form}", nearest(params.setting, ["any", *fitting])
        )


def _together(params: Params) -> Iterator[Mistake]:
    """What is impossible only in combination."""
    if params.acceptance == "all-but-one" and params.seats < 3:
        yield Mistake("acceptance", f"found all-but-one with {params.seats} seats", "expected 3 seats or more")
    for name in ("vetoes", "goals"):
        if getattr(params, name) > params.seats:
            yield Mistake(name, f"found {getattr(params, name)}", f"expected at most {params.seats}, one for each seat")
    pairs = math.comb(params.issues, 2) * ways(params) ** 2
    if params.interactions > pairs:
        yield Mistake(
            "interactions", f"found {params.interactions} for each seat", f"expected at most {pairs}, the pairs"
        )
    if params.values == "noisy" and not params.noise:
        yield Mistake("noise", "found 0 with noisy values", "expected above 0, or values: exact")
    if params.goals and not params.goal_bonus:
        yield Mistake("goal_bonus", "found 0 with private goals", "expected above 0, or goals: 0")
    if params.form == "items" and params.issues > KINDS_OF_ITEM:
        yield Mistake("issues", f"found {params.issues} kinds of item", f"expected 2 to {KINDS_OF_ITEM}")
    if params.form == "items" and params.conflict > LARGEST_ITEM_CONFLICT:
        yield Mistake("conflict", f"found {params.conflict} over items", f"expected at most {LARGEST_ITEM_CONFLICT}")


def _too_large(params: Params) -> Iterator[Mistake]:
    if deals(params) > LARGEST:
        yield Mistake(
            "issues", f"found {deals(params):,} deals", f"expected at most {LARGEST:,}: ask for fewer or smaller"
        )
