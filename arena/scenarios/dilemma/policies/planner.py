"""Planner: tells its payoffs and chooses its part of the profile that is best for all together, every round."""

from __future__ import annotations

from arena.scenarios.dilemma.policies.acting import player

WORDS = (
    "Together we have most if each keeps to its part of the best choice; mine is {action}.",
    "I choose {action}, as I would want all of us to choose if we counted together.",
    "Let us add up what everyone gets. I shall choose {action}, and stay with it.",
)

policy = player(lambda now, draw: now.cooperating(), WORDS, tells=True)
