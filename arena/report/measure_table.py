"""Measures of the group, one a line: its name, the value, a bar where it is a share, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from arena.report.labels import Label
from arena.report.values import bar, missing, remark, shown

ROOMY = 90  # cells; on a narrower page a remark stands only where there is no value


@dataclass(frozen=True)
class MeasureTable:
    """Measures with their labels, in order; with `of`, the bars show what part of it they are."""

    rows: tuple[tuple[Label, object], ...]
    of: float | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(style="dim")
        for label, value in self.rows:
            words = Text(label.words)
            if isinstance(value, Mapping | str):
                grid.add_row(words, Text(), shown(value))
                continue
            beside = self._bar(label, value)
            if missing(value) or options.max_width >= ROOMY:
                beside.append(remark(label, value))
            grid.add_row(words, shown(value, label.form), beside)
        yield grid

    def _bar(self, label: Label, value: object) -> Text:
        if not isinstance(value, int | float) or missing(value):
            return Text()
        if self.of is not None:
            return bar(value / self.of, "yellow").append("  ") if self.of > 0 else Text()
        return bar(value).append("  ") if label.form == "ratio" else Text()
