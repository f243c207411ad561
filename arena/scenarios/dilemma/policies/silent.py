"""Silent: fictitious play from a uniform prior, without a word. The floor `silent` is made of it."""

from __future__ import annotations

from random import Random
from typing import Any

from arena.core.view import MoveSpec, World
from arena.scenarios.dilemma.policies.situation import situation
from arena.scenarios.dilemma.terms import Act, Move, Ring
from arena.scripting.bare import silent
from arena.solutions.tolerance import TOLERANCE


def choose(known: World[Ring], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    """The best reply to the others' frequencies so far, by one's own payoffs; ties by lot."""
    now = situation(known, seat)
    worth = now.expected()
    best = [a for a, each in enumerate(worth) if each >= max(worth) - TOLERANCE]
    return Act(now.rules.actions[best[0] if len(best) == 1 else rng.choice(best)])


policy: Any = silent(choose)
