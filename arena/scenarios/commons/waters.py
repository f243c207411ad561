"""How a commons unfolds: the world after each event."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from arena.core.events import Disclosed, Moved, PhaseOpened
from arena.core.protocol import Played
from arena.scenarios.commons.terms import (
    Catch,
    Decree,
    Elect,
    Fate,
    Goal,
    Harvest,
    Landed,
    Manager,
    Quota,
    Rules,
    Season,
    Sheet,
    Storm,
    Told,
    Vote,
    Waters,
)

BLANK = Waters()


def evolve(w: Waters, e: Played) -> Waters:
    """The world after an event. Total on any subset of a match's events: what does not fit changes nothing."""
    match e:
        case PhaseOpened(round=now, name=name):
            fresh = replace(w, quota=None) if now != w.round else w
            return replace(fresh, round=now, phase=name)
        case Disclosed(fact=fact, by=None):
            return _told(w, fact)
        case Disclosed(fact=fact, by=int(seat)):
            return replace(w, claims=(*w.claims, Told(seat, fact)))
        case Moved(seat=seat, move=move):
            return _moved(w, seat, move)
    return w


def _told(w: Waters, fact: Any) -> Waters:
    match fact:
        case Rules():
            return replace(w, rules=fact, stock=fact.stock)
        case Sheet():
            return replace(w, sheets=(*w.sheets, fact))
        case Goal():
            return replace(w, goals=(*w.goals, fact))
        case Fate():
            return replace(w, fate=fact)
        case Catch():
            asked = tuple([each for each in w.asked if each[0] != fact.seat])
            return replace(w, catches=(*w.catches, fact), asked=asked)
        case Landed():
            return replace(w, landed=(*w.landed, fact.units))
        case Season():
            return replace(w, seasons=(*w.seasons, fact), stocks=(*w.stocks, w.stock), stock=fact.stock)
        case Quota():
            return replace(w, quota=fact.units)
        case Manager():
            return replace(w, manager=fact.seat)
        case Storm():
            return replace(w, stock=fact.stock)
    return w


def _moved(w: Waters, seat: int, move: Any) -> Waters:
    match move:
        case Harvest(units=units):
            return replace(w, asked=(*w.asked, (seat, units)))
        case Vote(units=units) | Decree(units=units):
            return replace(w, votes=(*[each for each in w.votes if each[0] != seat], (seat, units)))
        case Elect(name=name):
            return replace(w, ballots=(*[each for each in w.ballots if each[0] != seat], (seat, name)))
    return w
