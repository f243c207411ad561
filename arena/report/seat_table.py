"""Measures that each seat has its own of: the seats across, in as many tables as the width asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from arena.report.cast import LONGEST, Cast
from arena.report.labels import Label
from arena.report.values import shown

GAP = 3


@dataclass(frozen=True)
class SeatTable:
    """Measures with a value for each seat of the cast, in seat order."""

    cast: Cast
    rows: tuple[tuple[Label, Sequence[Any]], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        heads = max([cell_len(label.words) for label, _ in self.rows], default=0)
        cells = [len(shown(value, label.form)) for label, values in self.rows for value in values]
        widest = max(self.cast.width, min(max(cells, default=0), LONGEST))
        fit = max(1, (options.max_width - heads) // (widest + GAP))
        for first in range(0, len(self.cast.names), fit):
            if first:
                yield Text()
            yield self._table(range(first, min(first + fit, len(self.cast.names))), heads, widest)

    def _table(self, seats: Sequence[int], heads: int, widest: int) -> Table:
        table = Table(box=None, padding=(0, 0, 0, GAP), pad_edge=False)
        table.add_column(no_wrap=True, min_width=heads)
        for seat in seats:
            table.add_column(self.cast.label(seat), justify="right", min_width=widest, max_width=widest)
        for label, values in self.rows:
            table.add_row(Text(label.words), *[shown(values[seat], label.form) for seat in seats])
        return table
