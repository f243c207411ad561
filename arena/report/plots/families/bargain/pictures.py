"""The picture of a bargain: a plane for two seats, parallel coordinates for more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import RenderableType

from arena.report.plots.picture import Picture, Record

if TYPE_CHECKING:
    from arena.report.plots.look import Chart


class Agreement:
    """What every deal is worth to the seats, and where the match went among them."""

    name: Final = "agreement"
    about: Final = "the space of agreements: frontier, solutions, the path of the offers, the deal"

    def missing(self, of: Record) -> str | None:
        dealt = of.table.world.common.rules is not None and len(of.table.world.own.sheets) == len(of.game.everyone)
        return None if dealt else "the record ends before anything is dealt"

    def chart(self, of: Record) -> Chart:
        from arena.report.plots.families.bargain.parallel import parallel
        from arena.report.plots.families.bargain.plane import plane
        from arena.report.plots.families.bargain.scene import scene

        shown = scene(of)
        return plane(of, shown) if len(shown.names) == 2 else parallel(of, shown)

    def compact(self, of: Record, width: int) -> RenderableType:
        from arena.report.plots.families.bargain.dotted import dotted
        from arena.report.plots.families.bargain.scene import scene
        from arena.report.plots.families.bargain.strips import strips

        shown = scene(of)
        return dotted(of, shown, width) if len(shown.names) == 2 else strips(of, shown, width)


PICTURES: tuple[Picture, ...] = (Agreement(),)
