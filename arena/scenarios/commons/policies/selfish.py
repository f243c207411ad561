"""Selfish: the best reply for itself alone, if all others go on as they did in the last round.

The others' demand is taken as given: in the first round, and where nobody tells, their equal parts of what the stock
sustains. It looks at most twelve rounds ahead, and says what sounds fair.
"""

from __future__ import annotations

from typing import Final

from arena.scenarios.commons.policies.acting import harvester
from arena.scenarios.commons.policies.situation import Situation
from arena.solutions.harvesting import best_reply

AHEAD: Final = 12
WORDS = (
    "If everyone keeps to {share}, we shall all do well.",
    "I think {share} each is fair; let nobody take more.",
)


def units(now: Situation) -> int:
    rounds = min(max(now.rounds_left, 1), AHEAD)
    return best_reply(now.table, now.stock, demand(now), rounds, now.survival)


def demand(now: Situation) -> int:
    """What the others together take, as far as one can tell."""
    if now.landed:
        return sum(units for seat, units in enumerate(now.landed[-1]) if seat != now.seat)
    return now.fair * (now.seats - 1)


policy = harvester(units, lambda now: now.fair, WORDS)
