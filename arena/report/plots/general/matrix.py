"""Messages from each seat to each other as a matrix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import altair as alt

from arena.report.numbers import count
from arena.report.plots.caption import caption
from arena.report.plots.fitting import fitted
from arena.report.plots.general.heard import Heard
from arena.report.plots.look import WORDS, Chart, Row, data, finished, literal
from arena.report.plots.palette import GRID, INK, PAPER, QUIET
from arena.report.plots.picture import Record

NAMES: Final = 150  # pixels left of the matrix
ACROSS: Final = 560
LARGEST: Final = 78
HEAD: Final = 24  # above it
# One hue from pale to dark, lightness falling evenly.
TONES: Final = ("#f3f7fb", "#dce8f3", "#bdd5e9", "#93bcdc", "#649fca", "#3a80b4", "#1c6197", "#0a4373")
DARK: Final = 4  # from this tone on, words on it are white


def matrix(of: Record, spoken: Heard) -> Chart:
    """A row for each seat that spoke, a column for each that heard it; a last column for the messages sent."""
    seats = len(spoken.sent)
    side = min(LARGEST, ACROSS / (seats + 1))
    names = of.game.names
    x, y = literal(alt.X, "x:Q"), literal(alt.Y, "y:Q")
    rows = list(_cells(spoken, side))
    squares = alt.Chart(data(rows)).mark_rect(stroke=PAPER, strokeWidth=2)
    layers = [
        squares.encode(x=x, y=y, x2="x2", y2="y2", fill=literal(alt.Fill, "fill:N")),
        *_texts([_inside(row, side) for row in rows], x, y, fontSize=min(15, side / 2.6), fontWeight="bold"),
        *_texts([{**_low(row, side), "text": row["aside"]} for row in rows if row["aside"]], x, y, fontSize=9),
        *_texts(list(_sent(spoken, side)), x, y, fontSize=min(13, side / 2.6)),
        *_texts(list(_from(names, side)), x, y, align="right", fontSize=12),
        *_texts(list(_to(names, side)), x, y, fontSize=min(12, max(9, side / 6))),
    ]
    height = HEAD + seats * side
    picture = alt.layer(*layers).properties(width=NAMES + (seats + 1) * side, height=height)
    total, asides = sum(spoken.sent), sum(map(sum, spoken.aside))
    said = f"{count(total, 'message')}; rows speak, columns hear"
    small = "; small: heard by that seat and not by all" if asides else ""
    chart: Chart = finished(picture, "Who spoke to whom", [*caption(of), said + small])
    return chart


def _cells(spoken: Heard, side: float) -> Iterator[Row]:
    most = max(map(max, spoken.all))
    for i, row in enumerate(spoken.all):
        for j, n in enumerate(row):
            left, top = NAMES + j * side, HEAD + i * side
            tone = 0 if not n else 1 + round((len(TONES) - 2) * n / most)
            yield {
                "x": left,
                "x2": left + side,
                "y": top,
                "y2": top + side,
                "fill": GRID if i == j else TONES[tone],
                "text": "" if i == j else str(n),
                "aside": f"{spoken.aside[i][j]} aside" if spoken.aside[i][j] else "",
                "colour": PAPER if tone >= DARK and i != j else INK,
            }


def _inside(row: Row, side: float) -> Row:
    lift = side * 0.08 if row["aside"] else 0
    place = {"x": row["x"] + side / 2, "y": row["y"] + side / 2 - lift}
    return {**place, "text": row["text"], "colour": row["colour"]}


def _low(row: Row, side: float) -> Row:
    return {"x": row["x"] + side / 2, "y": row["y"] + side * 0.78, "colour": row["colour"]}


def _sent(spoken: Heard, side: float) -> Iterator[Row]:
    left = NAMES + (len(spoken.sent) + 0.5) * side
    yield {"x": left, "y": HEAD - 12, "text": "sent", "colour": QUIET}
    for i, n in enumerate(spoken.sent):
        yield {"x": left, "y": HEAD + (i + 0.5) * side, "text": str(n), "colour": QUIET}


def _from(names: tuple[str, ...], side: float) -> Iterator[Row]:
    for i, name in enumerate(names):
        yield {"x": NAMES - 10, "y": HEAD + (i + 0.5) * side, "text": fitted(name, NAMES - 14, 12), "colour": INK}


def _to(names: tuple[str, ...], side: float) -> Iterator[Row]:
    for j, name in enumerate(names):
        size = min(12, max(9, side / 6))
        yield {"x": NAMES + (j + 0.5) * side, "y": HEAD - 12, "text": fitted(name, side - 4, size), "colour": INK}


def _texts(rows: list[Row], x: Any, y: Any, **mark: Any) -> list[alt.Chart]:
    text = alt.Chart(data(rows)).mark_text(baseline="middle", **{"fontSize": WORDS, **mark})
    return [text.encode(x=x, y=y, text="text:N", color=literal(alt.Color, "colour:N"))]
