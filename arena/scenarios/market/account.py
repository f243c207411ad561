"""The account of a market that its measures are computed from."""

from __future__ import annotations

from collections.abc import Sequence

from arena.accounts.trades import Exchange, Trades
from arena.core.view import World
from arena.scenarios.market.book import ANY
from arena.scenarios.market.terms import Book, Rules, Sheet, Trade
from arena.scenarios.market.worth import valued


def accounts(w: World[Book]) -> tuple[Trades, ...]:
    """What was traded, on what market; nothing before anything was dealt."""
    book, rules, sheets = w.common, w.common.rules, w.own.sheets
    if rules is None or not sheets:
        return ()
    made = tuple(
        Exchange(t.buyer, t.seller, float(t.price), value, cost, _first(book, rules, t))
        for t, (value, cost) in zip(book.trades, valued(rules, sheets, book.trades), strict=True)
    )
    wanted, offered = _dealt(sheets, rules.buyers), _dealt(sheets, rules.sellers)
    return (Trades(len(rules.names), wanted, offered, rules.goods == "alike", made),)


def _dealt(sheets: Sequence[Sheet], seats: Sequence[int]) -> tuple[tuple[int, tuple[float, ...]], ...]:
    first = {sheet.seat: sheet for sheet in reversed(sheets)}  # a shock before the first trade has left a later one
    return tuple((seat, tuple(map(float, first[seat].worth))) for seat in seats)


def _first(book: Book, rules: Rules, trade: Trade) -> float | None:
    good = ANY if rules.goods == "alike" else trade.seller
    offer = next(each for of, each in book.firsts if of == good)
    return None if offer.number == trade.offer else float(offer.price)
