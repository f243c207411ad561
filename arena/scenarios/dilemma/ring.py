"""How a dilemma unfolds: the world after each event."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from arena.core.events import Disclosed, Moved, PhaseOpened
from arena.core.protocol import Played as Event
from arena.scenarios.dilemma.terms import Act, Fate, Goal, Paid, Played, Ring, Rules, Sheet, Shift, Told

BLANK = Ring()


def evolve(w: Ring, e: Event) -> Ring:
    """The world after an event. Total on any subset of a match's events: what does not fit changes nothing."""
    match e:
        case PhaseOpened(round=now, name=name):
            return replace(w, round=now, phase=name)
        case Disclosed(fact=fact, by=None):
            return _told(w, fact)
        case Disclosed(fact=fact, by=int(seat)):
            return replace(w, claims=(*w.claims, Told(seat, fact)))
        case Moved(seat=seat, move=Act(action=action)):
            return replace(w, chosen=(*[each for each in w.chosen if each[0] != seat], (seat, action)))
    return w


def _told(w: Ring, fact: Any) -> Ring:
    match fact:
        case Rules():
            return replace(w, rules=fact)
        case Sheet():
            return replace(w, sheets=_with(w.sheets, fact))
        case Shift(sheet=sheet):
            return replace(w, sheets=_with(w.sheets, sheet))
        case Goal():
            return replace(w, goals=(*w.goals, fact))
        case Fate():
            return replace(w, fate=fact)
        case Played():
            return replace(w, played=(*w.played, fact))
        case Paid():
            return replace(w, paid=(*w.paid, fact))
    return w


def _with(sheets: tuple[Sheet, ...], sheet: Sheet) -> tuple[Sheet, ...]:
    return tuple(sorted([*[s for s in sheets if s.seat != sheet.seat], sheet], key=lambda s: s.seat))
