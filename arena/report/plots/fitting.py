"""How wide words are in a picture, and words cut to a width; good to a few pixels, which is what placing them needs.

And words cut to so many cells of a terminal.
"""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len, set_cell_size

from arena.report.visible import visible

# Advance widths of Helvetica, which Arial and Liberation Sans share, in thousandths of the size (Adobe's AFM).
_ASCII: Final = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_WIDTHS: Final = {chr(32 + i): int(width) for i, width in enumerate(_ASCII.split())} | {"…": 1000, "·": 278, "–": 556}
_CELL: Final = 600  # of a character that the table has not, for each cell that it takes in a terminal


def width(text: str, size: float) -> float:
    """The width of words in pixels, at a size in pixels."""
    return sum([_WIDTHS[c] if c in _WIDTHS else _CELL * cell_len(c) for c in text]) * size / 1000


def fitted(text: str, pixels: float, size: float) -> str:
    """`visible` words, cut with an ellipsis where they are wider than so many pixels."""
    shown = visible(text)
    if width(shown, size) <= pixels:
        return shown
    while shown and width(f"{shown}…", size) > pixels:
        shown = shown[:-1]
    return f"{shown.rstrip()}…"


def cut(text: str, cells: int) -> str:
    """`visible` words, cut with an ellipsis where they are wider than so many cells of a terminal."""
    shown = visible(text)
    return shown if cell_len(shown) <= cells else f"{set_cell_size(shown, cells - 1).rstrip()}…"
