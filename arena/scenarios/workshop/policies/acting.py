"""From the act that a policy would choose to its whole reply: a sentence, what it discloses, the move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from arena.core.draw import Draw
from arena.core.events import Body, Claim
from arena.core.view import Ask, View
from arena.scenarios.workshop.policies.situation import Situation, situation
from arena.scenarios.workshop.terms import Fact, HandOver, Idle, Intends, Move, Rules, Skill, Take, Work
from arena.scripting.policies import Policy
from arena.scripting.speech import audience, call, fitting
from arena.solutions.shopfloor import IDLE, Act

Chosen = Callable[[Situation, Draw], Act]
Tells = Callable[[Situation, View], Sequence[Fact]]
BID: Final = 5


def nothing(now: Situation, view: View) -> Sequence[Fact]:
    """Tells nothing."""
    return ()


def worker(chosen: Chosen, words: Sequence[str], tells: Tells = nothing) -> Policy:
    """The policy that acts so, and says so.

    words: ways to say it, of which one is drawn; `{task}` stands in for what it is at or will take up, or is about to
    look for. tells: what it discloses when it may talk.
    """

    def policy(view: View, ask: Ask, draw: Draw) -> Body[Move, Fact]:
        if ask.kind == "bid":
            return Body(bid=BID if ask.left.messages != 0 else 0)
        now = situation(view.known, view.seat)
        if ask.moves:
            return Body(move=moved(now.rules, chosen(now, draw)), call=call(view, ask, draw))
        to = audience(view, ask)
        claims = tuple([Claim(to, fact) for fact in tells(now, view)]) if to and ask.claims else ()
        texts = [text.format(task=_at(now, chosen(now, draw))) for text in words]
        messages = fitting(ask, to, draw.of("words").sample(texts, len(texts)))
        return Body(messages=messages, claims=claims, call=call(view, ask, draw))

    return policy


def moved(rules: Rules, act: Act) -> Move:
    """An act as a move."""
    match act.what:
        case "take":
            return Take(rules.pieces[act.which].name)
        case "work":
            return Work()
        case "hand":
            return HandOver(rules.names[act.which])
        case "idle":
            return Idle()


def going_on(now: Situation) -> Act | None:
    """What one does with something in hand: work on it, or give it away where the skill is lost; None without."""
    if now.hand is None:
        return None
    return Act("hand", now.helper()) if now.stuck else Act("work")


def take_first(tasks: Sequence[int]) -> Act:
    """Takes up the first of these tasks; idles where there is none."""
    return Act("take", tasks[0]) if tasks else IDLE


def own_skills(now: Situation, view: View) -> list[Fact]:
    """Which skills it has and has not: of each, what it has not told yet, or has told otherwise."""
    told = {each.fact.skill: each.fact.have for part in (view.known.common, view.known.own) for each in part.claims
            if each.seat == view.seat and isinstance(each.fact, Skill)}  # fmt: skip
    facts: list[Fact] = []
    for number, skill in enumerate(now.rules.skills):
        have = "yes" if number in now.skills else "no"
        if told.get(skill) != have:
            facts.append(Skill(skill, "yes" if have == "yes" else "no"))
    return facts


def intention(now: Situation, act: Act) -> list[Fact]:
    """The task that it is about to take up, if it is."""
    return [Intends(now.rules.pieces[act.which].name)] if act.what == "take" else []


def _at(now: Situation, act: Act) -> str:
    if act.what == "take":
        return now.rules.pieces[act.which].name
    return now.rules.pieces[now.hand[0]].name if now.hand is not None else "something that I can do"
