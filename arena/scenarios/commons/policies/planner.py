"""Planner: tells what it needs and estimates, then harvests its part of the plan with the largest yield for all.

Everyone who knows the rule of regrowth runs the same solver (`solutions.harvesting.plan`) on the stock and the rounds
left; the total is shared out equally, what cannot be to the first seats, in seat order.
"""

from __future__ import annotations

from arena.scenarios.commons.policies.acting import harvester
from arena.scenarios.commons.policies.situation import Situation
from arena.solutions.harvesting import plan

WORDS = (
    "If we leave enough standing it comes back every time. My part of the best plan is {units} now, out of {stock}.",
    "I have worked out what the stock can bear over the whole time: {units} for me in this round.",
    "Let us take what the plan says and share it equally; I shall ask for {units}.",
)


def units(now: Situation) -> int:
    total = best(now)
    return total // now.seats + (now.seat < total % now.seats)


def best(now: Situation) -> int:
    """What all together should take in this round."""
    made = plan(now.table, max(now.rounds_left, 1), now.survival)
    return now.stock - int(made.keep[0, now.stock])


policy = harvester(units, lambda now: -(-best(now) // now.seats), WORDS, tells=True)
