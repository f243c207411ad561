"""Tit-for-tat: cooperates at first; then does to the others what most of them did in the last round."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.scenarios.dilemma.policies.acting import player
from arena.scenarios.dilemma.policies.situation import Situation

WORDS = ("I do as I am done by; this time that is {action}.", "{action}: what I got is what I give.")


def chosen(now: Situation, draw: Draw) -> int:
    return now.cooperating() if not now.played or kind(now, now.played[-1]) else now.defecting()


def kind(now: Situation, profile: tuple[int, ...]) -> bool:
    """Whether at least half of the others kept to their part of the best joint profile."""
    joint = now.joint()
    kept = sum(profile[other] == joint[other] for other in now.others)
    return 2 * kept >= len(now.others)


policy = player(chosen, WORDS)
