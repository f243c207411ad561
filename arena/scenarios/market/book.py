"""How a market unfolds: the order book after each event. This is the hot path of a match, and of its floors."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from arena.core.events import Disclosed, Moved, PhaseOpened
from arena.core.protocol import Played
from arena.scenarios.market.terms import (
    Book,
    Goal,
    Offer,
    PostAsk,
    PostBid,
    Rules,
    Sheet,
    Shift,
    Take,
    Told,
    Trade,
    Withdraw,
)

BLANK = Book()
ANY = -1  # stands for the seller in `firsts` where all units are alike


def evolve(w: Book, e: Played) -> Book:
    """The book after an event. Total on any subset of a match's events: what does not fit changes nothing.

    So to take an offer that a move ruled before it in the same wave has taken or replaced, lapses.
    """
    match e:
        case Moved(seat=seat, move=move):
            return _moved(w, w.rules, seat, move) if w.rules is not None and w.left[seat] and not w.closed else w
        case PhaseOpened(round=now):
            return replace(w, round=now)
        case Disclosed(fact=fact, by=None):
            return _told(w, fact)
        case Disclosed(fact=fact, by=int(seat)):
            return replace(w, claims=(*w.claims, Told(seat, fact)))
    return w


def _told(w: Book, fact: Any) -> Book:
    match fact:
        case Rules():
            return replace(w, rules=fact, left=(fact.units,) * len(fact.names))
        case (Sheet() as sheet) | Shift(sheet=sheet):
            return replace(w, sheets=(*w.sheets, sheet))
        case Goal():
            return replace(w, goals=(*w.goals, fact))
    return w


def _moved(w: Book, rules: Rules, seat: int, move: Any) -> Book:
    buying = seat in rules.buyers
    match move:
        case PostAsk(price=price) if not buying:
            return _offered(w, rules, Offer(w.offered + 1, seat, price))
        case PostBid(price=price) if buying and rules.goods == "alike":
            return _offered(w, rules, Offer(w.offered + 1, seat, price))
        case PostBid(price=price, seller=name) if buying and name in rules.names:
            seller = rules.names.index(name)
            return _offered(w, rules, Offer(w.offered + 1, seat, price, seller)) if w.left[seller] else w
        case Take(offer=number):
            return _taken(w, rules, seat, number, buying)
        case Withdraw():
            return replace(w, asks=_without(w.asks, seat), bids=_without(w.bids, seat))
    return w


def _offered(w: Book, rules: Rules, offer: Offer) -> Book:
    """The newer offer of a seat replaces the older; to make the same again changes nothing."""
    bid = offer.by in rules.buyers
    for old in w.bids if bid else w.asks:
        if old.by == offer.by and old.price == offer.price and old.seller == offer.seller:
            return w
    good = ANY if rules.goods == "alike" else offer.seller if offer.seller is not None else offer.by
    firsts = w.firsts if any([each == good for each, _ in w.firsts]) else (*w.firsts, (good, offer))
    if bid:
        return replace(w, bids=(*_without(w.bids, offer.by), offer), offered=offer.number, firsts=firsts)
    return replace(w, asks=(*_without(w.asks, offer.by), offer), offered=offer.number, firsts=firsts)


def _taken(w: Book, rules: Rules, seat: int, number: int, buying: bool) -> Book:
    offer = next((each for each in (w.asks if buying else w.bids) if each.number == number), None)
    if offer is None or offer.seller not in (None, seat):
        return w
    buyer, seller = (seat, offer.by) if buying else (offer.by, seat)
    left = tuple([n - 1 if each in (buyer, seller) else n for each, n in enumerate(w.left)])
    done = tuple([each for each, n in enumerate(left) if not n])
    return replace(
        w,
        asks=_standing(w.asks, (buyer, seller), done),
        bids=_standing(w.bids, (buyer, seller), done),
        trades=(*w.trades, Trade(buyer, seller, offer.price, number, w.round)),
        left=left,
        done=done,
        closed=not any([left[each] for each in rules.buyers]) or not any([left[each] for each in rules.sellers]),
    )


def _standing(offers: tuple[Offer, ...], traded: tuple[int, int], done: tuple[int, ...]) -> tuple[Offer, ...]:
    """What still stands: nothing by the two who traded, since it was for the same unit, nor for one who is done."""
    return tuple([o for o in offers if o.by not in traded and o.seller not in done])


def _without(offers: tuple[Offer, ...], seat: int) -> tuple[Offer, ...]:
    return tuple([each for each in offers if each.by != seat])
