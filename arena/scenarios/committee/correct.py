"""The shock that may befall a committee: a fact was wrong."""

from __future__ import annotations

from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.committee.outcome import Facts
from arena.scenarios.committee.room import everything, holders, worth
from arena.scenarios.committee.terms import Correction, Item, Room
from arena.solutions.pooling import favourites


def shock(w: World[Room], draw: Draw) -> Facts:
    """A fact by lot is corrected, for those who know of it; another option is then the best, where one fact can do
    that. Nothing before anything was dealt."""
    rules = w.common.rules
    if rules is None:
        return ()
    now, facts = worth(w, rules), sorted(everything(w).values(), key=lambda item: item.number)
    amounts = [amount for amount in range(-rules.largest, rules.largest + 1) if amount]
    wrong = [replace(item, amount=amount) for item in facts for amount in amounts if amount != item.amount]

    def turns(item: Item) -> bool:
        place = rules.options.index(item.option)
        before = everything(w)[item.number].amount
        after = [value + (item.amount - before) * (k == place) for k, value in enumerate(now)]
        return not set(favourites(after)) & set(favourites(now))

    known = draw.of("fact").choice([item for item in wrong if turns(item)] or wrong)
    return (Disclosed(Correction(known), tuple(holders(w)[known.number])),)
