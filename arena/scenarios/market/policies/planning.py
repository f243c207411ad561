"""The plan that all who were told the same work out: who trades with whom, and at which price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from arena.core.view import World
from arena.scenarios.market.policies.situation import Situation
from arena.scenarios.market.terms import Book, Offer, Rules, Worth
from arena.solutions.trading import Units, competitive, matching, units_of

Row = tuple[int, tuple[int, ...]]


@dataclass(frozen=True)
class Plan:
    """Whom each seat that should still trade may trade with; the prices of all sellers; who has not said its worth."""

    partners: dict[int, frozenset[int]]
    prices: dict[int, int]
    unknown: frozenset[int]

    def price(self, seat: int, buying: bool) -> int | None:
        """The price that the plan has for a seat; None where it does not know one."""
        partners = self.partners.get(seat, frozenset())
        sellers = sorted(partners) if buying else [seat]
        return next((self.prices[each] for each in sellers if each in self.prices), None)


def plan(known: World[Book], now: Situation) -> Plan:
    """The plan by what a seat was told, and by its own sheet.

    Who has told nothing is taken at the price of its standing offer, and left out where it has none. Prices are the
    middle of the competitive ones, rounded down, of the market as it was before the first trade, so that all trade at
    the same however many have traded already.
    """
    rules, book = now.rules, now.book
    told = {each.seat: each.fact.points for part in (known.common, known.own) for each in part.claims
            if isinstance(each.fact, Worth)}  # fmt: skip
    told[now.seat] = now.sheet.worth
    offers = {each.by: each for each in (*book.asks, *book.bids)}
    alike = rules.goods == "alike"
    whole = _rows(rules, lambda seat: told.get(seat, ()))
    rest = _rows(rules, lambda seat: _left(rules, book.left[seat], seat, told.get(seat), offers.get(seat)))
    unknown = frozenset(seat for seat, n in enumerate(book.left) if n and seat not in told)
    return Plan(_partners(*rest, alike), _prices(*whole, alike), unknown)


def _left(rules: Rules, left: int, seat: int, told: tuple[int, ...] | None, offer: Offer | None) -> tuple[int, ...]:
    """What the units that a seat may still trade are worth to it, by what it told or by its standing offer."""
    if not left or (told is None and offer is None):
        return ()
    if told is not None:
        return told if rules.goods == "different" and seat in rules.buyers else told[rules.units - left :]
    assert offer is not None, "without either, it is left out"
    if offer.seller is None:
        return (offer.price,)
    return tuple([offer.price if each == offer.seller else 0 for each in rules.sellers])


def _rows(rules: Rules, worth: Callable[[int], tuple[int, ...]]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    return tuple([(b, worth(b)) for b in rules.buyers]), tuple([(s, worth(s)) for s in rules.sellers])


@lru_cache(maxsize=256)
def _partners(wanted: tuple[Row, ...], offered: tuple[Row, ...], alike: bool) -> dict[int, frozenset[int]]:
    """The seats of the other side that each seat trades with; where units are alike, any of those that trade."""
    units = _units(wanted, offered, alike)
    pairs = [(units.buyers[row], units.sellers[col]) for row, col in matching(units)]
    buyers, sellers = frozenset(b for b, _ in pairs), frozenset(s for _, s in pairs)
    if alike:
        return dict.fromkeys(buyers, sellers) | dict.fromkeys(sellers, buyers)
    return {b: frozenset({s}) for b, s in pairs} | {s: frozenset({b}) for b, s in pairs}


@lru_cache(maxsize=256)
def _prices(wanted: tuple[Row, ...], offered: tuple[Row, ...], alike: bool) -> dict[int, int]:
    units = _units(wanted, offered, alike)
    if not matching(units):
        return {}
    low, high = competitive(units)
    return {seller: int((low[col] + high[col]) // 2) for col, seller in enumerate(units.sellers)}


def _units(wanted: tuple[Row, ...], offered: tuple[Row, ...], alike: bool) -> Units:
    return units_of(dict(wanted), dict(offered), alike)
