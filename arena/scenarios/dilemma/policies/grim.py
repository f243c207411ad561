"""Grim: cooperates until anyone has not, and then never again."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.scenarios.dilemma.policies.acting import player
from arena.scenarios.dilemma.policies.situation import Situation

WORDS = ("I choose {action}. Whoever breaks this once breaks it for good.", "{action}; and I do not forget.")


def chosen(now: Situation, draw: Draw) -> int:
    joint = now.joint()
    kept = all(profile[other] == joint[other] for profile in now.played for other in now.others)
    return now.cooperating() if kept else now.defecting()


policy = player(chosen, WORDS)
