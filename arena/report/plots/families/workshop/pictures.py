"""The picture of a workshop: a Gantt chart of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import RenderableType

from arena.report.plots.picture import Picture, Record

if TYPE_CHECKING:
    from arena.report.plots.look import Chart


class Gantt:
    """A row for each seat, a bar for each stretch of work, and what was for nothing marked."""

    name: Final = "gantt"
    about: Final = "a Gantt chart of the work: who did what when, what was done twice or lost, the shortest plan"

    def missing(self, of: Record) -> str | None:
        w = of.table.world
        dealt = w.common.rules is not None and len(w.own.sheets) == len(of.game.everyone)
        return None if dealt else "the record ends before anything is dealt"

    def chart(self, of: Record) -> Chart:
        from arena.report.plots.families.workshop.gantt import gantt
        from arena.report.plots.families.workshop.scene import scene

        return gantt(of, scene(of))

    def compact(self, of: Record, width: int) -> RenderableType:
        from arena.report.plots.families.workshop.lines import lines
        from arena.report.plots.families.workshop.scene import scene

        return lines(of, scene(of), width)


PICTURES: tuple[Picture, ...] = (Gantt(),)
