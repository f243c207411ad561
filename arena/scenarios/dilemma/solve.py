"""What a dilemma is measured against: the best joint choice in every round, and chance."""

from __future__ import annotations

from arena.core.task import Estimate, Reference
from arena.core.view import World
from arena.scenarios.dilemma.outcome import dealt
from arena.scenarios.dilemma.stage import best, mean
from arena.scenarios.dilemma.terms import Ring


def solve(w: World[Ring]) -> Reference:
    """V*, V_hind and the floor `random` of a dilemma from where it stands, what has been paid so far included.

    best: the largest joint sum of a round, by enumeration, times the rounds that this match has; nobody needs to
    foresee how many, so hind is the same. random: the mean joint sum over all profiles, exact. The headline floor is
    `silent`, fictitious play from a uniform prior, which is simulated. Before anything was dealt, all is 0.
    """
    rules, fate = w.common.rules, w.own.fate
    if rules is None or fate is None:
        return Reference(0.0, 0.0, {"silent": Estimate(0.0), "random": Estimate(0.0)}, "silent", "exact")
    so_far = float(sum(paid.points for paid in w.own.paid))
    left = 0 if w.common.played and w.common.played[-1].last else fate.rounds - len(w.common.played)
    sheets = dealt(w)
    most = so_far + left * best(rules, sheets)
    chance = so_far + left * mean(rules, sheets)
    return Reference(most, most, {"random": Estimate(chance)}, "silent", "exact")
