"""The shock that may befall a workshop: a skill is lost, or a task grows."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.workshop.settle import Facts
from arena.scenarios.workshop.terms import Grown, Lost, Shop

GROWTH = 2  # rounds by which a task grows


def shock(w: World[Shop], draw: Draw) -> Facts:
    """A seat loses a skill that somebody else has too, told to it alone; or a task that is not done grows by two
    rounds, told to all. By lot; nothing once all is done."""
    rules, bench = w.common.rules, w.common.bench
    if rules is None or bench is None:
        return ()
    undone = [task for task, left in enumerate(bench.left) if left]
    needed = {rules.pieces[task].skill for task in undone}
    losses = [
        Lost(sheet.seat, skill)
        for sheet in w.own.sheets
        for skill in sheet.skills
        if skill in needed and any(skill in other.skills for other in w.own.sheets if other.seat != sheet.seat)
    ]
    rng = draw.of("shock")
    if losses and rng.random() < 1 / 2:
        lost = rng.choice(losses)
        return (Disclosed(lost, (lost.seat,)),)
    return (Disclosed(Grown(rng.choice(undone), GROWTH), tuple(range(len(rules.names)))),) if undone else ()
