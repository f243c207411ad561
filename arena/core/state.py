"""What follows from the lines of a match so far: the table, and what lies before each seat."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from arena.core.events import AnyEvent, Marked, Posted, Replied, Seats, Valued
from arena.core.game import Game
from arena.core.overflow import Overflow
from arena.core.view import Seen, World


class Desk(Struct):
    """What lies before one seat: the events it saw (the first `size` of `seen`), its own world, its counts.

    `nth`: its replies so far; `messages`, `characters`: its talk; `spoken`: its turns in this phase; `refused`: its
    refusals since the last of them; `pending`: its reply that is not yet ruled on. `answers`: those it gave since its
    last summary; `overflow`: it is to write another, since what it would be sent does not fit. `common`: where the seat
    is one of those `apart`, the common world as far as it has seen.
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
    common: Any = None


class Table(Struct):
    """Everything that follows from the lines so far. A value: nobody writes on one but `evolve`, on the copy it
    returns.

    `common` is the world as everyone knows it, `hidden` what follows from all that was not shown to everyone. `phase`
    indexes the agenda (-1 before the match opens); `acted` are the seats that the last line was about; `floor` was
    given the floor and has not used it; `board` is what was last written on the shared board. `apart` are the seats
    that have not seen all that was public; `silent` those that have dropped out, `turned` the saboteurs, `relieved`
    those in which a newcomer sits; `late` is what has been sent and has not arrived.
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
    apart: Seats = ()
    silent: Seats = ()
    turned: Seats = ()
    relieved: Seats = ()
    late: tuple[Marked[Any], ...] = ()
    valued: Valued | None = None
    closed: str | None = None
    halted: str | None = None

    @property
    def world(self) -> World[Any]:
        """The game as the moderator knows it."""
        return World(self.common, self.hidden)

    def known(self, seat: int) -> World[Any]:
        """The game as a seat knows it."""
        desk = self.desks[seat]
        return World(desk.common if seat in self.apart else self.common, desk.own)

    def seen(self, seat: int) -> Seen:
        """What a seat has seen, in order."""
        desk = self.desks[seat]
        return Seen(desk.seen, desk.size)


def blank(game: Game) -> Table:
    """The table before the first line."""
    world = game.scenario.blank()
    return Table(game, world, world, [Desk([], 0, world) for _ in game.everyone])
