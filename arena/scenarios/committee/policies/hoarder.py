"""Hoarder: tells no fact, and votes for what is best by its own."""

from __future__ import annotations

from arena.scenarios.committee.policies.acting import member

WORDS = (
    "From where I stand it is {option}, and I have looked closely.",
    "I have made up my mind: {option}.",
    "{option}. I would rather not go into the details.",
)

policy = member(lambda now, draw: now.first(now.view), lambda now: (), WORDS, WORDS)
