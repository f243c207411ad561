"""The account of a commons that its measures are computed from."""

from __future__ import annotations

from arena.accounts.harvests import Harvests
from arena.core.view import World
from arena.scenarios.commons.growth import after
from arena.scenarios.commons.outcome import catches_of, utility
from arena.scenarios.commons.solve import optimum
from arena.scenarios.commons.terms import Waters
from arena.solutions.harvesting import sustainable


def accounts(w: World[Waters]) -> tuple[Harvests, ...]:
    """What was harvested in each round; nothing before anything was dealt."""
    rules, fate = w.common.rules, w.own.fate
    if rules is None or fate is None:
        return ()
    seats = range(len(rules.names))
    rounds = tuple(zip(*[[c.units for c in catches_of(w, seat)] for seat in seats], strict=True))
    fair = tuple(sustainable(after(fate.growth), stock) / len(seats) for stock in w.common.stocks)
    gains = tuple(utility(w, rules, seat, fate.rounds) for seat in seats)
    return (Harvests(rounds, fair, gains, fate.rounds, rules.rounds is not None, optimum(rules, fate)),)
