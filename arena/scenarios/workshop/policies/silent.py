"""Silent: any task that it can do and that is in nobody's hand, without a word. The floor `silent` is made of it."""

from __future__ import annotations

from random import Random
from typing import Any

from arena.core.view import MoveSpec, World
from arena.scenarios.workshop.policies.acting import moved
from arena.scenarios.workshop.policies.situation import situation
from arena.scenarios.workshop.terms import Move, Shop
from arena.scripting.bare import silent
from arena.solutions.shopfloor import ready
from arena.solutions.unplanned import quietly


def choose(known: World[Shop], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    now = situation(known, seat)
    return moved(now.rules, quietly(now.project, now.floor, ready(now.project, now.floor), seat, rng))


policy: Any = silent(choose)
