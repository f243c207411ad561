"""The shock that may befall a dilemma: other payoffs, of the same game."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.dilemma.deal import drawn, shuffled
from arena.scenarios.dilemma.outcome import Facts, dealt
from arena.scenarios.dilemma.terms import Ring, Sheet, Shift


def shock(w: World[Ring], draw: Draw) -> Facts:
    """New payoffs for everyone, told as the old ones were; what cooperates still does. A traveller's claims stay."""
    rules, fate = w.common.rules, w.own.fate
    if rules is None or fate is None or rules.form == "claim":
        return ()
    seats, count = range(len(rules.names)), len(rules.actions)
    made = drawn(fate.game, len(seats), count, rules.private, draw.of("payoffs"))
    order = draw.of("order").sample(range(count), count)
    if fate.cooperate is not None:
        order = [0, 1] if fate.cooperate == 0 else [1, 0]
    points = [shuffled(rules.form, made.stage.points[seat], order) for seat in seats]
    sheets = [Sheet(seat, points[seat], old.canary) for seat, old in zip(seats, dealt(w), strict=True)]
    return tuple(Disclosed(Shift(sheet), (sheet.seat,) if rules.private else tuple(seats)) for sheet in sheets)
