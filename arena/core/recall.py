"""What a seat is shown: its view now, and the views and asks of its earlier turns.

The earlier ones are computed from the seat's own events, by the same fold: a view is itself a log. That they come out
as they were is what makes it certain that an ask tells a seat nothing that it had not seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from arena.core.draw import Draw
from arena.core.events import Addressed, AnyEvent, Replied, Seats, audience
from arena.core.protocol import AnyScenario, Moderator
from arena.core.table import Game, Table, blank, evolve
from arena.core.task import Phase, Seat
from arena.core.view import Ask, Seen, View


class Setting(Struct, frozen=True):
    """What is public of a task: enough to fold a seat's own events, and nothing to find in it by digging."""

    seats: tuple[Seat, ...]
    agenda: tuple[Phase, ...]
    rounds: None = None


def view(table: Table, moderator: Moderator, seat: int) -> View:
    """What a seat sees of the match now."""
    game, seen = table.game, table.seen(seat)
    scenario, everyone, seats, agenda = game.scenario, game.everyone, game.task.seats, game.task.agenda

    # It holds what is public and the seat's own, not the game: neither the task nor the dice can be had from a view.
    def earlier() -> Sequence[tuple[View, Ask]]:
        return recall(public(scenario, everyone, seats, agenda), moderator, seat, seen)

    return View(seat, game.names, seen, table.known(seat), earlier)


def public(scenario: AnyScenario, everyone: Seats, seats: tuple[Seat, ...], agenda: tuple[Phase, ...]) -> Game:
    """A game as everybody knows it: no secrets were dealt in it, and nothing is drawn from its draw."""
    return Game(scenario, Setting(seats, agenda), Draw(b""), everyone)


def names(game: Game) -> tuple[str, ...]:
    """What the seats are called, by number."""
    return game.names


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
            turns.append((view(table, moderator, seat), moderator.ask(table, seat)))
        table = evolve(table, (Addressed(audience(event, game.everyone), event),))
    return turns
