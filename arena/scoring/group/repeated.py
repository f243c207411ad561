"""How seats treat each other when they meet again and again (measures, section 3)."""

from __future__ import annotations

from math import nan
from typing import Any

from arena.accounts.choices import Choices


def repeated(account: Choices) -> dict[str, Any]:
    """The set of repeated games.

    `cooperation_rate`: of a seat, and `cooperation` of all, choices that cooperate, in [0, 1]. `retaliation`: how often
    a seat defects right after somebody else did; `forgiveness`: how often it cooperates right after somebody else has
    come back to cooperating and nobody else defected. `exploited`: what the others had more than the seat in a round,
    on the average; negative where it had more. The first three are NaN in a game that declares no action to cooperate
    and to defect, and where there was no occasion (0/0).
    """
    seats = range(len(account.actions[0])) if account.actions else range(0)
    if not account.actions:
        return {}
    rates = tuple(_cooperation(account, seat) for seat in seats)
    return {
        "cooperation": sum(rates) / len(rates),
        "cooperation_rate": rates,
        "retaliation": tuple(_retaliation(account, seat) for seat in seats),
        "forgiveness": tuple(_forgiveness(account, seat) for seat in seats),
        "exploited": tuple(_exploited(account, seat) for seat in seats),
    }


def _cooperation(account: Choices, seat: int) -> float:
    if account.cooperate is None:
        return nan
    return sum(chosen[seat] == account.cooperate for chosen in account.actions) / len(account.actions)


def _retaliation(account: Choices, seat: int) -> float:
    """P(D | somebody else just played D)."""
    if account.defect is None:
        return nan
    replies = [
        after[seat] == account.defect
        for before, after in zip(account.actions, account.actions[1:], strict=False)
        if any(action == account.defect for other, action in enumerate(before) if other != seat)
    ]
    return sum(replies) / len(replies) if replies else nan


def _forgiveness(account: Choices, seat: int) -> float:
    """P(C | somebody else just returned to C, and no other played D)."""
    if account.cooperate is None:
        return nan
    replies = []
    for first, second, third in zip(account.actions, account.actions[1:], account.actions[2:], strict=False):
        others = [other for other in range(len(first)) if other != seat]
        returned = any(first[o] == account.defect and second[o] == account.cooperate for o in others)
        if returned and all(second[o] != account.defect for o in others):
            replies.append(third[seat] == account.cooperate)
    return sum(replies) / len(replies) if replies else nan


def _exploited(account: Choices, seat: int) -> float:
    """The mean over rounds of what the others had on the average, less what the seat had."""
    more = [(sum(paid) - paid[seat]) / (len(paid) - 1) - paid[seat] for paid in account.paid]
    return sum(more) / len(more)
