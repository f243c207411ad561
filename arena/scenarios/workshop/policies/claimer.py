"""Claimer: announces the task that it will take up, the one on which most hangs, and leaves alone what others claim.

Where two have claimed the same one without hearing each other, it is the first seat's.
"""

from __future__ import annotations

from collections.abc import Sequence

from arena.core.draw import Draw
from arena.core.view import View
from arena.scenarios.workshop.policies.acting import going_on, intention, take_first, worker
from arena.scenarios.workshop.policies.situation import Situation
from arena.scenarios.workshop.terms import Fact
from arena.solutions.shopfloor import Act

WORDS = ("{task} is mine; leave it to me.", "I claim {task}.", "I see to {task}. Who takes the rest?")


def chosen(now: Situation, draw: Draw) -> Act:
    """Its claim of before if that still stands, else the first task that nobody with empty hands has claimed."""
    on = going_on(now)
    if on is not None:
        return on
    waiting = {seat: task for seat, task in now.intents.items() if now.floor.hands[seat] is None}
    claimed = {task for seat, task in waiting.items() if seat < now.seat}
    if waiting.get(now.seat) in [task for task in now.free if task not in claimed]:
        return Act("take", waiting[now.seat])
    return take_first([task for task in now.free if task not in waiting.values()])


def tells(now: Situation, view: View) -> Sequence[Fact]:
    return intention(now, chosen(now, Draw(b"")))


policy = worker(chosen, WORDS, tells)
