"""Pool-share: an equal share of the whole stock at once, and says so."""

from __future__ import annotations

from arena.scenarios.commons.policies.acting import harvester
from arena.scenarios.commons.policies.situation import Situation

WORDS = (
    "{stock} units for all of us: I take my equal share of {units}.",
    "Equal shares of what there is; {units} is mine.",
)


def units(now: Situation) -> int:
    return now.pool_share


policy = harvester(units, units, WORDS)
