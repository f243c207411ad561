"""Absent: says nothing, and chooses the first action where it has to."""

from __future__ import annotations

from random import Random
from typing import Any

from arena.core.view import MoveSpec, World
from arena.scenarios.dilemma.terms import Act, Move, Ring
from arena.scripting.bare import silent


def choose(known: World[Ring], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    rules = known.common.rules
    return Act(rules.actions[0]) if rules is not None else None


policy: Any = silent(choose)
