"""End-game grabber: sustains, and takes an equal share of all there is in a round that is known to be the last."""

from __future__ import annotations

from arena.scenarios.commons.policies.acting import harvester
from arena.scenarios.commons.policies.situation import Situation

WORDS = (
    "As long as there is a next round I keep to {share}.",
    "I take {units} now. What is left after the last round is of no use to anyone.",
)


def units(now: Situation) -> int:
    return now.pool_share if now.last else now.fair


policy = harvester(units, lambda now: now.fair, WORDS, tells=True)
