"""The key beside a picture: what its marks mean, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt

from arena.report.plots.fitting import fitted
from arena.report.plots.look import WORDS, Chart, Row, data, literal, marks
from arena.report.plots.palette import INK, QUIET

LINE: Final = 19  # pixels from one entry to the next
INDENT: Final = 26
MIDDLE: Final = 9


@dataclass(frozen=True)
class Entry:
    """A line of the key: a mark, a stroke, a letter or nothing before some words; a `head` stands over others."""

    text: str
    shape: str = ""
    fill: str = "none"
    stroke: str = "none"
    thick: float = 0.0
    size: float = 70
    line: float = 0.0  # how thick a stroke, in place of a mark
    dash: tuple[int, ...] = (1, 0)
    letter: str = ""
    head: bool = False


def key(entries: Sequence[Entry], width: int, height: int) -> Chart:
    """The key as a chart of its own, to stand beside the picture."""
    rows = [(entry, top) for entry, top in zip(entries, _tops(entries), strict=True)]
    x, y = literal(alt.X, "x:Q"), literal(alt.Y, "y:Q")
    points = [_mark(entry, top) for entry, top in rows if entry.shape]
    letters = [{"x": MIDDLE, "y": top, "text": e.letter} for e, top in rows if e.letter]
    layers: list[alt.Chart] = [_stroke(entry, top) for entry, top in rows if entry.line]
    layers.append(marks(points, x, y))
    layers.append(
        alt.Chart(data(letters))
        .mark_text(fontSize=WORDS, fontWeight="bold", color=INK, baseline="middle")
        .encode(x=x, y=y, text="text:N")
    )
    for head in (True, False):
        texts: list[Row] = [_words(entry, top, width) for entry, top in rows if entry.head == head]
        style = {"fontWeight": "bold", "color": INK} if head else {"color": QUIET}
        layers.append(
            alt.Chart(data(texts))
            .mark_text(fontSize=WORDS, align="left", baseline="middle", **style)  # type: ignore[arg-type]
            .encode(x=x, y=y, text="text:N")
        )
    chart: Chart = alt.layer(*layers).properties(width=width, height=height)
    return chart


def _tops(entries: Sequence[Entry]) -> list[float]:
    """Where each line stands: a head keeps some distance from what is above it."""
    tops: list[float] = []
    top = 8.0
    for entry in entries:
        top += 8 if entry.head and tops else 0
        tops.append(top)
        top += LINE
    return tops


def _mark(entry: Entry, top: float) -> Row:
    return {
        "x": MIDDLE,
        "y": top,
        "shape": entry.shape,
        "fill": entry.fill,
        "stroke": entry.stroke,
        "thick": entry.thick,
        "size": entry.size,
    }


def _stroke(entry: Entry, top: float) -> alt.Chart:
    rows: list[Row] = [{"x": 0, "x2": 2 * MIDDLE, "y": top}]
    rule = alt.Chart(data(rows)).mark_rule(color=entry.stroke, strokeWidth=entry.line, strokeDash=list(entry.dash))
    made: alt.Chart = rule.encode(x=literal(alt.X, "x:Q"), x2=alt.X2("x2:Q"), y=literal(alt.Y, "y:Q"))
    return made


def _words(entry: Entry, top: float, width: int) -> Row:
    left = 0 if entry.head or not (entry.shape or entry.line or entry.letter) else INDENT
    return {"x": left, "y": top, "text": fitted(entry.text, width - left, WORDS * (1.06 if entry.head else 1))}
