"""Follower: tells no fact, and votes for what most others have said they will vote for; else for its own favourite."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.scenarios.committee.policies.acting import member
from arena.scenarios.committee.policies.situation import Situation

WORDS = (
    "I am with {option}, as far as I can see where this is going.",
    "If that is what we want, {option} is fine with me.",
)


def chosen(now: Situation, draw: Draw) -> str:
    """The intention most heard; ties by its own view."""
    said = list(now.intentions.values())
    count = [said.count(option) for option in now.rules.options]
    return now.first([place if times == max(count) else min(now.view) - 1
                      for place, times in zip(now.view, count, strict=True)])  # fmt: skip


policy = member(chosen, lambda now: (), WORDS, WORDS)
