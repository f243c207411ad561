"""How a committee unfolds: the world after each event; and what is known in it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from arena.core.events import Disclosed, Moved, PhaseOpened
from arena.core.protocol import Played
from arena.core.view import World
from arena.scenarios.committee.policies.situation import held
from arena.scenarios.committee.terms import (
    Ballot,
    Correction,
    Counted,
    Goal,
    Intends,
    Item,
    Room,
    Rules,
    Sheet,
    Stake,
    States,
    Told,
    Vote,
)
from arena.solutions.pooling import Piece, values

BLANK = Room()


def evolve(w: Room, e: Played) -> Room:
    """The world after an event. Total on any subset of a match's events: what does not fit changes nothing."""
    match e:
        case PhaseOpened(round=now, name=name):
            return replace(w, round=now, phase=name)
        case Disclosed(fact=fact, by=None):
            return _told(w, fact)
        case Disclosed(fact=States() | Intends() as fact, to=to, by=int(seat)):
            return replace(w, claims=(*w.claims, Told(seat, fact, to)))
        case Moved(seat=seat, move=Vote(option=option)):
            return replace(w, urn=(*[each for each in w.urn if each[0] != seat], (seat, option)))
    return w


def _told(w: Room, fact: Any) -> Room:
    match fact:
        case Rules():
            return replace(w, rules=fact)
        case Sheet():
            return replace(w, sheets=(*w.sheets, fact))
        case Stake():
            return replace(w, stakes=(*w.stakes, fact))
        case Goal():
            return replace(w, goals=(*w.goals, fact))
        case Correction(item=item):
            return replace(w, corrections=(*w.corrections, item))
        case Ballot():
            return replace(w, ballots=(*w.ballots, fact))
        case Counted():
            return replace(w, urn=())
    return w


def everything(w: World[Room]) -> dict[int, Item]:
    """All facts as they read now, by number, as the moderator knows them."""
    return {item.number: item for sheet in w.own.sheets for item in held(w, sheet.seat)}


def holders(w: World[Room]) -> dict[int, list[int]]:
    """The seats that were told each fact, by its number."""
    found: dict[int, list[int]] = {}
    for sheet in w.own.sheets:
        for item in sheet.items:
            found.setdefault(item.number, []).append(sheet.seat)
    return found


def pieces(items: Any) -> list[Piece]:
    """Facts as the solver reads them."""
    return [Piece(item.number, item.option, item.amount) for item in items]


def worth(w: World[Room], rules: Rules) -> tuple[int, ...]:
    """What each option is worth by all facts, in the order of the options."""
    return values(rules.options, pieces(everything(w).values()))


def view(w: World[Room], rules: Rules, seat: int) -> tuple[int, ...]:
    """What each option is worth by what one seat was told."""
    return values(rules.options, pieces(held(w, seat)))
