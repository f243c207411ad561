"""From how many units a policy would take to its whole reply: votes, a decree, a sentence, what it discloses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from arena.core.draw import Draw
from arena.core.events import Body, Claim
from arena.core.view import Ask, View
from arena.scenarios.commons.policies.situation import PERCENT, Situation, situation
from arena.scenarios.commons.terms import Caught, Decree, Elect, Estimates, Fact, Harvest, Intends, Move, Needs, Vote
from arena.scripting.policies import Policy
from arena.scripting.speech import audience, call, fitting

Units = Callable[[Situation], int]
BID: Final = 5


def harvester(units: Units, quota: Units, words: Sequence[str], tells: bool = False) -> Policy:
    """The policy that takes so many units, votes for such a quota, and says so.

    words: ways to say it, of which one is drawn; `{units}`, `{stock}` and `{share}` stand in for numbers. tells:
    whether it discloses what it needs and estimates (once), and what it will take (every round), truthfully.
    """

    def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
        if ask.kind == "bid":
            return Body(bid=BID if ask.left.messages != 0 else 0)
        now = situation(view)
        wanted = min(max(units(now), 0), now.stock)
        to = audience(view, ask)
        claims = tuple(Claim(to, fact) for fact in disclosed(view, ask, now, wanted)) if tells and to else ()
        texts = [text.format(units=wanted, stock=now.stock, share=now.fair) for text in words]
        messages = fitting(ask, to, draw.of("words").sample(texts, len(texts))) if not ask.moves else ()
        move = moved(ask, now, wanted, min(max(quota(now), 0), now.stock), draw)
        return Body(messages=messages, claims=claims, move=move, call=call(view, ask, draw))

    return policy


def moved(ask: Ask, now: Situation, units: int, quota: int, draw: Draw) -> Move | None:
    """The move that this phase asks for; None where it asks for none. A manager is elected by lot."""
    legal = {spec.kind for spec in ask.moves}
    if "harvest" in legal:
        return Harvest(units)
    if "vote" in legal:
        return Vote(quota)
    if "decree" in legal:
        return Decree(quota)
    return Elect(draw.of("elect").choice(now.rules.names)) if "elect" in legal else None


def disclosed(view: View, ask: Ask, now: Situation, units: int) -> list[Fact]:
    """What an open seat tells: its needs and its estimate until it has told them, its intention every time."""
    kinds = {spec.kind for spec in ask.claims}
    told = {type(each.fact) for part in (view.known.common, view.known.own) for each in part.claims
            if each.seat == view.seat}  # fmt: skip
    facts: list[Fact] = []
    if "needs" in kinds and Needs not in told:
        facts.append(Needs(now.sheet.need))
    if "estimates" in kinds and Estimates not in told and now.sheet.estimate is not None:
        facts.append(Estimates(min(round(now.sheet.estimate * PERCENT), 1000)))
    if "caught" in kinds and view.known.own.catches:
        facts.append(Caught(view.known.own.catches[-1].units))
    if "intends" in kinds:
        facts.append(Intends(units))
    return facts
