"""From what a policy would tell and vote for to its whole reply: a sentence, facts, an intention, the vote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from arena.core.draw import Draw
from arena.core.events import Body, Claim, Seats
from arena.core.view import Ask, View
from arena.scenarios.committee.policies.situation import Situation, piece, situation, told
from arena.scenarios.committee.terms import Fact, Intends, Move, States, Vote
from arena.scripting.policies import Policy
from arena.scripting.speech import audience, call, fitting
from arena.solutions.pooling import Piece

Chosen = Callable[[Situation, Draw], str]
Tells = Callable[[Situation], Sequence[Piece]]
BID: Final = 5


def member(chosen: Chosen, tells: Tells, words: Sequence[str], plain: Sequence[str]) -> Policy:
    """The policy that tells these facts, each once, then says what it will vote for, and votes for it.

    words: ways to say what it will vote for, of which one is drawn; `{option}` stands in for that. plain: ways to say
    that it tells what it knows, in the turns in which it does.
    """

    def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
        if ask.kind == "bid":
            return Body(bid=BID if ask.left.messages != 0 else 0)
        now = situation(view.known, view.seat)
        option = chosen(now, draw)
        if ask.moves:
            return Body(move=Vote(option), call=call(view, ask, draw))
        to = audience(view, ask)
        news = untold(view, to, tells(now)) if to else []
        facts: list[Fact] = [States(each.number, each.option, each.amount) for each in news]
        said = [text.format(option=option) for text in (plain if news else words)]
        messages = fitting(ask, to, draw.of("words").sample(said, len(said)))
        claims = tuple(Claim(to, fact) for fact in facts or [Intends(option)]) if to else ()
        return Body(messages=messages, claims=claims, call=call(view, ask, draw))

    return policy


def untold(view: View, to: Seats, facts: Sequence[Piece]) -> list[Piece]:
    """Those of the facts that some of these seats have not heard from this one yet."""
    before = [each for each in told(view.known) if each.seat == view.seat and set(to) <= set(each.to)]
    said = {piece(each.fact) for each in before if isinstance(each.fact, States)}
    return [fact for fact in facts if fact not in said]
