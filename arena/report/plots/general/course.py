"""What the group had after each round."""

from __future__ import annotations

from dataclasses import dataclass

from arena.core.events import PhaseOpened
from arena.core.table import blank, evolve
from arena.report.plots.picture import Record


@dataclass(frozen=True)
class Course:
    """V after each round, from round 0 (before the first) on; the optimum, and the headline floor with its name."""

    values: tuple[float, ...]
    best: float
    floor: float
    floor_name: str


def course(of: Record) -> Course:
    """What breaking off at the end of each round would have left the group with, and what it has in the end."""
    table, values = blank(of.game), list[float]()
    reference = of.header.reference
    for line in of.lines:
        for i, event in enumerate([a.e for a in line.es]):
            if isinstance(event, PhaseOpened) and event.round > table.round:
                settled = evolve(table, line.es[:i])  # what settles a round stands in the line that opens the next
                values.append(of.game.scenario.outcome(settled.world, None, settled.forfeits).value)
        table = evolve(table, line.es)
    ended = of.table.valued.value if of.table.valued is not None else of.outcome.value
    return Course((*values, ended), reference.best, reference.floors[reference.headline].value, reference.headline)
