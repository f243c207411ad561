"""How perturbations change a table: who falls silent, sits down, forgets or turns; words that are late or lost."""

from __future__ import annotations

from typing import Any

from arena.core.afresh import left_to_a_newcomer
from arena.core.changes import talked, turn
from arena.core.events import (
    Delivered,
    Disclosed,
    Dropped,
    Forgot,
    Joined,
    Marked,
    Moved,
    PhaseOpened,
    Said,
    Seated,
    Seats,
    Sent,
    Turned,
    audience,
)
from arena.core.state import Desk, Table
from arena.core.words import author


def sent(t: Table, to: Seats, e: Sent[Any]) -> None:
    """Words that only their author and the moderator take for said."""
    fold_in, by = t.game.scenario.evolve, author(e.e)
    if isinstance(e.e, Said):
        talked(t, e.e)
    desk = t.desks[by]
    if len(audience(e.e, t.game.everyone)) == len(t.desks):
        for seat in t.game.everyone:
            if seat != by and seat not in t.apart:
                t.desks[seat].common = t.common
                t.apart = (*t.apart, seat)
        t.common = fold_in(t.common, e.e)
        if by in t.apart:
            desk.common = fold_in(desk.common, e.e)
    else:
        t.hidden, desk.own = fold_in(t.hidden, e.e), fold_in(desk.own, e.e)
    turn(t, by)


def marked(t: Table, to: Seats, e: Marked[Any]) -> None:
    if e.e is not None and e.until is not None:
        t.late = (*t.late, e)


def delivered(t: Table, to: Seats, e: Delivered[Any]) -> None:
    arrived = next((i for i, each in enumerate(t.late) if each.e == e.e), len(t.late))
    t.late = t.late[:arrived] + t.late[arrived + 1 :]
    fold_in, public = t.game.scenario.evolve, len(audience(e.e, t.game.everyone)) == len(t.desks)
    for seat in to:
        desk = t.desks[seat]
        if public:
            desk.common = fold_in(desk.common, e.e)
        else:
            desk.own = fold_in(desk.own, e.e)


def afresh(t: Table, to: Seats, e: Joined | Forgot) -> None:
    """The desk as a newcomer finds it: folded from what is left to it and from nothing else."""
    desk, everyone, fold_in = t.desks[e.seat], t.game.everyone, t.game.scenario.evolve
    found = left_to_a_newcomer(desk.seen[: desk.size - 1])
    common = own = t.game.scenario.blank()
    for event in found:
        if isinstance(event, Moved | Disclosed | PhaseOpened):
            if len(audience(event, everyone)) == len(everyone):
                common = fold_in(common, event)
            else:
                own = fold_in(own, event)
    nth = e.nth if isinstance(e, Forgot) else 0
    seen = [*found, e]
    t.desks[e.seat] = Desk(seen, len(seen), own, nth, e.messages, e.characters, desk.spoken, common=common)
    t.apart = t.apart if e.seat in t.apart else (*t.apart, e.seat)


def seated(t: Table, to: Seats, e: Seated) -> None:
    t.relieved = (*t.relieved, e.seat)
    t.silent = tuple([seat for seat in t.silent if seat != e.seat])


def dropped(t: Table, to: Seats, e: Dropped) -> None:
    t.silent = (*t.silent, e.seat)


def turned(t: Table, to: Seats, e: Turned) -> None:
    t.turned = (*t.turned, e.seat)
