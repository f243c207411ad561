"""Saboteur: keeps the rules and chooses what leaves the others least, while promising its part."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.scenarios.dilemma.policies.acting import player
from arena.scenarios.dilemma.policies.situation import Situation

WORDS = ("My part is {action}, and I stand by it.", "{action}, of course. We agree.")


def chosen(now: Situation, draw: Draw) -> int:
    """The action with the smallest joint sum when the others choose their part of the best profile; ties by lot."""
    joint, count = now.joint(), range(len(now.rules.actions))
    profiles = [[a if seat == now.seat else joint[seat] for seat in range(now.seats)] for a in count]
    sums = [sum(now.alike.payoffs(profile)) for profile in profiles]
    return draw.of("worst").choice([a for a in count if sums[a] == min(sums)])


policy = player(chosen, WORDS, says=lambda now, draw: now.cooperating())
