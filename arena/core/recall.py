"""What a seat is shown: its view now, and the views and asks of its earlier turns.

The earlier ones are computed from the seat's own events, by the same fold: a view is itself a log. That they come out
as they were is what makes it certain that an ask tells a seat nothing that it had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from arena.core.events import Addressed, AnyEvent, Replied, audience
from arena.core.game import Game
from arena.core.moderator import Moderator
from arena.core.table import Table, blank, evolve
from arena.core.view import Ask, Seen, View


def view(table: Table, moderator: Moderator, seat: int) -> View:
    """What a seat sees of the match now; beside it what the others see, where one agent is given every seat."""
    own = _view(table, moderator, seat)
    if not moderator.merged:
        return own
    return replace(own, others=tuple([_view(table, moderator, s) for s in table.game.everyone if s != seat]))


def _view(table: Table, moderator: Moderator, seat: int) -> View:
    game, seen = table.game, table.seen(seat)
    public, told = game.public or game, moderator.told

    # No partial, whose arguments anyone can read; and what the function holds on to is public or the seat's own.
    def earlier() -> Sequence[tuple[View, Ask]]:
        return recall(public, told, seat, seen)

    return View(seat, game.names, seen, table.known(seat), earlier)


def own_table(game: Game, events: Sequence[AnyEvent]) -> Table:
    """The table as a seat knows it, from that seat's events alone."""
    table = blank(game)
    for event in events:
        table = evolve(table, (Addressed(audience(event, game.everyone), event),))
    return table


def recall(game: Game, moderator: Moderator, seat: int, seen: Seen) -> Sequence[tuple[View, Ask]]:
    """The view and the ask of each earlier turn of a seat, from what that seat saw."""
    turns: list[tuple[View, Ask]] = []
    table = blank(game)
    for event in seen:
        if isinstance(event, Replied):
            turns.append((_view(table, moderator, seat), moderator.ask(table, seat)))
        table = evolve(table, (Addressed(audience(event, game.everyone), event),))
    return turns
