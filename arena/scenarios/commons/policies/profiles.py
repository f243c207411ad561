"""What the profiles without words have in common."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from arena.core.view import MoveSpec
from arena.scenarios.commons.terms import Decree, Harvest, Move, Vote
from arena.scripting.lots import any_move


def moved_by(specs: Sequence[MoveSpec], units: int, rng: Random) -> Move | None:
    """So many units, taken or voted for; a manager by lot."""
    match {spec.kind for spec in specs}:
        case kinds if "harvest" in kinds:
            return Harvest(units)
        case kinds if "vote" in kinds:
            return Vote(units)
        case kinds if "decree" in kinds:
            return Decree(units)
    found: Move | None = any_move(specs, Move, rng)
    return found
