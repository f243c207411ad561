"""Absent: says nothing and takes nothing."""

from __future__ import annotations

from random import Random
from typing import Any

from arena.core.view import MoveSpec, World
from arena.scenarios.commons.policies.profiles import moved_by
from arena.scenarios.commons.terms import Move, Waters
from arena.scripting.bare import silent


def choose(known: World[Waters], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    return moved_by(specs, 0, rng)


policy: Any = silent(choose)
