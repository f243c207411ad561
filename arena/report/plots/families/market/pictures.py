"""The picture of a market: what units are worth to whom, and at which prices they went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import RenderableType

from arena.report.plots.picture import Picture, Record

if TYPE_CHECKING:
    from arena.report.plots.look import Chart


class Trades:
    """Supply and demand on the left, the offers and the trades in their order on the right."""

    name: Final = "trades"
    about: Final = "supply and demand, competitive prices, and the offers and trades in their order"

    def missing(self, of: Record) -> str | None:
        w = of.table.world
        dealt = w.common.rules is not None and {s.seat for s in w.own.sheets} == set(of.game.everyone)
        return None if dealt else "the record ends before anything is dealt"

    def chart(self, of: Record) -> Chart:
        from arena.report.plots.families.market.floor import floor
        from arena.report.plots.families.market.scene import scene

        return floor(of, scene(of))

    def compact(self, of: Record, width: int) -> RenderableType:
        from arena.report.plots.families.market.scene import scene
        from arena.report.plots.families.market.strips import strips

        return strips(of, scene(of), width)


PICTURES: tuple[Picture, ...] = (Trades(),)
