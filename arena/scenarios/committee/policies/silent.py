"""Silent: votes for what is best by its own facts, without a word. The floor `silent` is made of it."""

from __future__ import annotations

from random import Random
from typing import Any

from arena.core.view import MoveSpec, World
from arena.scenarios.committee.policies.situation import situation
from arena.scenarios.committee.terms import Move, Room, Vote
from arena.scripting.bare import silent
from arena.solutions.pooling import favourites


def choose(known: World[Room], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    """Its own favourite; ties by lot."""
    now = situation(known, seat)
    return Vote(now.rules.options[rng.choice(favourites(now.view))])


policy: Any = silent(choose)
