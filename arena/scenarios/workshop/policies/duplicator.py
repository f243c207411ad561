"""Duplicator: takes up what another has in hand, and does it all again; else what another has claimed; else the best it
can."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.scenarios.workshop.policies.acting import going_on, take_first, worker
from arena.scenarios.workshop.policies.situation import Situation
from arena.solutions.shopfloor import Act, held

WORDS = ("I had better do {task} myself.", "I shall have a go at {task}, to be on the safe side.")


def chosen(now: Situation, draw: Draw) -> Act:
    on = going_on(now)
    if on is not None:
        return on
    taken, claimed = held(now.floor), {now.intents[seat] for seat in now.others if seat in now.intents}
    again = [task for task in now.open if task in taken]
    return take_first(again + [task for task in now.free if task in claimed] + now.free)


policy = worker(chosen, WORDS)
