"""The picture of a dilemma: choices round by round, and the points of each seat added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import RenderableType

from arena.report.plots.picture import Picture, Record

if TYPE_CHECKING:
    from arena.report.plots.look import Chart


class Choices:
    """A row for each seat, a square for each choice, and beneath them how the points grew."""

    name: Final = "choices"
    about: Final = "who chose what in each round, who cooperated, and the points of each added up"

    def missing(self, of: Record) -> str | None:
        w = of.table.world
        dealt = w.common.rules is not None and w.own.fate is not None
        return None if dealt else "the record ends before anything is dealt"

    def chart(self, of: Record) -> Chart:
        from arena.report.plots.families.dilemma.rows import choices
        from arena.report.plots.families.dilemma.scene import scene

        return choices(of, scene(of))

    def compact(self, of: Record, width: int) -> RenderableType:
        from arena.report.plots.families.dilemma.lines import lines
        from arena.report.plots.families.dilemma.scene import scene

        return lines(of, scene(of), width)


PICTURES: tuple[Picture, ...] = (Choices(),)
