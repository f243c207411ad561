"""How a workshop unfolds: the world after each event."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from arena.core.events import Disclosed, Moved, PhaseOpened
from arena.core.protocol import Played
from arena.scenarios.workshop.terms import Bench, Goal, Grown, Lost, Rules, Sheet, Shift, Shop, Told

BLANK = Shop()


def evolve(w: Shop, e: Played) -> Shop:
    """The world after an event. Total on any subset of a match's events: what does not fit changes nothing."""
    match e:
        case PhaseOpened(round=now, name=name):
            return replace(w, round=now, phase=name)
        case Disclosed(fact=fact, by=None):
            return _told(w, fact)
        case Disclosed(fact=fact, by=int(seat)):
            return replace(w, claims=(*w.claims, Told(seat, fact)))
        case Moved(seat=seat, move=move):
            return replace(w, chosen=(*[each for each in w.chosen if each[0] != seat], (seat, move)))
    return w


def _told(w: Shop, fact: Any) -> Shop:
    match fact:
        case Rules():
            left = tuple([piece.rounds for piece in fact.pieces])
            return replace(w, rules=fact, bench=Bench(left, (None,) * len(fact.names)))
        case Sheet():
            return replace(w, sheets=(*w.sheets, fact))
        case Goal():
            return replace(w, goals=(*w.goals, fact))
        case Shift(deeds=deeds, bench=bench) if w.bench is not None:
            return replace(w, bench=bench, benches=(*w.benches, w.bench), deeds=(*w.deeds, deeds))
        case Lost(seat=seat, skill=skill):
            return replace(w, sheets=tuple([_without(s, skill) if s.seat == seat else s for s in w.sheets]))
        case Grown():
            return _grown(w, fact)
    return w


def _without(sheet: Sheet, skill: int) -> Sheet:
    return replace(sheet, skills=tuple([each for each in sheet.skills if each != skill]))


def _grown(w: Shop, fact: Grown) -> Shop:
    """The task takes longer for everyone: for who has it in hand, and for who takes it up."""
    rules, bench = w.rules, w.bench
    if rules is None or bench is None or bench.left[fact.task] == 0:
        return w
    pieces, left = list(rules.pieces), list(bench.left)
    pieces[fact.task] = replace(pieces[fact.task], rounds=pieces[fact.task].rounds + fact.rounds)
    left[fact.task] += fact.rounds
    hands = [(h[0], h[1] + fact.rounds) if h is not None and h[0] == fact.task else h for h in bench.hands]
    return replace(w, rules=replace(rules, pieces=tuple(pieces)), bench=Bench(tuple(left), tuple(hands)))
