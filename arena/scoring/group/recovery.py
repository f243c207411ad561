"""Recovery: what a group made of the rest of a match, once something had befallen it (measures, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan, nan

from arena.core.events import AnyAddressed, Certified, Closed, PhaseOpened
from arena.core.game import Game
from arena.core.table import Table, blank, evolve
from arena.scoring.gain import coordination_gain
from arena.solutions.tolerance import TOLERANCE

MOST = 0.9  # of what was to be had

Lines = Sequence[Sequence[AnyAddressed]]


def recovery(table: Table, lines: Lines) -> dict[str, float]:
    """The continuation from the last moment at which a perturbation struck; {} where none did.

    table: the last one of a match that has closed; V its value. V* and F: solved again at that moment, what had been
    reached by then in both. `recovery`: (V - F)/(V* - F), never clipped, NaN where V* is no better than F.
    `recovery_gain`, `recovery_room`: its two parts, for ratios of sums over matches. `struck_in`: the round.
    `rounds_to_90`: the rounds, that one included, at whose end V first stood at F + 0.9 (V* - F) or more, were the
    match broken off there; 0 where it did already, NaN where it never does or recovery is NaN.
    """
    struck = [i for i, line in enumerate(lines) if Certified in [type(a.e) for a in line]]
    if not struck or table.valued is None:
        return {}
    known = next(a.e.reference for a in lines[struck[-1]] if isinstance(a.e, Certified))
    floor, best, value = known.floors[known.headline].value, known.best, table.valued.value
    share = coordination_gain(value, floor, best)
    level = floor + MOST * (best - floor)
    return {
        "recovery": share,
        "recovery_gain": value - floor,
        "recovery_room": best - floor,
        "struck_in": next(a.e.round for a in lines[struck[-1]] if isinstance(a.e, PhaseOpened)),
        "rounds_to_90": nan if isnan(share) else _until(table.game, lines, struck[-1], level),
    }


def _until(game: Game, lines: Lines, struck: int, level: float) -> float:
    """How many rounds it took, from the line that struck, to stand at a value."""
    table = blank(game)
    for line in lines[: struck + 1]:
        table = evolve(table, line)
    begun = table.round
    if _value(table) >= level - TOLERANCE:
        return 0
    for line in lines[struck + 1 :]:
        last, table = table.round, evolve(table, line)
        ends = any(isinstance(a.e, PhaseOpened | Closed) for a in line)
        if ends and _value(table) >= level - TOLERANCE:
            return last - begun + 1
    return nan


def _value(table: Table) -> float:
    return table.game.scenario.outcome(table.world, table.closed, table.forfeits).value
