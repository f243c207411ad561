"""The state that a log amounts to: `fold(lines)` is a valid table after every line.

A line is evolved as a whole, since a ruling is atomic. What everyone saw is folded once, into one shared world; what
only some saw is folded into their own worlds and the moderator's. A seat's own events, folded alone, give the table as
that seat knows it: the same phase, the same common world, the same counts of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Any

from msgspec import Struct

from arena.core.draw import Draw
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
from arena.core.protocol import AnyScenario
from arena.core.task import Task
from arena.core.view import Seen, World


class Game(Struct, frozen=True):
    """What stays the same through a match: the scenario, the dealt task, the draws, all seats."""

    scenario: AnyScenario
    task: Task
    draw: Draw
    everyone: Seats


class Table(Struct):
    """Everything that follows from the lines so far. A value: nobody writes on one but `evolve`, and only on the copy
    it returns.

    Per seat: `seen`, its events; `own`, its world; `nth`, its replies so far; `messages` and `characters`, its talk;
    `refused`, its refusals since its last turn; `spoken`, its turns in this phase; `pending`, its reply not yet ruled
    on. `phase` indexes the agenda (-1 before the match opens); `last` had the last turn of this phase; `floor` was
    given the floor and has not used it.
    """

    game: Game
    lines: int
    common: Any
    hidden: Any
    seen: tuple[Seen, ...]
    own: tuple[Any, ...]
    nth: tuple[int, ...]
    messages: tuple[int, ...]
    characters: tuple[int, ...]
    refused: tuple[int, ...]
    spoken: tuple[int, ...]
    pending: tuple[Replied[Any, Any] | None, ...]
    round: int = 0
    phase: int = -1
    last: int | None = None
    floor: int | None = None
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
        return World(self.common, self.own[seat])


def blank(game: Game) -> Table:
    """The table before the first line."""
    world = game.scenario.blank()
    n = len(game.everyone)
    none = (0,) * n
    return Table(game, 0, world, world, (Seen(),) * n, (world,) * n, none, none, none, none, none, pending=(None,) * n)


def _put(items: tuple[Any, ...], index: int, value: Any) -> tuple[Any, ...]:
    return (*items[:index], value, *items[index + 1 :])


def _played(t: Table, to: Seats, event: Any) -> None:
    """Let the game fold an event: once for everyone, or for each who saw it."""
    fold_in = t.game.scenario.evolve
    if len(to) == len(t.game.everyone):
        t.common = fold_in(t.common, event)
        return
    t.hidden = fold_in(t.hidden, event)
    for seat in to:
        t.own = _put(t.own, seat, fold_in(t.own[seat], event))


def _turn(t: Table, seat: int) -> None:
    """A seat has had its turn."""
    t.spoken = _put(t.spoken, seat, t.spoken[seat] + 1)
    t.pending = _put(t.pending, seat, None)
    t.last = seat
    if t.refused[seat]:
        t.refused = _put(t.refused, seat, 0)
    if t.floor == seat:
        t.floor = None


def _phase(t: Table, to: Seats, e: PhaseOpened) -> None:
    t.round = e.round
    t.phase = next(i for i, phase in enumerate(t.game.task.agenda) if phase.name == e.name)
    t.spoken, t.last, t.floor = (0,) * len(t.spoken), None, None
    _played(t, to, e)


def _disclosed(t: Table, to: Seats, e: Disclosed[Any]) -> None:
    _played(t, to, e)


def _replied(t: Table, to: Seats, e: Replied[Any, Any]) -> None:
    t.pending = _put(t.pending, e.seat, e)
    t.nth = _put(t.nth, e.seat, t.nth[e.seat] + 1)


def _refused(t: Table, to: Seats, e: Refused) -> None:
    t.pending = _put(t.pending, e.seat, None)
    t.refused = _put(t.refused, e.seat, t.refused[e.seat] + 1)


def _said(t: Table, to: Seats, e: Said) -> None:
    t.messages = _put(t.messages, e.seat, t.messages[e.seat] + 1)
    t.characters = _put(t.characters, e.seat, t.characters[e.seat] + len(e.text))
    _played(t, to, e)


def _moved(t: Table, to: Seats, e: Moved[Any]) -> None:
    _played(t, to, e)


def _forfeited(t: Table, to: Seats, e: Forfeited) -> None:
    t.forfeits = t.forfeits | {e.seat}


def _bid(t: Table, to: Seats, e: Bid) -> None:
    t.pending = _put(t.pending, e.seat, None)
    t.refused = _put(t.refused, e.seat, 0)


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
    Forfeited: _forfeited,
    Bid: _bid,
    Floor: _floor,
    Valued: _valued,
    Closed: _closed,
    Halted: _halted,
}
STILL: frozenset[type] = frozenset(
    {Opened, Noted, Passed, Summarised, Posted, Carried, Seated, Forgot, Marked, Certified}
)


def _whose_turn(e: AnyEvent) -> int | None:
    match e:
        case Said() | Moved() | Passed() | Noted() | Forfeited():
            return e.seat
        case Disclosed():
            return e.by
        case _:
            return None


def evolve(table: Table, events: Sequence[AnyAddressed]) -> Table:
    """The table after one line of the log."""
    t = copy(table)
    t.lines += 1
    t.halted = None
    turns: list[int] = []
    for a in events:
        e = a.e
        change = CHANGES.get(type(e))
        if change is not None:
            change(t, a.to, e)
        author = _whose_turn(e)
        if author is not None and author not in turns:  # however much it did, one line is one turn
            turns.append(author)
            _turn(t, author)
    seen = list(t.seen)
    for seat in t.game.everyone:
        new = [a.e for a in events if seat in a.to]
        if new:
            seen[seat] = seen[seat].plus(new)
    t.seen = tuple(seen)
    return t


def fold(game: Game, lines: Iterable[Sequence[AnyAddressed]]) -> Table:
    """The table after these lines."""
    table = blank(game)
    for line in lines:
        table = evolve(table, line)
    return table
