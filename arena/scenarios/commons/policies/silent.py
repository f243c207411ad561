"""Silent: an equal share of the whole stock at once, without a word. The floor `silent` is made of it."""

from __future__ import annotations

from random import Random
from typing import Any

from arena.core.view import MoveSpec, World
from arena.scenarios.commons.policies.profiles import moved_by
from arena.scenarios.commons.policies.situation import of_world
from arena.scenarios.commons.terms import Move, Waters
from arena.scripting.bare import silent


def choose(known: World[Waters], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    share = of_world(known, seat).pool_share
    return moved_by(specs, share, rng)


policy: Any = silent(choose)
