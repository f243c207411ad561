"""Silent: zero intelligence, constrained, without a word. The floor `silent` is made of it."""

from __future__ import annotations

from typing import Any

from arena.scenarios.market.policies.zi_constrained import choose
from arena.scripting.bare import silent

policy: Any = silent(choose)
