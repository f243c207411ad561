"""Planner: tells what units are worth to it, and trades with whom the best matching says, at the competitive price.

All run the same solver on what was disclosed. While somebody has not told, it waits a round; then it takes those at
their offers, and what it is offered if the time is nearly over. Who is in no best matching does not trade, unless there
are still some who tell nothing: to those it offers at its own value or cost.
"""

from __future__ import annotations

from random import Random

from arena.core.view import MoveSpec, World
from arena.scenarios.market.policies.acting import trader
from arena.scenarios.market.policies.planning import Plan, plan
from arena.scenarios.market.policies.situation import Situation, situation
from arena.scenarios.market.terms import Book, Move, Offer, Take

LATE = 2  # rounds before the end in which any gain will do
WORDS = (
    "Let us all say what a unit is worth to us; then we can see who should trade with whom.",
    "By what has been said, {price} is the price at which the right ones trade. I keep to it.",
    "{price} clears this market. Whoever gains at that should trade, and nobody else.",
)


def choose(known: World[Book], seat: int, specs: tuple[MoveSpec, ...], rng: Random) -> Move | None:
    now = situation(known, seat, specs)
    made = plan(known, now)
    others = made.unknown & frozenset(now.rules.sellers if now.buying else now.rules.buyers)
    if made.unknown and now.book.round == 1 and now.rules.rounds > 1:
        return None
    if seat in made.partners:
        return _planned(now, made) or (now.trading(now.limit) if others and now.rounds_left <= LATE else None)
    return now.trading(now.limit) if others else now.leaving()


def _planned(now: Situation, made: Plan) -> Move | None:
    """Takes an offer of a partner that is as good as the plan's price; else offers at that."""
    price = made.price(now.seat, now.buying)
    found = [each for each in now.open if each.by in made.partners[now.seat] and _good(now, made, each, price)]
    if found:
        return Take(max(found, key=now.gain).number)
    if price is None:
        return None
    seller = min(made.partners[now.seat]) if now.buying and now.rules.goods == "different" else None
    return now.offering(price, seller)


def _good(now: Situation, made: Plan, offer: Offer, price: int | None) -> bool:
    if now.gain(offer) < 0:
        return False
    if offer.by in made.unknown or now.rounds_left <= LATE or price is None:
        return True
    return offer.price <= price if now.buying else offer.price >= price


policy = trader(choose, WORDS, lambda now: now.sheet.worth)
