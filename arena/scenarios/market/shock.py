"""The shock that befalls a market: units are suddenly worth something else to a trader."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.market.draft import costs, values
from arena.scenarios.market.terms import Book, Fact, Sheet, Shift
from arena.scenarios.market.worth import sheet_of


def shock(w: World[Book], draw: Draw) -> tuple[Disclosed[Fact], ...]:
    """One seat by lot, of those that can still trade, draws its values or costs again, and alone is told.

    Trades that were made keep what they were worth. Of different goods a value is drawn for each seller alone. Nothing
    before anything was dealt, or where nobody can trade any more.
    """
    book, rules = w.common, w.common.rules
    if rules is None or book.closed:
        return ()
    rng = draw.of("shock")
    seat = rng.choice([each for each, n in enumerate(book.left) if n])
    old = sheet_of(w.own.sheets, seat, len(book.trades))
    worth = old.worth
    while worth == old.worth:
        if seat in rules.buyers:
            worth = values(rng, rules.highest, rules.units, rules.goods, len(rules.sellers), 1.0)
        else:
            worth = costs(rng, rules.highest, rules.units)
    return (Disclosed(Shift(Sheet(seat, worth, len(book.trades), old.canary)), (seat,)),)
