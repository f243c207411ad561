"""The state that a log amounts to: `fold(lines)` is a valid table after every line.

A line is evolved as a whole, since a ruling is atomic. What everyone saw is folded once, into one shared world; what
only some saw is folded into their own worlds and the moderator's. A seat's own events, folded alone, give the table as
that seat knows it: the same phase, the same common world, the same counts of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from arena.core.events import (
    AnyAddressed,
    AnyEvent,
    Bid,
    Carried,
    Certified,
    Closed,
    Disclosed,
    Floor,
    Forfeited,
    Forgot,
    Halted,
    Marked,
    Moved,
    Noted,
    Opened,
    Passed,
    PhaseOpened,
    Posted,
    Refused,
    Replied,
    Said,
    Seated,
    Seats,
    Summarised,
    Valued,
)
from arena.core.game import Game
from arena.core.overflow import Overflow
from arena.core.view import Seen, World


class Desk(Struct):
    """What lies before one seat: the events it saw (the first `size` of `seen`), its own world, its counts.

    `nth`: its replies so far; `messages`, `characters`: its talk; `spoken`: its turns in this phase; `refused`: its
    refusals since the last of them; `pending`: its reply that is not yet ruled on. `answers`: those it gave since its
    last summary; `overflow`: it is to write another, since what it would be sent does not fit.
    """

    seen: list[AnyEvent]
    size: int
    own: Any
    nth: int = 0
    messages: int = 0
    characters: int = 0
    spoken: int = 0
    refused: int = 0
    pending: Replied[Any, Any] | None = None
    answers: int = 0
    overflow: Overflow | None = None


class Table(Struct):
    """Everything that follows from the lines so far. A value: nobody writes on one but `evolve`, on the copy it
    returns.

    `common` is the world as everyone knows it, `hidden` what follows from all that was not shown to everyone. `phase`
    indexes the agenda (-1 before the match opens); `acted` are the seats that the last line was about; `floor` was
    given the floor and has not used it; `board` is what was last written on the shared board.
    """

    game: Game
    common: Any
    hidden: Any
    desks: list[Desk]
    lines: int = 0
    round: int = 0
    phase: int = -1
    acted: Seats = ()
    floor: int | None = None
    board: Posted | None = None
    forfeits: frozenset[int] = frozenset()
    valued: Valued | None = None
    closed: str | None = None
    halted: str | None = None

    @property
    def world(self) -> World[Any]:
        """The game as the moderator knows it."""
        return World(self.common, self.hidden)

    def known(self, seat: int) -> World[Any]:
        """The game as a seat knows it."""
        return World(self.common, self.desks[seat].own)

    def seen(self, seat: int) -> Seen:
        """What a seat has seen, in order."""
        desk = self.desks[seat]
        return Seen(desk.seen, desk.size)


def blank(game: Game) -> Table:
    """The table before the first line."""
    world = game.scenario.blank()
    return Table(game, world, world, [Desk([], 0, world) for _ in game.everyone])


S = TypeVar("S", bound=Struct)


def _fresh(value: S) -> S:
    """A copy to write on; half the time of `copy.copy`."""
    return value.__copy__()  # type: ignore[attr-defined, no-any-return]


def _played(t: Table, to: Seats, event: Any) -> None:
    """Let the game fold an event: once for everyone, or for each who saw it."""
    fold_in = t.game.scenario.evolve
    if len(to) == len(t.desks):
        t.common = fold_in(t.common, event)
        return
    t.hidden = fold_in(t.hidden, event)
    for seat in to:
        t.desks[seat].own = fold_in(t.desks[seat].own, event)


def _turn(t: Table, seat: int) -> None:
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


def _phase(t: Table, to: Seats, e: PhaseOpened) -> None:
    t.round = e.round
    t.phase = t.game.phases.index(e.name)
    t.floor = None
    for desk in t.desks:
        desk.spoken = 0
    _played(t, to, e)


def _disclosed(t: Table, to: Seats, e: Disclosed[Any]) -> None:
    _played(t, to, e)
    if e.by is not None:
        _turn(t, e.by)


def _replied(t: Table, to: Seats, e: Replied[Any, Any]) -> None:
    desk = t.desks[e.seat]
    desk.nth += 1
    # Each overflow leaves less to be covered than the one before, so that this comes to an end whoever answers.
    most = desk.answers if desk.overflow is None else desk.overflow.covers - 1
    if e.overflow is not None and 1 <= e.overflow.covers <= most:
        desk.overflow = e.overflow
        return
    desk.answers += desk.overflow is None
    desk.pending = e


def _refused(t: Table, to: Seats, e: Refused) -> None:
    desk = t.desks[e.seat]
    desk.pending = None
    desk.refused += 1


def _said(t: Table, to: Seats, e: Said) -> None:
    desk = t.desks[e.seat]
    desk.messages += 1
    desk.characters += len(e.text)
    _played(t, to, e)
    _turn(t, e.seat)


def _moved(t: Table, to: Seats, e: Moved[Any]) -> None:
    _played(t, to, e)
    _turn(t, e.seat)


def _summarised(t: Table, to: Seats, e: Summarised) -> None:
    desk = t.desks[e.seat]
    desk.pending = desk.overflow = None
    desk.answers = 0


def _took_turn(t: Table, to: Seats, e: Passed | Noted) -> None:
    _turn(t, e.seat)


def _posted(t: Table, to: Seats, e: Posted) -> None:
    t.board = e
    _turn(t, e.seat)


def _forfeited(t: Table, to: Seats, e: Forfeited) -> None:
    t.forfeits = t.forfeits | {e.seat}
    _turn(t, e.seat)


def _bid(t: Table, to: Seats, e: Bid) -> None:
    desk = t.desks[e.seat]
    desk.pending = None
    desk.refused = 0
    desk.overflow = None
    t.acted = (*t.acted, e.seat)  # and no turn, also where the bid stands in for one that was forfeited


def _floor(t: Table, to: Seats, e: Floor) -> None:
    t.floor = e.seat


def _valued(t: Table, to: Seats, e: Valued) -> None:
    t.valued = e


def _closed(t: Table, to: Seats, e: Closed) -> None:
    t.closed = e.why


def _halted(t: Table, to: Seats, e: Halted) -> None:
    t.halted = e.why


# Dispatch on type, since this is the hot path. The kinds in `STILL` change nothing but what was seen; a test holds the
# two together against the closed union.
CHANGES: dict[type, Callable[[Table, Seats, Any], None]] = {
    PhaseOpened: _phase,
    Disclosed: _disclosed,
    Replied: _replied,
    Refused: _refused,
    Said: _said,
    Moved: _moved,
    Passed: _took_turn,
    Noted: _took_turn,
    Summarised: _summarised,
    Posted: _posted,
    Forfeited: _forfeited,
    Bid: _bid,
    Floor: _floor,
    Valued: _valued,
    Closed: _closed,
    Halted: _halted,
}
STILL: frozenset[type] = frozenset({Opened, Carried, Seated, Forgot, Marked, Certified})


def evolve(table: Table, events: Sequence[AnyAddressed]) -> Table:
    """The table after one line of the log."""
    t = _fresh(table)
    t.desks = desks = [_fresh(desk) for desk in table.desks]
    t.lines += 1
    t.halted = None
    t.acted = ()
    for a in events:
        e = a.e
        for seat in a.to:
            desk = desks[seat]
            if len(desk.seen) != desk.size:  # another future of this table has grown the list that they share
                desk.seen = desk.seen[: desk.size]
            desk.seen.append(e)
            desk.size += 1
        change = CHANGES.get(type(e))
        if change is not None:
            change(t, a.to, e)
    return t


def fold(game: Game, lines: Iterable[Sequence[AnyAddressed]]) -> Table:
    """The table after these lines."""
    table = blank(game)
    for line in lines:
        table = evolve(table, line)
    return table
