"""Sustainable: takes its equal part of what the stock gives again and again, to the last round."""

from __future__ import annotations

from arena.scenarios.commons.policies.acting import harvester
from arena.scenarios.commons.policies.situation import Situation

WORDS = (
    "The stock gives {share} for each of us without shrinking. That is what I take.",
    "I take {units}, no more; it will be there again next time.",
    "Whoever takes more than {share} takes it from next round.",
)


def units(now: Situation) -> int:
    return now.fair


policy = harvester(units, units, WORDS, tells=True)
