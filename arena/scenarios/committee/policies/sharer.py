"""Sharer: tells all its own facts, and votes for what is best by all it has heard; ties by lot."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.scenarios.committee.policies.acting import member
from arena.scenarios.committee.policies.situation import Situation
from arena.solutions.pooling import favourites

WORDS = (
    "With what I have heard from you I would now take {option}.",
    "I lean towards {option}, unless somebody knows more.",
)
PLAIN = (
    "This is what I was told; make of it what you can.",
    "I do not know which of these you know already, so I tell them all.",
)


def chosen(now: Situation, draw: Draw) -> str:
    return now.rules.options[draw.of("tie").choice(favourites(now.pooled))]


policy = member(chosen, lambda now: now.own, WORDS, PLAIN)
