"""Win-stay, lose-shift: keeps an action that paid at least what all cooperating would, and changes one that did not."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.scenarios.dilemma.policies.acting import player
from arena.scenarios.dilemma.policies.situation import Situation

WORDS = ("What works I keep, what does not I change: {action}.", "{action}, by what the last round has taught me.")


def chosen(now: Situation, draw: Draw) -> int:
    """Nowak and Sigmund (1993); the change is between cooperating and defecting."""
    if not now.played:
        return now.cooperating()
    last = now.played[-1]
    won = now.alike.payoff(now.seat, last) >= now.alike.payoff(now.seat, now.joint())
    if won:
        return last[now.seat]
    return now.defecting() if last[now.seat] == now.cooperating() else now.cooperating()


policy = player(chosen, WORDS)
