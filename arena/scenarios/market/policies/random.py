"""Random: any kind of legal move, with any values, without a word."""

from __future__ import annotations

from typing import Any

from arena.scenarios.market.terms import Move
from arena.scripting.bare import by_lot, silent

choose = by_lot(Move)
policy: Any = silent(choose)
