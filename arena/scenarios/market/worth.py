"""What trades are worth, and what is left to trade, by the sheets that hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from arena.scenarios.market.terms import Book, Rules, Sheet, Trade
from arena.solutions.trading import Units, units_of


def sheet_of(sheets: Sequence[Sheet], seat: int, trade: int) -> Sheet:
    """The sheet of a seat that held when the trade of this number was made, the first being 0."""
    return [each for each in sheets if each.seat == seat and each.since <= trade][-1]


def valued(rules: Rules, sheets: Sequence[Sheet], trades: Sequence[Trade]) -> list[tuple[float, float]]:
    """What each trade was worth to its buyer and cost its seller."""
    bought, sold = [0] * len(rules.names), [0] * len(rules.names)
    sellers, found = rules.sellers, []
    for number, trade in enumerate(trades):
        values = sheet_of(sheets, trade.buyer, number).worth
        place = bought[trade.buyer] if rules.goods == "alike" else sellers.index(trade.seller)
        cost = sheet_of(sheets, trade.seller, number).worth[sold[trade.seller]]
        bought[trade.buyer] += 1
        sold[trade.seller] += 1
        found.append((float(values[place]), float(cost)))
    return found


def units(
    rules: Rules, sheets: Sequence[Sheet], w: Book | None = None, counts: Mapping[int, int] | None = None
) -> Units:
    """The units of a market as it was dealt; with its book, those that are left, by the sheets that hold now.

    counts: how many of the next units of each seat to look at, 0 where a seat is left out; without it, all of them.
    """
    seats, now = range(len(rules.names)), len(w.trades) if w is not None else 0
    left = w.left if w is not None else (rules.units,) * len(seats)
    count = dict(zip(seats, left, strict=True)) if counts is None else {seat: counts.get(seat, 0) for seat in seats}

    def coming(seat: int) -> tuple[int, ...]:
        worth, done = sheet_of(sheets, seat, now).worth, rules.units - left[seat]
        if rules.goods == "different" and seat in rules.buyers:
            return worth if count[seat] else ()
        return worth[done : done + count[seat]]

    wanted, offered = {b: coming(b) for b in rules.buyers}, {s: coming(s) for s in rules.sellers}
    return units_of(wanted, offered, rules.goods == "alike")
