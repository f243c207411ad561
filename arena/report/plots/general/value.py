"""The group's value over the rounds, beside what was to be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.report.numbers import number
from arena.report.plots.general.course import course
from arena.report.plots.picture import Record
from arena.report.visible import visible

if TYPE_CHECKING:
    from arena.report.plots.look import Chart


ROWS: Final = 20  # rounds shown in the terminal, evenly among all


class Value:
    """A step for each round, between the floor and the optimum."""

    name: Final = "value"
    about: Final = "the group's value at the end of each round, with the optimum and the floor"

    def missing(self, of: Record) -> str | None:
        return None if of.table.round else "the record ends before the first round"

    def chart(self, of: Record) -> Chart:
        from arena.report.plots.general.steps import steps

        return steps(of, course(of))

    def compact(self, of: Record, width: int) -> RenderableType:
        went = course(of)
        room = max(width - 30, 10)
        most = max(went.best, *went.values)
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
        table.add_column(style="dim")
        table.add_column(justify="right")
        table.add_column()
        rounds = len(went.values) - 1
        for n in sorted({round(1 + i * (rounds - 1) / (ROWS - 1)) for i in range(ROWS)}):
            value = went.values[n]
            filled = round(room * value / most) if value > 0 and most > 0 else 0
            table.add_row(f"round {n}", number(value), Text("━" * filled))
        table.add_row(
            "optimum", number(went.best), Text("─" * (round(room * went.best / most) if most > 0 else 0), "dim")
        )
        return Group(table, Text(f"floor ({visible(went.floor_name)}) {number(went.floor)}", "dim"))
