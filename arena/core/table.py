"""The state that a log amounts to: `fold(lines)` is a valid table after every line.

A line is evolved as a whole, since a ruling is atomic. What everyone saw is folded once, into one shared world; what
only some saw is folded into their own worlds and the moderator's. A seat's own events, folded alone, give the table as
that seat knows it: the same phase, the same common world, the same counts of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from arena.core import changes, upsets
from arena.core.events import (
    AnyAddressed,
    Bid,
    Carried,
    Certified,
    Closed,
    Delivered,
    Disclosed,
    Dropped,
    Floor,
    Forfeited,
    Forgot,
    Halted,
    Joined,
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
    Sent,
    Summarised,
    Turned,
    Valued,
    shown,
)
from arena.core.game import Game
from arena.core.state import Desk as Desk
from arena.core.state import Table as Table
from arena.core.state import blank as blank

# Dispatch on type, since this is the hot path. The kinds in `STILL` change nothing but what was seen; a test holds the
# two together against the closed union.
CHANGES: dict[type, Callable[[Table, Seats, Any], None]] = {
    PhaseOpened: changes.phase,
    Disclosed: changes.disclosed,
    Replied: changes.replied,
    Refused: changes.refused,
    Said: changes.said,
    Moved: changes.moved,
    Passed: changes.took_turn,
    Noted: changes.took_turn,
    Summarised: changes.summarised,
    Posted: changes.posted,
    Forfeited: changes.forfeited,
    Bid: changes.bid,
    Floor: changes.floor,
    Seated: upsets.seated,
    Joined: upsets.afresh,
    Forgot: upsets.afresh,
    Dropped: upsets.dropped,
    Turned: upsets.turned,
    Sent: upsets.sent,
    Delivered: upsets.delivered,
    Marked: upsets.marked,
    Valued: changes.valued,
    Closed: changes.closed,
    Halted: changes.halted,
}
UNDER_WAY = frozenset({Sent, Delivered})  # what their audience is shown is what is within
STILL: frozenset[type] = frozenset({Opened, Carried, Certified})


S = TypeVar("S", bound=Struct)


def _fresh(value: S) -> S:
    """A copy to write on; half the time of `copy.copy`."""
    return value.__copy__()  # type: ignore[attr-defined, no-any-return]


def evolve(table: Table, events: Sequence[AnyAddressed]) -> Table:
    """The table after one line of the log."""
    t = _fresh(table)
    t.desks = [_fresh(desk) for desk in table.desks]
    _write(t, events)
    return t


def _write(t: Table, events: Sequence[AnyAddressed]) -> None:
    """Put one line on a table that nobody else holds."""
    desks = t.desks
    t.lines += 1
    t.halted = None
    t.acted = ()
    for a in events:
        e = a.e
        seen = shown(e) if type(e) in UNDER_WAY else e
        for seat in a.to:
            desk = desks[seat]
            if len(desk.seen) != desk.size:  # another future of this table has grown the list that they share
                desk.seen = desk.seen[: desk.size]
            desk.seen.append(seen)
            desk.size += 1
        change = CHANGES.get(type(e))
        if change is not None:
            change(t, a.to, e)


def fold(game: Game, lines: Iterable[Sequence[AnyAddressed]]) -> Table:
    """The table after these lines; the ones between are never seen, so that none is copied."""
    table = blank(game)
    for line in lines:
        _write(table, line)
    return table
