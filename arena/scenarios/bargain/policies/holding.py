"""Holding out for a payoff: accept what reaches it, offer what just reaches it, turn down the rest."""

from __future__ import annotations

from typing import Final

import numpy as np

from arena.core.draw import Draw
from arena.scenarios.bargain.policies.own import likeness
from arena.scenarios.bargain.policies.situation import Situation
from arena.scenarios.bargain.terms import Accept, Move, Offer, Reject
from arena.solutions.space import Mask
from arena.solutions.tolerance import TOLERANCE

LEEWAY: Final = 0.1
"""How far above the payoff held out for an offer may lie, as a share of what there is to lose."""


def best(now: Situation) -> float:
    """The most that the seat can have in a deal that it agrees to; its threshold where there is none."""
    return float(now.payoffs[now.rational].max(initial=now.sheet.threshold))


def hold_out(now: Situation, target: float, draw: Draw) -> Move | None:
    """The move of a seat that holds out for `target`: accept; else offer; else turn down; None where all is said."""
    accepted = accept(now, target)
    if accepted is not None:
        return accepted
    offered = now.propose(nearest(now, target, draw))
    return offered if offered is not None else turn_down(now)


def accept(now: Situation, target: float) -> Accept | None:
    """Accept the open offer that most have accepted, and of those the best, among the ones worth `target`."""
    good = [offer for offer in now.open if now.agreeable(offer) and now.worth(offer) >= target - TOLERANCE]
    if not good:
        return None
    return Accept(max(good, key=lambda offer: (len(offer.accepted), now.worth(offer), -offer.number)).number)


def turn_down(now: Situation) -> Reject | None:
    """Reject the offer nearest to a deal, of those that the seat has not answered; None where it has answered all."""
    unanswered = [offer for offer in now.refusable if now.seat not in offer.accepted]
    if not unanswered:
        return None

    def support(offer: Offer) -> tuple[int, int]:
        return len(offer.accepted), -offer.number

    return Reject(max(unanswered, key=support).number)


def nearest(now: Situation, target: float, draw: Draw) -> int | None:
    """The deal to offer: worth `target` or a little more, and of those the likest to the others' offers; ties by lot.

    None where the seat agrees to no deal.
    """
    rational = now.rational
    enough: Mask = rational & (now.payoffs >= target - TOLERANCE)
    if not enough.any():
        return None
    leeway = LEEWAY * (best(now) - now.sheet.threshold)
    most = max(target + leeway, float(now.payoffs[enough].min()))
    band = np.flatnonzero(enough & (now.payoffs <= most + TOLERANCE))
    like = likeness(now.rules, tuple([offer.deal for offer in now.theirs]))[band]
    likest: list[int] = band[like >= like.max() - TOLERANCE].tolist()
    return draw.of("deal").choice(likest)
