"""The agenda: how a match opens, how one phase gives way to the next, how it closes."""

from __future__ import annotations

from arena.core.events import AnyEvent, Closed, Opened, PhaseOpened, Valued, address
from arena.core.moderator import Ruling
from arena.core.table import Table, evolve


def opening(table: Table) -> Ruling:
    """The first ruling: the seats, the briefs, the first phase."""
    game = table.game
    names = tuple(seat.name for seat in game.task.seats)
    return Ruling((Opened(names), *game.scenario.open(game.task), PhaseOpened(1, game.task.agenda[0].name)))


def close_phase(table: Table, cap: int | None) -> tuple[AnyEvent, ...]:
    """What happened in the phase, and the next phase or the end.

    The game's deadline, or the meeting's cap on rounds.
    """
    game = table.game
    agenda = game.task.agenda
    name = agenda[table.phase].name
    facts = game.scenario.settle(table.world, name, game.draw.at("settle", table.round, name))
    after = evolve(table, address(facts, game.everyone)) if facts else table
    over = game.scenario.over(after.world)
    if over is not None:
        return (*facts, *close(after, over))
    if table.phase + 1 < len(agenda):
        return (*facts, PhaseOpened(table.round, agenda[table.phase + 1].name))
    if table.round == game.task.rounds:
        return (*facts, *close(after, "deadline"))
    if table.round == cap:
        return (*facts, *close(after, "rounds"))
    return (*facts, PhaseOpened(table.round + 1, agenda[0].name))


def close(table: Table, why: str) -> tuple[AnyEvent, ...]:
    """The end: how it came out, told to nobody, and that it is over, told to all. A saboteur's payoff is -V."""
    outcome = table.game.scenario.outcome(table.world, why, table.forfeits)
    payoffs = tuple([-outcome.value if s in table.turned else each for s, each in enumerate(outcome.payoffs)])
    return Valued(outcome.status, outcome.utilities, payoffs, outcome.value), Closed(why)
