"""Pictures that are set in pixels from their upper left corner: boxes, strokes and words, each as its row says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from arena.report.plots.look import WORDS, Row, data, literal
from arena.report.plots.look import marks as points

X: Final = literal(alt.X, "x:Q")
Y: Final = literal(alt.Y, "y:Q")


def boxes(rows: Sequence[Row], **mark: Any) -> alt.Chart:
    """Rectangles from (x, y) to (x2, y2), with `fill` and `stroke`."""
    chart = alt.Chart(data(rows)).mark_rect(**mark)
    made: alt.Chart = chart.encode(
        x=X, x2="x2", y=Y, y2="y2", fill=literal(alt.Fill, "fill:N"), stroke=literal(alt.Stroke, "stroke:N")
    )
    return made


def strokes(rows: Sequence[Row], **mark: Any) -> alt.Chart:
    """Straight lines from (x, y) to (x2, y2), of a `colour`."""
    chart = alt.Chart(data(rows)).mark_rule(**mark)
    made: alt.Chart = chart.encode(x=X, x2="x2", y=Y, y2="y2", color=literal(alt.Color, "colour:N"))
    return made


def marks(rows: Sequence[Row]) -> alt.Chart:
    """Points as their rows say, see `look.marks`."""
    return points(rows, X, Y)


def texts(rows: Sequence[Row], **mark: Any) -> alt.Chart:
    """Words of a `text` and a `colour` at (x, y): their middle, as long as `mark` does not align them otherwise."""
    chart = alt.Chart(data(rows)).mark_text(baseline="middle", **{"fontSize": WORDS, **mark})
    made: alt.Chart = chart.encode(x=X, y=Y, text="text:N", color=literal(alt.Color, "colour:N"))
    return made


def ticks(low: float, high: float) -> list[float]:
    """Numbers from `low` to `high`, at most seven, in steps of 1, 2 or 5 times a power of ten, one of them 0."""
    step = next(k * 10.0**n for n in range(-2, 12) for k in (1, 2, 5) if (high - low) / (k * 10.0**n) <= 6)
    return [step * i for i in range(math.ceil(low / step), math.floor(high / step) + 1)]
