"""What there is to see of a market: units and what they are worth, offers and trades in their order."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from arena.core.events import Disclosed, Moved, PhaseOpened
from arena.report.plots.picture import Record
from arena.scenarios.market.terms import Book, Offer, Rules, Sheet
from arena.scenarios.market.worth import sheet_of, units, valued
from arena.solutions.trading import competitive


@dataclass(frozen=True)
class Unit:
    """A unit that a seat could trade: what it is worth to a buyer, or costs a seller; `gone`: it was traded.

    Where units differ, the `worth` of a buyer's is the most of all that it could buy.
    """

    seat: int
    worth: float
    gone: bool


@dataclass(frozen=True)
class Made:
    """An offer at its place in the order of offers and trades; `first`: for such a unit none was made before."""

    at: int
    by: int
    price: float
    ask: bool
    first: bool


@dataclass(frozen=True)
class Dealt:
    """A trade at its place in that order; `offer`: the place of the offer that was taken.

    value, cost: what the unit was worth to its buyer and cost its seller then. first: the price of the first offer that
    was made for such a unit.
    """

    at: int
    offer: int
    number: int
    round: int
    buyer: int
    seller: int
    price: float
    value: float
    cost: float
    first: float

    @property
    def loses(self) -> bool:
        """Whether somebody is worse off by it."""
        return not self.cost <= self.price <= self.value


@dataclass(frozen=True)
class Scene:
    """A market to be drawn, as it was dealt.

    wanted, falling, and offered, rising in worth. prices: of each seller's unit, as (seller, cost, low, high), the ends
    of its competitive prices, within 0 and `highest`. rounds: where each begins in the order of offers and trades,
    which is `length` long. gains: what each seat has in the end. moved: some values changed while it went on.
    """

    names: tuple[str, ...]
    buyers: tuple[int, ...]
    alike: bool
    highest: int
    wanted: tuple[Unit, ...]
    offered: tuple[Unit, ...]
    prices: tuple[tuple[int, float, float, float], ...]
    offers: tuple[Made, ...]
    trades: tuple[Dealt, ...]
    rounds: tuple[int, ...]
    length: int
    gains: tuple[float, ...]
    moved: bool

    @property
    def band(self) -> tuple[float, float]:
        """The ends of the competitive prices of units that are alike."""
        return self.prices[0][2:]

    @property
    def first(self) -> Made | None:
        """The first offer of all."""
        return self.offers[0] if self.offers else None


def scene(of: Record) -> Scene:
    """The scene of a match that was dealt."""
    w = of.table.world
    rules: Rules = w.common.rules
    sheets: Sequence[Sheet] = w.own.sheets
    offers, trades, starts, length = _order(of, sheets)
    dealt = units(rules, [sheet for sheet in sheets if not sheet.since])
    low, high = competitive(dealt)
    ends = zip(low.tolist(), high.tolist(), strict=True)
    prices = [
        (seller, cost, max(a, 0.0), min(b, float(rules.highest)))
        for seller, cost, (a, b) in zip(dealt.sellers, dealt.costs.tolist(), ends, strict=True)
    ]
    done = [sum(seat in (t.buyer, t.seller) for t in trades) for seat in range(len(rules.names))]
    return Scene(
        names=of.game.names,
        buyers=rules.buyers,
        alike=rules.goods == "alike",
        highest=rules.highest,
        wanted=tuple(sorted(_units(rules, sheets, rules.buyers, done), key=lambda u: (-u.worth, u.seat))),
        offered=tuple(sorted(_units(rules, sheets, rules.sellers, done), key=lambda u: (u.worth, u.seat))),
        prices=tuple(prices),
        offers=offers,
        trades=trades,
        rounds=starts,
        length=length,
        gains=of.outcome.utilities,
        moved=any(sheet.since for sheet in sheets),
    )


def _units(rules: Rules, sheets: Sequence[Sheet], seats: Sequence[int], done: Sequence[int]) -> Iterator[Unit]:
    for seat in seats:
        worth = sheet_of(sheets, seat, 0).worth
        if rules.goods == "different" and seat in rules.buyers:
            worth = (max(worth),)
        for i, each in enumerate(worth):
            yield Unit(seat, float(each), i < done[seat])


def _order(of: Record, sheets: Sequence[Sheet]) -> tuple[tuple[Made, ...], tuple[Dealt, ...], tuple[int, ...], int]:
    """Offers and trades in their order, where each round begins in it, and how many there are of both."""
    book: Book = of.game.scenario.blank()
    offers, taken, starts = dict[int, Made](), list[tuple[int, int]](), list[int]()
    at = 0
    for e in [a.e for line in of.lines for a in line.es if len(a.to) == len(of.game.everyone)]:
        if not isinstance(e, Moved | Disclosed | PhaseOpened):
            continue
        before, book = book, of.game.scenario.evolve(book, e)
        if isinstance(e, PhaseOpened):
            starts.append(at)
        if book.offered > before.offered:
            offer = next(o for o in (*book.asks, *book.bids) if o.number == book.offered)
            offers[offer.number] = _made(book, offer, at)
            at += 1
        if len(book.trades) > len(before.trades):
            taken.append((at, book.trades[-1].offer))
            at += 1
    worth = valued(book.rules, sheets, book.trades) if book.rules is not None else []
    trades = [
        Dealt(at=when, offer=offers[number].at, number=i + 1, round=t.round, buyer=t.buyer, seller=t.seller,
              price=float(t.price), value=value, cost=cost, first=_first(book, t.seller))
        for i, ((when, number), t, (value, cost)) in enumerate(zip(taken, book.trades, worth, strict=True))
    ]  # fmt: skip
    return tuple(offers.values()), tuple(trades), tuple(starts), at


def _made(book: Book, offer: Offer, at: int) -> Made:
    first = any(each.number == offer.number for _, each in book.firsts)
    ask = book.rules is not None and offer.by not in book.rules.buyers
    return Made(at, offer.by, float(offer.price), ask, first)


def _first(book: Book, seller: int) -> float:
    """The first price that was named for a unit of this seller, or for any where they are alike."""
    return next((float(offer.price) for good, offer in book.firsts if good in (seller, -1)), math.nan)


def pairs(scene: Scene) -> list[tuple[Unit | None, Unit | None]]:
    """The k-th most wanted unit beside the k-th cheapest one."""
    return list(zip_longest(scene.wanted, scene.offered))
