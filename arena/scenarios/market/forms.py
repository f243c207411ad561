"""What may be moved and claimed in a market, as data, and why something may not."""

from __future__ import annotations

from functools import lru_cache

from arena.core.protocol import Refusal
from arena.core.view import Choice, MoveSpec, Record, Whole, World
from arena.scenarios.market.terms import Book, Move, Offer, PostAsk, PostBid, Rules, Take, Withdraw

NOTHING: tuple[MoveSpec, ...] = ()


def moves(known: World[Book], seat: int) -> tuple[MoveSpec, ...]:
    """Every kind of move that a seat's side has, with what is legal now; nothing before the rules are known."""
    w, rules = known.common, known.common.rules
    if rules is None:
        return NOTHING
    open_ = bool(w.left[seat]) and not w.closed
    buying = seat in rules.buyers
    offers = takeable(w, seat, buying) if open_ else []
    own = open_ and any([each.by == seat for each in (w.bids if buying else w.asks)])
    return (_offer(rules, w.left, buying, open_), _take(tuple([o.number for o in offers])), _withdraw(own))


def takeable(w: Book, seat: int, buying: bool) -> list[Offer]:
    """The standing offers that a seat may take: asks, or bids for its own unit or for anyone's."""
    return list(w.asks) if buying else [bid for bid in w.bids if bid.seller is None or bid.seller == seat]


def _offer(rules: Rules, left: tuple[int, ...], buying: bool, legal: bool) -> MoveSpec:
    if not buying or rules.goods == "alike":
        return _priced("bid" if buying else "ask", rules.highest, legal)
    sellers = tuple([rules.names[s] for s in rules.sellers if left[s]]) if legal else ()
    return MoveSpec("bid", "offer", (Choice("seller", sellers, True), Whole("price", 0, rules.highest)), legal)


# These three are asked for every turn, and differ in little.


@lru_cache(maxsize=64)
def _priced(kind: str, highest: int, legal: bool) -> MoveSpec:
    return MoveSpec(kind, "offer", (Whole("price", 0, highest),), legal)


@lru_cache(maxsize=1024)
def _take(numbers: tuple[int, ...]) -> MoveSpec:
    return MoveSpec("take", "answer", (Choice("offer", numbers, True),), bool(numbers))


@lru_cache(maxsize=2)
def _withdraw(legal: bool) -> MoveSpec:
    return MoveSpec("withdraw", "exit", (), legal)


def claims(known: World[Book], seat: int) -> tuple[MoveSpec, ...]:
    """Every kind of typed disclosure that a seat's side has."""
    rules = known.common.rules
    if rules is None:
        return NOTHING
    buying = seat in rules.buyers
    others = rules.sellers if buying else rules.buyers
    if rules.goods == "different" and buying:
        parts = tuple(rules.names[seller] for seller in rules.sellers)
    elif rules.units > 1:
        parts = tuple(f"unit {k}" for k in range(1, rules.units + 1))
    else:
        parts = ("value" if buying else "cost",)
    worth = Record("points", tuple(Whole(part, 0, rules.highest) for part in parts))
    partner = Choice("partner", tuple(rules.names[other] for other in others))
    return (
        MoveSpec("worth", "claim", (worth,)),
        MoveSpec("intends", "claim", (partner, Whole("price", 0, rules.highest))),
    )


def refuse(known: World[Book], seat: int, move: Move) -> Refusal | None:
    """Why a move of the right form is not legal, None where it is.

    Codes: `closed`, `done`, `wrong_side`, `sold_out`, `no_such_offer`, `gone`, `own_side`, `not_for_you`,
    `nothing_to_withdraw`.
    """
    w, rules = known.common, known.common.rules
    if rules is None:
        return None
    if w.closed:
        return Refusal("closed", "One side has nothing left to trade; the market is closed.")
    if not w.left[seat]:
        return Refusal("done", "You have traded all you may.")
    buying = seat in rules.buyers
    match move:
        case PostAsk() if buying:
            return Refusal("wrong_side", "You buy here: make bids, or take asks.")
        case PostBid() if not buying:
            return Refusal("wrong_side", "You sell here: make asks, or take bids.")
        case PostBid(seller=name) if rules.goods == "different":
            return _refuse_seller(w, rules, name)
        case Take(offer=number):
            return _refuse_take(w, rules, seat, number, buying)
        case Withdraw() if not any(each.by == seat for each in (*w.asks, *w.bids)):
            return Refusal("nothing_to_withdraw", "No offer of yours stands.")
    return None


def _refuse_seller(w: Book, rules: Rules, name: str) -> Refusal | None:
    left = [rules.names[seller] for seller in rules.sellers if w.left[seller]]
    if name in left:
        return None
    return Refusal("sold_out", f"{name or 'Nobody'} has nothing for sale; a bid names one of: {', '.join(left)}.")


def _refuse_take(w: Book, rules: Rules, seat: int, number: int, buying: bool) -> Refusal | None:
    offers = takeable(w, seat, buying)
    if any(each.number == number for each in offers):
        return None
    open_ = ", ".join(str(each.number) for each in offers) or "none"
    found = next((each for each in (*w.asks, *w.bids) if each.number == number), None)
    if found is None and 1 <= number <= w.offered:
        return Refusal("gone", f"Offer {number} no longer stands. You can take: {open_}.")
    if found is None:
        return Refusal("no_such_offer", f"There is no offer {number}. You can take: {open_}.")
    if (found.by in rules.buyers) == buying:
        return Refusal("own_side", f"Offer {number} is of your own side. You can take: {open_}.")
    return Refusal("not_for_you", f"Offer {number} is for another seller's unit. You can take: {open_}.")
