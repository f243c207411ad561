"""Absent: says nothing, and abstains."""

from __future__ import annotations

from random import Random
from typing import Any

from arena.core.view import MoveSpec, World
from arena.scenarios.committee.terms import Move, Room
from arena.scripting.bare import silent


def choose(known: World[Room], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    return None


policy: Any = silent(choose)
