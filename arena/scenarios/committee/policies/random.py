"""Random: votes for any option, all with equal chances, without a word."""

from __future__ import annotations

from typing import Any

from arena.scenarios.committee.terms import Move
from arena.scripting.bare import by_lot, silent

policy: Any = silent(by_lot(Move))
