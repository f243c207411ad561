"""Rows of labelled values, aligned: as many to a line as the width allows, the rest on lines below."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

GAP = 3


@dataclass(frozen=True)
class Across:
    """Rows of a heading and its values, each value a name and what it comes to; `best` ones stand out."""

    rows: tuple[tuple[str, tuple[tuple[str, str], ...], tuple[bool, ...]], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        headings = max([cell_len(heading) for heading, _, _ in self.rows], default=0)
        names = max([cell_len(name) for _, values, _ in self.rows for name, _ in values], default=0)
        figures = max([cell_len(figure) for _, values, _ in self.rows for _, figure in values], default=0)
        most = max([len(values) for _, values, _ in self.rows], default=1)
        room = options.max_width - headings - 2
        columns = max(1, min(most, (room + GAP) // (names + 1 + figures + GAP)))
        lines = -(-most // columns)
        yield self._grid(-(-most // lines), names, figures)  # evenly spread: 3 and 3 rather than 5 and 1

    def _grid(self, columns: int, names: int, figures: int) -> Table:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True, style="dim")
        grid.add_column()
        for heading, values, best in self.rows:
            cells = [
                Text(f"{name}{' ' * (names - cell_len(name) + 1)}{figure:>{figures}}", "bold" if top else "")
                for (name, figure), top in zip(values, best, strict=True)
            ]
            lines = [Text(" " * GAP).join(cells[i : i + columns]) for i in range(0, len(cells), columns)]
            grid.add_row(Text(heading), Text("\n").join(lines))
        return grid
