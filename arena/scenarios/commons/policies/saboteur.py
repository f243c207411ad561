"""Saboteur: keeps the rules and empties the stock as soon as it can, with calming words."""

from __future__ import annotations

from arena.scenarios.commons.policies.acting import harvester
from arena.scenarios.commons.policies.situation import Situation

WORDS = (
    "I shall take {share} like everyone; there is no hurry.",
    "The stock looks healthy to me. Let us all relax a little.",
)


def units(now: Situation) -> int:
    return now.stock


policy = harvester(units, units, WORDS)
