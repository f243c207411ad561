"""The picture of a committee: its facts by option and member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import RenderableType

from arena.report.plots.picture import Picture, Record

if TYPE_CHECKING:
    from arena.report.plots.look import Chart


class Facts:
    """A block for each option: a row a fact, a column a member; beneath them views and votes."""

    name: Final = "facts"
    about: Final = "who knew which fact, who told it, truly or not, who heard it; views and votes"

    def missing(self, of: Record) -> str | None:
        w = of.table.world
        dealt = w.common.rules is not None and len(w.own.sheets) == len(of.game.everyone)
        return None if dealt else "the record ends before anything is dealt"

    def chart(self, of: Record) -> Chart:
        from arena.report.plots.families.committee.blocks import blocks
        from arena.report.plots.families.committee.scene import scene

        return blocks(of, scene(of))

    def compact(self, of: Record, width: int) -> RenderableType:
        from arena.report.plots.families.committee.grid import grid
        from arena.report.plots.families.committee.scene import scene

        return grid(of, scene(of), width)


PICTURES: tuple[Picture, ...] = (Facts(),)
