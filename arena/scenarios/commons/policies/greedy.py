"""Greedy: asks for all there is, in every round."""

from __future__ import annotations

from arena.scenarios.commons.policies.acting import harvester
from arena.scenarios.commons.policies.situation import Situation

WORDS = ("There is plenty, and what I leave somebody else takes.", "I take what I can get.")


def units(now: Situation) -> int:
    return now.stock


policy = harvester(units, units, WORDS)
