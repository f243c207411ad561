"""How a measure is spread over matches, agent by agent: a histogram each, with the mean and its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, isfinite
from typing import Any, Final

import altair as alt
from msgspec import Struct

from arena.report.estimates import interval
from arena.report.plots.fitting import fitted
from arena.report.plots.look import Chart, Row, data, finished, literal
from arena.report.plots.palette import INK, QUIET, RATIONAL
from arena.statistics.estimate import Estimate

LEFT: Final = 150  # pixels for the names
ACROSS: Final = 430
RIGHT: Final = 160  # for the means
ROW: Final = 46
BINS: Final = 40


class Spread(Struct, frozen=True):
    """The values of an agent's matches, and what they come to."""

    name: str
    values: tuple[float, ...]
    mean: Estimate


def spread(rows: Sequence[Spread], measure: str, title: str, subtitle: Sequence[str]) -> Chart:
    """A row an agent; the height of a bar is the share of its matches."""
    found = [value for row in rows for value in row.values if isfinite(value)]
    low, high = min([*found, 0.0]), max([*found, 1.0])
    scale = alt.Scale(domain=[low, high], range=[LEFT, LEFT + ACROSS], nice=False, zero=False)
    axis = alt.Axis(title=measure, grid=True, domain=False, tickCount=6)
    x = alt.X("x:Q", scale=scale, axis=axis)
    y = literal(alt.Y, "y:Q").axis(None)
    bars = alt.Chart(data(list(_bars(rows, low, high)))).mark_rect(fill=RATIONAL)
    means = [_mean(row, i, low, high) for i, row in enumerate(rows) if isfinite(row.mean.value)]
    layers = [
        bars.encode(x=x, x2="x2", y=y, y2="y2"),
        alt.Chart(data([row for row in means if isfinite(row["low"])]))
        .mark_rule(stroke=INK, strokeWidth=3)
        .encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high", y=y),
        alt.Chart(data(means)).mark_point(shape="diamond", filled=True, fill=INK, size=90, opacity=1).encode(x=x, y=y),
        *_words([_name(row.name, i) for i, row in enumerate(rows)], "right", INK),
        *_words([_said(row.mean, i) for i, row in enumerate(rows)], "left", QUIET),
    ]
    picture = alt.layer(*layers).properties(width=LEFT + ACROSS + RIGHT, height=ROW * len(rows))
    chart: Chart = finished(picture, title, subtitle)
    return chart


def _bars(rows: Sequence[Spread], low: float, high: float) -> Iterator[Row]:
    wide = (high - low) / BINS
    for i, row in enumerate(rows):
        counts = [0] * BINS
        for value in row.values:
            if isfinite(value):
                counts[min(floor((value - low) / wide), BINS - 1)] += 1
        most = max(counts)
        for k, n in enumerate(counts):
            if n:
                base = (i + 1) * ROW - 10
                top = base - max((ROW - 16) * n / most, 1.5)
                yield {"x": low + k * wide, "x2": low + (k + 1) * wide, "y": base, "y2": top}


def _mean(row: Spread, i: int, low: float, high: float) -> Row:
    """The mean and its interval, as far as the axis goes; the words beside it have the whole."""
    ends = {"low": max(row.mean.low, low), "high": min(row.mean.high, high)}
    return {"x": row.mean.value, "y": (i + 1) * ROW - 4, **ends}


def _name(name: str, i: int) -> Row:
    return {"x": LEFT - 14, "y": (i + 0.6) * ROW, "text": fitted(name, LEFT - 18, 12)}


def _said(mean: Estimate, i: int) -> Row:
    return {"x": LEFT + ACROSS + 14, "y": (i + 0.6) * ROW, "text": interval(mean)}


def _words(rows: list[Row], align: Any, colour: str) -> list[alt.Chart]:
    text = alt.Chart(data(rows)).mark_text(align=align, baseline="middle", fontSize=12, color=colour)
    return [text.encode(x=literal(alt.X, "x:Q"), y=literal(alt.Y, "y:Q").axis(None), text="text:N")]
