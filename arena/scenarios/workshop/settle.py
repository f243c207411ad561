"""The end of a round of work: who has which task, what was lost, what is done."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.workshop.project import floor, project
from arena.scenarios.workshop.terms import (
    Bench,
    Deed,
    Fact,
    HandOver,
    Idle,
    Move,
    Rules,
    Shift,
    Shop,
    Take,
    Work,
)
from arena.solutions.shopfloor import IDLE, Act, advance

Facts = tuple[Disclosed[Fact], ...]


def settle(w: World[Shop], phase: str, draw: Draw) -> Facts:
    """What everyone did in a round of work, told to all. Who keeps a task that several took up goes by lot."""
    rules, bench = w.common.rules, w.common.bench
    if rules is None or bench is None or phase != "work":
        return ()
    seats, chosen = range(len(rules.names)), dict(w.own.chosen)
    acts = [act(rules, chosen[seat]) if seat in chosen else IDLE for seat in seats]
    order = draw.of("lots").sample(seats, len(seats))
    after, came = advance(project(w), floor(bench), acts, order)
    deeds = tuple([Deed(*deed) for deed in came])
    return (Disclosed(Shift(w.common.round, deeds, Bench(after.left, after.hands)), tuple(seats)),)


def act(rules: Rules, move: Move) -> Act:
    """A move in the terms of the floor."""
    match move:
        case Take(task=task):
            return Act("take", [piece.name for piece in rules.pieces].index(task))
        case Work():
            return Act("work")
        case HandOver(to=to):
            return Act("hand", rules.names.index(to))
        case Idle():
            return IDLE
