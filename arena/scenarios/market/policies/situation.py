"""How a market stands for the seat that is asked: read once from what it knows, for any policy to decide on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from arena.core.view import MoveSpec, World
from arena.errors import UsageError
from arena.scenarios.market.terms import Book, Move, Offer, PostAsk, PostBid, Rules, Sheet, Take, Withdraw

Price = Callable[[int | None], int]
"""The most that a buyer pays (to this seller, where units differ), or the least that a seller takes."""


@dataclass(frozen=True)
class Situation:
    """What a seat decides on. `legal`: the kinds of move that it may make now."""

    seat: int
    rules: Rules
    sheet: Sheet
    book: Book
    buying: bool
    legal: frozenset[str]

    @property
    def share(self) -> float:
        """How much of the time is over, the round that is being played included, in (0, 1]."""
        return min(self.book.round / self.rules.rounds, 1.0)

    @property
    def rounds_left(self) -> int:
        """Rounds to come, this one included."""
        return self.rules.rounds - self.book.round + 1

    @property
    def far(self) -> int:
        """The price that would be best for this seat: 0 for a buyer, the highest for a seller."""
        return 0 if self.buying else self.rules.highest

    @property
    def sellers(self) -> list[int]:
        """The sellers who have units left."""
        return [seller for seller in self.rules.sellers if self.book.left[seller]]

    @property
    def own(self) -> Offer | None:
        """Its own standing offer."""
        return next((each for each in (*self.book.asks, *self.book.bids) if each.by == self.seat), None)

    @property
    def open(self) -> list[Offer]:
        """The offers that it may take."""
        if "take" not in self.legal:
            return []
        return list(self.book.asks) if self.buying else [b for b in self.book.bids if b.seller in (None, self.seat)]

    def limit(self, seller: int | None = None) -> int:
        """The value or cost of its next unit; to a buyer of units that differ, of this seller's."""
        if self.rules.goods == "different" and self.buying:
            return self.sheet.worth[self.rules.sellers.index(seller)] if seller is not None else max(self.sheet.worth)
        return self.sheet.worth[min(self.rules.units - self.book.left[self.seat], self.rules.units - 1)]

    def gain(self, offer: Offer) -> int:
        """What this seat gains by taking an offer."""
        return self.limit(offer.by) - offer.price if self.buying else offer.price - self.limit()

    def favourite(self) -> int | None:
        """The seller whose unit is worth most to it, of those who have one; the first of equals. None where alike."""
        if self.rules.goods == "alike" or not self.buying:
            return None
        return max(self.sellers, key=self.limit, default=None)

    def accepts(self, offer: Offer, price: Price) -> bool:
        """Whether an offer is within its price."""
        most = price(offer.by)
        return offer.price <= most if self.buying else offer.price >= most

    def taking(self, price: Price) -> Take | None:
        """Of the offers within its price, the one with the largest gain; the oldest of equals."""
        found = max([o for o in self.open if self.accepts(o, price)], key=self.gain, default=None)
        return Take(found.number) if found is not None else None

    def offering(self, price: int, seller: int | None = None) -> Move | None:
        """An offer at a price; None where it stands already, or where none may be made."""
        if not {"ask", "bid"} & self.legal:
            return None
        price = min(max(price, 0), self.rules.highest)
        own = self.own
        if own is not None and (own.price, own.seller) == (price, seller):
            return None
        if not self.buying:
            return PostAsk(price)
        return PostBid(price, "" if seller is None else self.rules.names[seller])

    def trading(self, price: Price) -> Move | None:
        """Takes what is within its price, or else offers at it; to the seller it likes best, where units differ."""
        favourite = self.favourite()
        return self.taking(price) or self.offering(price(favourite), favourite)

    def leaving(self) -> Move | None:
        """Withdraws what still stands."""
        return Withdraw() if "withdraw" in self.legal else None


def situation(known: World[Book], seat: int, specs: Sequence[MoveSpec] = ()) -> Situation:
    """The situation that a seat's known world holds. Raises UsageError where it has not been told the rules."""
    book = known.common
    sheets = [sheet for part in (known.common, known.own) for sheet in part.sheets if sheet.seat == seat]
    if book.rules is None or not sheets:
        raise UsageError("a trader was asked before it was told the rules and its sheet; open the match first")
    legal = frozenset([spec.kind for spec in specs if spec.legal])
    return Situation(seat, book.rules, sheets[-1], book, seat in book.rules.buyers, legal)
