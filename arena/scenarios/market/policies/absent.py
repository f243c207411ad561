"""Absent: says nothing and trades nothing."""

from __future__ import annotations

from typing import Any

from arena.scripting.bare import silent

policy: Any = silent(lambda known, seat, specs, rng: None)
