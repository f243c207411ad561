"""Absent: says nothing and does nothing."""

from __future__ import annotations

from random import Random
from typing import Any

from arena.core.view import MoveSpec, World
from arena.scenarios.workshop.terms import Idle, Move, Shop
from arena.scripting.bare import silent


def choose(known: World[Shop], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    return Idle()


policy: Any = silent(choose)
