"""The picture of a commons: a bar a round for the stock, cut into what each took and what was left to grow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import RenderableType

from arena.report.plots.picture import Picture, Record

if TYPE_CHECKING:
    from arena.report.plots.look import Chart


class Stock:
    """What there was in each round, who took how much, what lasts, and the way of the optimum."""

    name: Final = "stock"
    about: Final = "the stock round by round: harvests of each seat, what lasts, collapse, the optimum"

    def missing(self, of: Record) -> str | None:
        w = of.table.world
        dealt = w.common.rules is not None and w.own.fate is not None
        return None if dealt else "the record ends before anything is dealt"

    def chart(self, of: Record) -> Chart:
        from arena.report.plots.families.commons.scene import scene
        from arena.report.plots.families.commons.stacks import stacks

        return stacks(of, scene(of))

    def compact(self, of: Record, width: int) -> RenderableType:
        from arena.report.plots.families.commons.bars import bars
        from arena.report.plots.families.commons.scene import scene

        return bars(of, scene(of), width)


PICTURES: tuple[Picture, ...] = (Stock(),)
