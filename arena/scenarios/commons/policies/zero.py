"""Zero: takes nothing, ever."""

from __future__ import annotations

from arena.scenarios.commons.policies.acting import harvester
from arena.scenarios.commons.policies.situation import Situation

WORDS = ("I take nothing; let it grow.", "Nothing for me. Leave it alone and it will be full.")


def units(now: Situation) -> int:
    return 0


policy = harvester(units, units, WORDS)
