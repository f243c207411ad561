"""A planner's way where all sheets are told: one deal, worked out by everyone alike, proposed once and accepted."""

from __future__ import annotations

from arena.core.view import View
from arena.scenarios.bargain.policies.history import told_since_own_turn, told_this_phase
from arena.scenarios.bargain.policies.holding import accept, turn_down
from arena.scenarios.bargain.policies.own import deal, utilities
from arena.scenarios.bargain.policies.pooling import Pool, turned_down
from arena.scenarios.bargain.terms import Accept, Move, Offer, Reject, WalkAway
from arena.solutions.tolerance import TOLERANCE


def solution(view: View, pool: Pool) -> int | None:
    """The deal that is best for all, of those that are not turned down (of all, where all are); None without one."""
    ranked = pool.ranking
    if not len(ranked):
        return None
    out = turned_down(view, pool.now)
    return next((int(index) for index in ranked if int(index) not in out), int(ranked[0]))


def proposer(pool: Pool, best: int) -> int | None:
    """The lowest-numbered seat present that agrees to that deal, as told."""
    rules = pool.now.rules
    willing = [s.seat for s in pool.sheets if utilities(rules, s)[best] >= s.threshold - TOLERANCE]
    return next((seat for seat in willing if seat not in pool.now.away), None)


def standing(pool: Pool, best: int) -> Offer | None:
    """The offer of that deal, if it stands."""
    chosen = deal(pool.now.rules, best)
    return next((offer for offer in pool.now.offers if offer.deal == chosen), None)


def agree(view: View, pool: Pool) -> tuple[Move | None, str]:
    """The move, and the kind of sentence where it is not the move's own."""
    now = pool.now
    best = solution(view, pool)
    if best is None:
        return _without(view, pool)
    move = _towards(view, pool, best)
    if move is not None:
        return move, ""
    if now.last:
        offer = pool.best_open()
        return (Accept(offer.number), "take") if offer is not None else (None, "")
    return _turn_down_others(pool, best), ""


def _towards(view: View, pool: Pool, best: int) -> Move | None:
    """Accept or propose the solution, or say no to it where the seat's own points, unrounded, do not allow it."""
    now = pool.now
    offer = standing(pool, best)
    agreeable = now.utilities[best] >= now.sheet.threshold - TOLERANCE
    if offer is not None and offer in now.open:
        if agreeable:
            return Accept(offer.number)
        return Reject(offer.number) if offer in now.refusable and now.rules.quorum == now.rules.seats else None
    if not agreeable or (offer is not None and now.seat in offer.accepted):
        return None
    # Where it stands but only offers are allowed now, proposing it again counts as accepting it.
    if offer is not None or now.must or now.last or now.seat == proposer(pool, best) or not told_this_phase(view):
        return now.propose(best)
    return None


def _turn_down_others(pool: Pool, best: int) -> Move | None:
    """Reject another deal that stands, once; the solution itself is left alone."""
    move = turn_down(pool.now)
    offer = standing(pool, best)
    return None if offer is not None and move == Reject(offer.number) else move


def _without(view: View, pool: Pool) -> tuple[Move | None, str]:
    """Where no deal would pass: take one that others offer all the same; else say so, and leave when half the time is
    over."""
    now = pool.now
    taken = accept(now, now.sheet.threshold)
    if taken is not None:
        return taken, "take"
    if now.may_leave and now.progress >= 0.5 and not told_this_phase(view):
        return WalkAway(), ""
    return None, "none" if told_since_own_turn(view) else ""
