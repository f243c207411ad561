"""Planner: tells all it knows in its first turn, and votes for the option that is best by all that everyone told.

Everyone adds up the same facts; where options tie, the first in the order of the alphabet is meant.
"""

from __future__ import annotations

from arena.scenarios.committee.policies.acting import member

WORDS = (
    "By everything that we have told each other, {option} comes out ahead.",
    "I have added up what all of us know: it is {option}.",
)
PLAIN = (
    "Here is all I know. If each of us does the same, we can add it up.",
    "No one of us has seen everything. These are my facts; please tell yours.",
)

policy = member(lambda now, draw: now.first(now.pooled), lambda now: now.open, WORDS, PLAIN)
