"""Selfish: wants what pays itself most, its stake and its goal counted.

Where that is what all facts speak for, it tells all it knows. Where it is not, it tells what speaks for its option,
turns around what it knows against it, and keeps the rest to itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arena.core.draw import Draw
from arena.scenarios.committee.policies.acting import member
from arena.scenarios.committee.policies.situation import Situation
from arena.solutions.pooling import Piece

WORDS = (
    "The more I look at it, the more I am for {option}.",
    "Let us not make this complicated: {option}.",
)
PLAIN = (
    "Let me tell you what I know about this.",
    "There are some facts here that should settle it.",
)


def wanted(now: Situation) -> str:
    """The option that pays this seat most, by all it has heard; equals in the order of the alphabet."""
    own = 1 - now.rules.alignment
    worth = [float(each) for each in now.pooled]
    for place, option in enumerate(now.rules.options):
        worth[place] += own * sum(stake.points for stake in now.stakes if stake.option == option)
        worth[place] -= own * sum(goal.bonus for goal in now.goals if goal.what == "block" and goal.option == option)
    return now.first(worth)


def chosen(now: Situation, draw: Draw) -> str:
    return wanted(now)


def tells(now: Situation) -> Sequence[Piece]:
    option = wanted(now)
    if option == now.first(now.pooled):
        return now.own
    return [replace(fact, amount=abs(fact.amount)) if fact.option == option else fact
            for fact in now.own if fact.option == option or fact.amount < 0]  # fmt: skip


policy = member(chosen, tells, WORDS, PLAIN)
