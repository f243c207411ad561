"""Random: any legal move, the kind first. The floor `random` is made of such seats."""

from __future__ import annotations

from typing import Any

from arena.scenarios.workshop.terms import Move
from arena.scripting.bare import by_lot, silent

policy: Any = silent(by_lot(Move))
