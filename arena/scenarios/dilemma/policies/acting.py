"""From the action that a policy would choose to its whole reply: a sentence, what it discloses, the choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from arena.core.draw import Draw
from arena.core.events import Body, Claim
from arena.core.view import Ask, View
from arena.scenarios.dilemma.policies.situation import Situation, situation
from arena.scenarios.dilemma.terms import Act, Fact, Intends, Move, Payoffs
from arena.scripting.policies import Policy
from arena.scripting.speech import audience, call, fitting

Chosen = Callable[[Situation, Draw], int]
BID: Final = 5


def player(chosen: Chosen, words: Sequence[str], tells: bool = False, says: Chosen | None = None) -> Policy:
    """The policy that chooses so, and says so.

    words: ways to say it, of which one is drawn; `{action}` stands in for what it says that it will choose: `says`, or
    what it does choose. tells: whether it discloses its payoffs (once) and what it will choose (every round).
    """

    def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
        if ask.kind == "bid":
            return Body(bid=BID if ask.left.messages != 0 else 0)
        now = situation(view.known, view.seat)
        if ask.moves:
            return Body(move=Act(now.rules.actions[chosen(now, draw)]), call=call(view, ask, draw))
        action = now.rules.actions[(says or chosen)(now, draw)]
        to = audience(view, ask)
        claims = tuple(Claim(to, fact) for fact in _disclosed(view, ask, now, action)) if tells and to else ()
        texts = [text.format(action=action) for text in words]
        messages = fitting(ask, to, draw.of("words").sample(texts, len(texts)))
        return Body(messages=messages, claims=claims, call=call(view, ask, draw))

    return policy


def _disclosed(view: View, ask: Ask, now: Situation, action: str) -> list[Fact]:
    """Its own payoffs until it has told them, its intention every time."""
    kinds = {spec.kind for spec in ask.claims}
    told = {type(each.fact) for part in (view.known.common, view.known.own) for each in part.claims
            if each.seat == view.seat}  # fmt: skip
    facts: list[Fact] = []
    own = now.points[now.seat]
    if "payoffs" in kinds and Payoffs not in told and own:
        facts += [Payoffs(name, row) for name, row in zip(now.rules.actions, own, strict=True)]
    return [*facts, Intends(action)] if "intends" in kinds else facts
