"""Selfish: the best reply to what the others have done so far, and a promise to cooperate."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.scenarios.dilemma.policies.acting import player
from arena.scenarios.dilemma.policies.situation import Situation

WORDS = ("You can count on {action} from me.", "I shall choose {action}; do the same and all goes well.")


def chosen(now: Situation, draw: Draw) -> int:
    worth = now.expected()
    return worth.index(max(worth))


policy = player(chosen, WORDS, says=lambda now, draw: now.cooperating())
