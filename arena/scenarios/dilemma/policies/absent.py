"""Absent: says nothing, and chooses what stands in for a choice that was not made."""

from __future__ import annotations

from random import Random
from typing import Any

from arena.core.view import MoveSpec, World
from arena.scenarios.dilemma.terms import Act, Move, Ring, Rules
from arena.scripting.bare import silent


def stand_in(rules: Rules, round_: int, seat: int) -> Act:
    """The choice of a seat that makes none: places are counted on from seat to seat, and from round to round.

    So neighbours who make no choice never choose the same, and a group does not meet by not answering.
    """
    return Act(rules.actions[(round_ + seat) % len(rules.actions)])


def choose(known: World[Ring], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    rules = known.common.rules
    return stand_in(rules, known.common.round, seat) if rules is not None else None


policy: Any = silent(choose)
