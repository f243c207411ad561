"""Bargains small enough to work out by hand, and a way to play them without a meeting."""

from __future__ import annotations

from typing import Any

from arena.core.draw import Draw
from arena.core.events import Moved, PhaseOpened, audience
from arena.core.protocol import Played
from arena.core.view import World
from arena.scenarios.bargain import games
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import BargainTask, Dealings, Move

DRAW = Draw.root(1, "test")

# Two issues with two options each; the whole of both sheets at a glance.
PAIR: dict[str, Any] = {
    "issues": {"price": ["low", "high"], "term": ["short", "long"]},
    "parties": {
        "buyer": {"threshold": 5, "points": {"price": [10, 0], "term": [0, 4]}},
        "seller": {"threshold": 3, "points": {"price": [0, 10], "term": [5, 0]}},
    },
}


def table(*rows: list[float], thresholds: list[float] | None = None, **more: Any) -> dict[str, Any]:
    """A game in table form: outcomes o0, o1, ... with these utilities; parties p0, p1, ..."""
    least = thresholds or [0.0] * len(rows[0])
    parties = {f"p{i}": {"threshold": d} for i, d in enumerate(least)}
    return {"outcomes": {f"o{i}": row for i, row in enumerate(rows)}, "parties": parties, **more}


def many(seats: int, **more: Any) -> dict[str, Any]:
    """A game in table form with four outcomes, worth 1, 2, 3, 4 to each of so many parties."""
    return table(*[[float(worth)] * seats for worth in (1, 2, 3, 4)], **more)


def dealt(game: dict[str, Any]) -> BargainTask:
    return games.task(game, DRAW)


def opened(task: BargainTask, seat: int | None = None) -> World[Dealings]:
    """The world after the briefs, in the first round: as a seat knows it, or the moderator."""
    return told(
        World(SCENARIO.blank(), SCENARIO.blank()), len(task.seats), seat, *SCENARIO.open(task), PhaseOpened(1, "table")
    )


def told(w: World[Dealings], seats: int, seat: int | None, *events: Played) -> World[Dealings]:
    """What somebody knows after these events; what not all see goes to the others' own worlds."""
    common, own = w.common, w.own
    for event in events:
        to = audience_of(event, seats)
        if len(to) == seats:
            common = SCENARIO.evolve(common, event)
        elif seat is None or seat in to:
            own = SCENARIO.evolve(own, event)
    return World(common, own)


def audience_of(event: Played, seats: int) -> tuple[int, ...]:
    return audience(event, tuple(range(seats)))


def after(w: World[Dealings], *acts: tuple[int, Move] | int) -> World[Dealings]:
    """The moderator's world after moves (seat, move) and openings of rounds (their numbers)."""
    common = w.common
    for act in acts:
        event: Played = PhaseOpened(act, "table") if isinstance(act, int) else Moved(*act)
        common = SCENARIO.evolve(common, event)
    return World(common, w.own)
