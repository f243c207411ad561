"""Saboteur: keeps the rules and hurts the group. It rejects whatever comes near a deal, proposes the worst, and sounds
reasonable.

The worst it can tell: by the points that others have told, else the unlikest to what they have offered; its own points
count as one seat's. It accepts nothing and does not leave, since its consent may be needed.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.disclosure import known_sheets
from arena.scenarios.bargain.policies.holding import turn_down
from arena.scenarios.bargain.policies.own import likeness, utilities
from arena.scenarios.bargain.policies.situation import Situation, situation
from arena.scenarios.bargain.policies.speech import voiced
from arena.scenarios.bargain.terms import Fact, Move
from arena.solutions.space import Floats
from arena.solutions.tolerance import TOLERANCE

BID: Final = 10


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    if ask.kind == "bid":
        return Body(bid=BID)
    now = situation(view, ask)
    move: Move | None = turn_down(now) or now.propose(_worst(view, now, draw))
    return voiced(view, ask, draw, now, "saboteur", move)


def _worst(view: View, now: Situation, draw: Draw) -> int:
    """The deal that seems worst for all seats together; ties by lot."""
    good = group_good(view, now)
    return draw.of("deal").choice(np.flatnonzero(good <= good.min() + TOLERANCE).tolist())


def group_good(view: View, now: Situation) -> Floats:
    """What each deal seems to give the seats together (deals,): each seat's share of its range, summed."""
    sheets = known_sheets(view, now.rules)
    total: Floats = np.zeros(len(now.utilities))
    for seat in range(len(view.seats)):
        if seat == now.seat:
            total += _scaled(now.utilities)
        elif seat in sheets:
            total += _scaled(utilities(now.rules, sheets[seat]))
        else:
            total += likeness(now.rules, tuple([offer.deal for offer in now.theirs if offer.by == seat]))
    return total


def _scaled(worth: Floats) -> Floats:
    low, high = worth.min(), worth.max()
    scaled: Floats = (worth - low) / (high - low) if high > low else np.zeros(len(worth))
    return scaled
