"""A canvas for the terminal: shaded cells, lines of braille dots (eight to a cell), and words written over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.text import Text

DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # by row and column (Unicode, U+2800)
EMPTY: Final = 0x2800


@dataclass
class Canvas:
    """So many cells across and down; places are shares of the canvas, from its lower left corner (0, 0) to (1, 1)."""

    columns: int
    rows: int
    dots: dict[tuple[int, int], tuple[int, str]] = field(default_factory=dict)
    shades: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    written: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    rules: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)

    def dot(self, x: float, y: float, style: str) -> None:
        """A dot; its whole cell takes the style of the last dot in it."""
        across = min(int(x * self.columns * 2), self.columns * 2 - 1)
        down = min(int((1 - y) * self.rows * 4), self.rows * 4 - 1)
        cell = (down // 4, across // 2)
        bits = self.dots.get(cell, (0, ""))[0]
        self.dots[cell] = (bits | DOTS[down % 4][across % 2], style)

    def line(self, start: tuple[float, float], end: tuple[float, float], style: str) -> None:
        """A straight line of dots."""
        steps = int(max(abs(end[0] - start[0]) * self.columns * 2, abs(end[1] - start[1]) * self.rows * 4)) + 1
        for i in range(steps + 1):
            part = i / steps
            self.dot(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part, style)

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """The row and column of the cell that a place is in."""
        return min(int((1 - y) * self.rows), self.rows - 1), min(int(x * self.columns), self.columns - 1)

    def ruled(self, axis: int, at: float, mark: str, style: str) -> None:
        """A line from top to bottom (axis 0, at an x) or from side to side (axis 1, at a y); under everything else."""
        row, column = self.cell(at, at)
        cells = [(row, c) for c in range(self.columns)] if axis else [(r, column) for r in range(self.rows)]
        for each in cells:
            self.rules.setdefault(each, (mark, style))

    def write(self, x: float, y: float, text: str, style: str) -> bool:
        """Words whose first character stands at a place, or their last where they would not fit to its right.

        False, and nothing written, where other words are in the way.
        """
        row, column = self.cell(x, y)
        first = column if column + cell_len(text) <= self.columns else column - cell_len(text) + 1
        cells = [(row, first + i) for i in range(cell_len(text))]
        if cell_len(text) != len(text) or any(c < 0 or (r, c) in self.written for r, c in cells):
            return False
        self.written |= {cell: (char, style) for cell, char in zip(cells, text, strict=True)}
        return True

    def shade(self, place: Sequence[float] | NDArray[np.float64], mark: str, style: str) -> None:
        """What a cell is filled with: it gives way to words and to dots, and lines give way to it."""
        self.shades[self.cell(float(place[0]), float(place[1]))] = (mark, style)

    def lines(self) -> list[Text]:
        """What was drawn, a line a row."""
        return [self._line(row) for row in range(self.rows)]

    def _line(self, row: int) -> Text:
        line = Text(no_wrap=True)
        for column in range(self.columns):
            cell = (row, column)
            bits, style = self.dots.get(cell, (0, ""))
            dots = (chr(EMPTY + bits), style) if bits else None
            line.append(*(self.written.get(cell) or dots or self.shades.get(cell) or self.rules.get(cell) or (" ", "")))
        return line
