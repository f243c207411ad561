"""From a profile that chooses moves to a whole reply: a sentence, what it discloses, the move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from arena.core.draw import Draw
from arena.core.events import Body, Claim
from arena.core.view import Ask, Chooser, View
from arena.scenarios.market.policies.situation import Situation, situation
from arena.scenarios.market.terms import Fact, Move, PostAsk, PostBid, Take, Worth
from arena.scripting.policies import Policy
from arena.scripting.speech import audience, call, fitting

Tells = Callable[[Situation], tuple[int, ...]]
BID: Final = 5


def trader(choose: Chooser, words: Sequence[str], tells: Tells | None = None) -> Policy:
    """The policy that moves by a profile, and has something to say when it does, and at first.

    words: ways to say it, of which one is drawn; `{price}` stands in for the price that it offers or takes, or its
    limit where it does neither, so that only those that name it without giving that away may do so. tells: what it
    claims that units are worth to it, until it has claimed just that.
    """

    def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
        if ask.kind == "bid":
            return Body(bid=BID)
        now = situation(view.known, view.seat, ask.moves)
        move = choose(view.known, view.seat, ask.moves, draw.of("move")) if ask.moves else None
        to, price = audience(view, ask), priced(now, move)
        texts = [text.format(price=price) for text in words if price is not None or "{price}" not in text]
        speaks = bool(texts) and (move is not None or ask.nth == 0)
        messages = fitting(ask, to, draw.of("words").sample(texts, len(texts))) if speaks else ()
        claims = tuple(Claim(to, fact) for fact in _told(view, now, tells)) if to and ask.claims else ()
        return Body(messages=messages, claims=claims, move=move, call=call(view, ask, draw))

    return policy


def priced(now: Situation, move: Move | None) -> int | None:
    """The price that a move is about; None where it is about none."""
    match move:
        case PostAsk(price=price) | PostBid(price=price):
            return price
        case Take(offer=number):
            return next(each.price for each in now.open if each.number == number)
    return None


def _told(view: View, now: Situation, tells: Tells | None) -> list[Fact]:
    if tells is None:
        return []
    worth = tells(now)
    last = [each.fact for part in (view.known.common, view.known.own) for each in part.claims
            if each.seat == now.seat and isinstance(each.fact, Worth)]  # fmt: skip
    return [] if last and last[-1].points == worth else [Worth(worth)]
