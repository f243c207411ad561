"""What a policy says beside its move: a sentence that fits the channel and what is left of the talk."""

from __future__ import annotations

from typing import Final

from arena.core.draw import Draw
from arena.core.events import Body, Seats
from arena.core.view import Ask, View
from arena.scenarios.bargain.policies.situation import Situation
from arena.scenarios.bargain.policies.words import AND, PLAIN, WORDS
from arena.scenarios.bargain.terms import Accept, Deal, Fact, Move, Propose, Reject, Rules, WalkAway
from arena.scripting.speech import audience, call, fitting


def voiced(
    view: View,
    ask: Ask,
    draw: Draw,
    now: Situation,
    policy: str,
    move: Move | None,
    saying: str = "",
    first: Seats = (),
) -> Body[Move, Fact]:
    """A reply: the move that is meant or owed, a sentence about it in the policy's words, and a call where one is due.

    saying: the kind of sentence, where it is not that of the move; first: whom to call before others.
    """
    move = now.owed(move)
    to = audience(view, ask)
    messages = fitting(ask, to, sentences(view, ask, draw, now, policy, move, saying)) if to else ()
    return Body(messages=messages, move=move, call=call(view, ask, draw, first))


def sentences(
    view: View, ask: Ask, draw: Draw, now: Situation, policy: str, move: Move | None, saying: str = "", **about: str
) -> list[str]:
    """Ways to say it, the plainest last; none where there is nothing to say. about: more values for the templates."""
    kind = saying or (KINDS[type(move)] if move is not None else "")
    if not kind and not ask.moves and ask.nth == 0:
        kind = "greet"  # a phase of talk: nothing can be moved yet
    to = audience(view, ask)
    if not kind or not to:
        return []
    values = {"who": _names(view, to), **_values(view, now, move), **about}
    templates = WORDS[policy].get(kind, ())
    ways = draw.of("words", kind).sample(templates, len(templates))
    return [text.format(**values) for text in (*ways, PLAIN[kind])]


def deal_text(rules: Rules, deal: Deal) -> str:
    """A deal as people say it: `Price: low; Term: short`."""
    return "; ".join(f"{issue.name}: {option}" for issue, option in zip(rules.issues, deal, strict=True))


KINDS: Final[dict[type, str]] = {Propose: "propose", Accept: "accept", Reject: "reject", WalkAway: "leave"}


def _values(view: View, now: Situation, move: Move | None) -> dict[str, str]:
    """What a sentence about this move may name; none of it is a number of the seat's own."""
    match move:
        case Propose(deal=deal):
            ask, give = _first_and_last(now, deal)
            issues = now.rules.issues
            return {
                "deal": deal_text(now.rules, deal),
                "ask": f"{deal[ask]} for {issues[ask].name}",
                "give": issues[give].name,
            }
        case Accept(offer=number) | Reject(offer=number):
            offer = next(offer for offer in now.offers if offer.number == number)
            _, worst = _first_and_last(now, offer.deal)
            return {
                "by": view.seats[offer.by],
                "deal": deal_text(now.rules, offer.deal),
                "issue": now.rules.issues[worst].name,
            }
        case _:
            return {}


def _first_and_last(now: Situation, deal: Deal) -> tuple[int, int]:
    """The issue that this deal settles best for the seat, against the worst option, and the one that it loses most on.

    By points alone; interactions are left aside.
    """
    points = now.sheet.points
    chosen = [p[issue.options.index(o)] for p, issue, o in zip(points, now.rules.issues, deal, strict=True)]
    won = [got - min(p) for got, p in zip(chosen, points, strict=True)]
    lost = [max(p) - got for got, p in zip(chosen, points, strict=True)]
    return won.index(max(won)), lost.index(max(lost))


def _names(view: View, to: Seats) -> str:
    names = [view.seats[seat] for seat in to]
    return AND.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
