"""How each kind of event changes a table, perturbations apart."""

from __future__ import annotations

from typing import Any

from arena.core.events import (
    Bid,
    Closed,
    Disclosed,
    Floor,
    Forfeited,
    Halted,
    Moved,
    Noted,
    Passed,
    PhaseOpened,
    Posted,
    Refused,
    Replied,
    Said,
    Seats,
    Summarised,
    Valued,
)
from arena.core.state import Table


def played(t: Table, to: Seats, event: Any) -> None:
    """Let the game fold an event: once for everyone, or for each who saw it."""
    fold_in = t.game.scenario.evolve
    if len(to) == len(t.desks):
        t.common = fold_in(t.common, event)
        for seat in t.apart:
            t.desks[seat].common = fold_in(t.desks[seat].common, event)
        return
    t.hidden = fold_in(t.hidden, event)
    for seat in to:
        t.desks[seat].own = fold_in(t.desks[seat].own, event)


def turn(t: Table, seat: int) -> None:
    """A seat has had its turn: it counts once a line, however much the seat did in it."""
    if seat in t.acted:
        return
    t.acted = (*t.acted, seat)
    desk = t.desks[seat]
    desk.spoken += 1
    desk.pending = None
    desk.refused = 0
    desk.overflow = None
    if t.floor == seat:
        t.floor = None


def phase(t: Table, to: Seats, e: PhaseOpened) -> None:
    t.round = e.round
    t.phase = t.game.phases.index(e.name)
    t.floor = None
    for desk in t.desks:
        desk.spoken = 0
    played(t, to, e)


def disclosed(t: Table, to: Seats, e: Disclosed[Any]) -> None:
    played(t, to, e)
    if e.by is not None:
        turn(t, e.by)


def replied(t: Table, to: Seats, e: Replied[Any, Any]) -> None:
    desk = t.desks[e.seat]
    desk.nth += 1
    # Each overflow leaves less to be covered than the one before, so that this comes to an end whoever answers.
    most = desk.answers if desk.overflow is None else desk.overflow.covers - 1
    if e.overflow is not None and 1 <= e.overflow.covers <= most:
        desk.overflow = e.overflow
        return
    desk.answers += desk.overflow is None
    desk.pending = e


def refused(t: Table, to: Seats, e: Refused) -> None:
    desk = t.desks[e.seat]
    desk.pending = None
    desk.refused += 1


def said(t: Table, to: Seats, e: Said) -> None:
    talked(t, e)
    played(t, to, e)
    turn(t, e.seat)


def talked(t: Table, e: Said) -> None:
    desk = t.desks[e.seat]
    desk.messages += 1
    desk.characters += len(e.text)


def moved(t: Table, to: Seats, e: Moved[Any]) -> None:
    played(t, to, e)
    turn(t, e.seat)


def summarised(t: Table, to: Seats, e: Summarised) -> None:
    desk = t.desks[e.seat]
    desk.pending = desk.overflow = None
    desk.answers = 0


def took_turn(t: Table, to: Seats, e: Passed | Noted) -> None:
    turn(t, e.seat)


def posted(t: Table, to: Seats, e: Posted) -> None:
    t.board = e
    turn(t, e.seat)


def forfeited(t: Table, to: Seats, e: Forfeited) -> None:
    t.forfeits = t.forfeits | {e.seat}
    turn(t, e.seat)


def bid(t: Table, to: Seats, e: Bid) -> None:
    desk = t.desks[e.seat]
    desk.pending = None
    desk.refused = 0
    desk.overflow = None
    t.acted = (*t.acted, e.seat)  # and no turn, also where the bid stands in for one that was forfeited


def floor(t: Table, to: Seats, e: Floor) -> None:
    t.floor = e.seat


def valued(t: Table, to: Seats, e: Valued) -> None:
    t.valued = e


def closed(t: Table, to: Seats, e: Closed) -> None:
    t.closed = e.why


def halted(t: Table, to: Seats, e: Halted) -> None:
    t.halted = e.why
