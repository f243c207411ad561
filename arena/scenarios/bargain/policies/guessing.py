"""A planner's way with seats that tell nothing: the best for those who have told, drawn towards what the others offer.

At first the deal of the largest total gain among the told counts alone; as time runs, likeness to the offers of the
rest weighs more, and less of the gain is held out for. A deal that has been turned down is not put forward again while
there is another.
"""

from __future__ import annotations

import numpy as np

from arena.core.view import View
from arena.scenarios.bargain.policies.aspiration import CONCEDER, aspiration
from arena.scenarios.bargain.policies.history import proposals
from arena.scenarios.bargain.policies.holding import turn_down
from arena.scenarios.bargain.policies.joint import total_gain
from arena.scenarios.bargain.policies.own import likeness, place
from arena.scenarios.bargain.policies.pooling import Pool, turned_down
from arena.scenarios.bargain.policies.situation import HORIZON
from arena.scenarios.bargain.terms import Accept, Move
from arena.scripting.speech import heard
from arena.solutions.space import Floats, Indices
from arena.solutions.tolerance import TOLERANCE


def expecting(view: View, pool: Pool) -> bool:
    """Whether to wait for those who have told nothing.

    In the first round, and up to half of the time for a seat that had no chance to be heard.
    """
    now = pool.now
    if now.last:
        return False
    if now.round <= 1:
        return True
    if now.round > min(now.rules.seats + 1, (now.rules.rounds or HORIZON) // 2):
        return False
    known = heard(view)
    return any(seat not in known for seat in pool.missing)


def guess(view: View, pool: Pool) -> tuple[Move | None, str]:
    """The move, and the kind of sentence where it is not the move's own."""
    now = pool.now
    candidates = np.flatnonzero(pool.passing & now.rational)
    if not len(candidates):
        return turn_down(now), ""
    gain = _share(total_gain(now.rules, pool.sheets)[candidates])
    worth = dict(zip(candidates.tolist(), gain.tolist(), strict=True))
    held = 0.0 if now.last else aspiration(1.0, 0.0, now.progress, CONCEDER)
    open_now = {o.number: worth.get(place(now.rules, o.deal), -np.inf) for o in now.open}
    if open_now and max(open_now.values()) >= held - TOLERANCE:
        return Accept(max(open_now, key=lambda number: (open_now[number], -number))), "take"
    offered = now.propose(_likeliest(view, pool, candidates, gain))
    return (offered, "guess") if offered is not None else (turn_down(now), "")


def _likeliest(view: View, pool: Pool, candidates: Indices, gain: Floats) -> int:
    """The deal to put forward, ties lexicographic."""
    now = pool.now
    made = proposals(view)
    liked = np.zeros(len(candidates))
    for seat in pool.missing:
        liked += likeness(now.rules, tuple(made.get(seat, ())))[candidates] / len(pool.missing)
    score = (1.0 - now.progress) * gain + now.progress * liked
    out = turned_down(view, now)
    fresh = np.array([index not in out for index in candidates.tolist()])
    return int(candidates[np.argmax(np.where(fresh, score, -np.inf) if fresh.any() else score)])


def _share(gain: Floats) -> Floats:
    """Gains as shares of the largest; all 1 where there is none to be had."""
    share: Floats = gain / gain.max() if gain.max() > TOLERANCE else np.ones(len(gain))
    return share
