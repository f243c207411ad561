"""The shock that befalls a commons: half of the stock is lost at once."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.view import World
from arena.scenarios.commons.settle import Facts, to_all
from arena.scenarios.commons.terms import Storm, Waters


def shock(w: World[Waters], draw: Draw) -> Facts:
    """A storm that everyone sees; nothing before anything was dealt."""
    rules, stock = w.common.rules, w.common.stock
    return to_all(rules, Storm(stock - stock // 2, stock // 2)) if rules is not None else ()
