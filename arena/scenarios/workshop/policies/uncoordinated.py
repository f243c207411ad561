"""Uncoordinated: takes up the best task that it can, the one on which most hangs, whatever the others say."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.scenarios.workshop.policies.acting import going_on, take_first, worker
from arena.scenarios.workshop.policies.situation import Situation
from arena.solutions.shopfloor import Act

WORDS = ("There is enough to do; I am at {task}.", "I do what matters most: {task}.")


def chosen(now: Situation, draw: Draw) -> Act:
    return going_on(now) or take_first(now.free)


policy = worker(chosen, WORDS)
