"""Silent: says nothing, tells nothing, puts nothing forward, and accepts what reaches its threshold.

The floor `silent` is made of it.

It goes by its own sheet and what is public: where an offer reaches its threshold it accepts, the best for itself first
and ties by lot. An offer is a message too, so a table of silent seats makes no deal, and their floor is 0.
"""

from __future__ import annotations

from typing import Final

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.situation import Situation, situation
from arena.scenarios.bargain.terms import Accept, Fact, Move
from arena.scripting.speech import call
from arena.solutions.tolerance import TOLERANCE

BID: Final = 5


def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
    now = situation(view, ask)
    if ask.kind == "bid":
        waiting = any(now.agreeable(offer) and view.seat not in offer.accepted for offer in now.theirs)
        return Body(bid=BID if waiting else 0)
    return Body(move=now.owed(_accept_best(now, draw)), call=call(view, ask, draw))


def _accept_best(now: Situation, draw: Draw) -> Accept | None:
    good = [offer for offer in now.open if now.agreeable(offer)]
    if not good:
        return None
    most = max(now.worth(offer) for offer in good)
    return Accept(draw.of("tie").choice([o.number for o in good if now.worth(o) >= most - TOLERANCE]))
