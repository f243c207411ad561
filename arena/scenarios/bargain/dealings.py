"""How a bargain unfolds: the world after each event. This is the hot path of a match."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from arena.core.events import Disclosed, Moved, PhaseOpened, Said
from arena.core.protocol import Played
from arena.scenarios.bargain.acceptance import passes
from arena.scenarios.bargain.forms import forms
from arena.scenarios.bargain.terms import (
    Accept,
    Agreement,
    Dealings,
    Goal,
    Intends,
    Judged,
    Offer,
    Points,
    Propose,
    Reject,
    Reserve,
    Rules,
    Sheet,
    Synergy,
    Truth,
    WalkAway,
)

BLANK = Dealings()


def evolve(w: Dealings, e: Played) -> Dealings:
    """The world after an event. Total on any subset of a match's events: what does not fit the world changes nothing.

    So an answer to an offer that was never seen, or that a move ruled before it in the same wave has replaced, lapses;
    and so does whatever comes after a deal or from a seat that has left.
    """
    return EVENTS[type(e)](w, e)


def _phase(w: Dealings, e: PhaseOpened) -> Dealings:
    return replace(w, round=e.round)


def _said(w: Dealings, e: Said) -> Dealings:
    sent, seat = w.sent, e.seat
    if seat >= len(sent):
        sent += (0,) * (seat + 1 - len(sent))
    return replace(w, sent=(*sent[:seat], sent[seat] + 1, *sent[seat + 1 :]))


def _moved(w: Dealings, e: Moved[Any]) -> Dealings:
    if w.agreement is not None or e.seat in w.away:
        return w
    return MOVES[type(e.move)](w, e.seat, e.move)


def _disclosed(w: Dealings, e: Disclosed[Any]) -> Dealings:
    if e.by is not None:
        return replace(w, claims=(*w.claims, (e.by, e.fact)))
    return FACTS[type(e.fact)](w, e.fact)


def _rules(w: Dealings, fact: Rules) -> Dealings:
    return replace(w, rules=fact, forms=forms(fact))


def _sheet(w: Dealings, fact: Sheet) -> Dealings:
    return replace(w, sheets=(*w.sheets, fact))


def _goal(w: Dealings, fact: Goal) -> Dealings:
    return replace(w, goals=(*w.goals, fact))


def _truth(w: Dealings, fact: Truth) -> Dealings:
    return replace(w, truth=fact.sheets)


def _judged(w: Dealings, fact: Judged) -> Dealings:
    _, offer = _find(w, fact.offer)
    if not fact.stands or offer is None:
        return w
    return replace(w, agreement=Agreement(offer, max(w.round - 1, 0)))


def _unclaimed(w: Dealings, fact: Points | Reserve | Synergy | Intends) -> Dealings:
    return w


def _propose(w: Dealings, seat: int, move: Propose) -> Dealings:
    deal, others = move.deal, []
    same = None
    judged = w.rules is not None and w.rules.judged is not None
    for offer in w.offers:
        if offer.deal == deal:
            if offer.by == seat:
                return w
            same = None if judged else offer  # nobody accepts where offers are judged
        if offer.by != seat:
            others.append(offer)
    if same is not None:
        return _accept(replace(w, offers=tuple(others)), seat, Accept(same.number))
    number = w.proposed + 1
    return replace(w, offers=(*others, Offer(number, seat, deal, (seat,))), proposed=number)


def _accept(w: Dealings, seat: int, move: Accept) -> Dealings:
    place, offer = _find(w, move.offer)
    if offer is None or offer.by == seat or seat in offer.accepted:
        return w
    rejected = tuple([s for s in offer.rejected if s != seat]) if seat in offer.rejected else offer.rejected
    offer = Offer(offer.number, offer.by, offer.deal, (*offer.accepted, seat), rejected)
    offers = (*w.offers[:place], offer, *w.offers[place + 1 :])
    if w.rules is not None and passes(w.rules, offer.accepted):
        return replace(w, offers=offers, agreement=Agreement(offer, max(w.round - 1, 0)))
    return replace(w, offers=offers)


def _reject(w: Dealings, seat: int, move: Reject) -> Dealings:
    place, offer = _find(w, move.offer)
    if offer is None or offer.by == seat or seat in offer.rejected:
        return w
    accepted = tuple([s for s in offer.accepted if s != seat]) if seat in offer.accepted else offer.accepted
    offer = Offer(offer.number, offer.by, offer.deal, accepted, (*offer.rejected, seat))
    return replace(w, offers=(*w.offers[:place], offer, *w.offers[place + 1 :]))


def _find(w: Dealings, number: int) -> tuple[int, Offer | None]:
    for place, offer in enumerate(w.offers):
        if offer.number == number:
            return place, offer
    return -1, None


def _walk_away(w: Dealings, seat: int, move: WalkAway) -> Dealings:
    stay = tuple(
        Offer(o.number, o.by, o.deal, tuple(s for s in o.accepted if s != seat), o.rejected)
        for o in w.offers
        if o.by != seat
    )
    return replace(w, offers=stay, away=(*w.away, seat))


# Dispatch on type, since this is the hot path; a test holds the tables against the closed unions.
EVENTS: dict[type, Callable[[Dealings, Any], Dealings]] = {
    PhaseOpened: _phase,
    Said: _said,
    Moved: _moved,
    Disclosed: _disclosed,
}
MOVES: dict[type, Callable[[Dealings, int, Any], Dealings]] = {
    Propose: _propose,
    Accept: _accept,
    Reject: _reject,
    WalkAway: _walk_away,
}
FACTS: dict[type, Callable[[Dealings, Any], Dealings]] = {
    Rules: _rules,
    Sheet: _sheet,
    Goal: _goal,
    Truth: _truth,
    Judged: _judged,
    Points: _unclaimed,
    Reserve: _unclaimed,
    Synergy: _unclaimed,
    Intends: _unclaimed,
}
