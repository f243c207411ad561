"""Saboteur: keeps the rules, turns every fact it has around, and votes for the worst option it knows of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from arena.core.draw import Draw
from arena.scenarios.committee.policies.acting import member
from arena.scenarios.committee.policies.situation import Situation
from arena.solutions.pooling import Piece

WORDS = (
    "Everything points to {option}; I am glad that we agree.",
    "I am for {option}, with all my heart.",
)
PLAIN = (
    "Of course I tell you all I know; here it is.",
    "I keep nothing back: these are my facts.",
)


def chosen(now: Situation, draw: Draw) -> str:
    return now.first([-each for each in now.pooled])


def tells(now: Situation) -> Sequence[Piece]:
    return [replace(fact, amount=-fact.amount) for fact in now.own]


policy = member(chosen, tells, WORDS, PLAIN)
