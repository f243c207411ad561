"""How every picture is set: its type, its ground, its title; and rows of literal marks and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from arena.report.plots.fitting import fitted
from arena.report.plots.palette import GRID, INK, PAPER, QUIET

# Three names of one set of widths: what is drawn here is set alike wherever it is opened. vl-convert brings the first.
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDE: Final = 780  # pixels, without the margin around it
MARGIN: Final = 10
TITLE, SUBTITLE, WORDS = 17, 12, 11  # sizes in pixels

Chart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart
Row = dict[str, Any]


class Rows(alt.Data):
    """Inline data that altair does not copy, row by row, whenever it puts charts together: that is most of its time."""

    def __deepcopy__(self, memo: object) -> Rows:
        return self


def data(rows: Sequence[Row]) -> Rows:
    """Rows as inline data."""
    return Rows(values=list(rows))  # type: ignore[no-untyped-call]


def literal(channel: Any, shorthand: str) -> Any:
    """A channel whose values are what is drawn: a colour, a shape, a size, a place in pixels."""
    return channel(shorthand, scale=None)


def finished(chart: Any, title: str, subtitle: Sequence[str]) -> Any:
    """A chart with its title and the settings that all share.

    Nothing may be clipped or have a gradient: those are numbered by a counter that never starts afresh, and no two
    files would be the same. No mark describes itself (`aria`): Vega-Lite would write the titles of the axes, seats'
    names among them, into expressions. The picture as a whole is described where it is drawn.
    """
    heading = alt.TitleParams(
        fitted(title, WIDE, TITLE), subtitle=[fitted(line, WIDE, SUBTITLE) for line in subtitle], anchor="start"
    )
    return (
        chart.properties(title=heading, background=PAPER, padding=MARGIN)
        .configure(font=FONT, aria=False)
        .configure_title(
            fontSize=TITLE,
            fontWeight="bold",
            color=INK,
            subtitleFontSize=SUBTITLE,
            subtitleColor=QUIET,
            subtitlePadding=5,
            subtitleLineHeight=16,
            offset=14,
        )
        .configure_axis(
            labelFontSize=WORDS,
            labelColor=QUIET,
            titleFontSize=12,
            titleFontWeight="normal",
            titleColor=INK,
            titlePadding=8,
            gridColor=GRID,
            domainColor=QUIET,
            tickColor=QUIET,
            tickSize=4,
        )
        .configure_view(stroke=None)
    )


def marks(rows: Sequence[Row], x: Any, y: Any) -> alt.Chart:
    """Points as their rows say: `shape`, `fill`, `stroke`, `thick`, `size` (an area in square pixels)."""
    chart: alt.Chart = alt.Chart(data(rows)).mark_point(opacity=1)
    made: alt.Chart = chart.encode(
        x=x,
        y=y,
        shape=literal(alt.Shape, "shape:N"),
        fill=literal(alt.Fill, "fill:N"),
        stroke=literal(alt.Stroke, "stroke:N"),
        strokeWidth=literal(alt.StrokeWidth, "thick:Q"),
        size=literal(alt.Size, "size:Q"),
    )
    return made


def words(rows: Sequence[Row], x: Any, y: Any, **mark: Any) -> list[alt.Chart]:
    """Texts as their rows say: `text`, `colour`; on a pale edge, so that they can be read on top of lines."""
    base = alt.Chart(data(rows))
    mark = {"fontSize": WORDS, "baseline": "middle", **mark}
    edge = base.mark_text(stroke=PAPER, strokeWidth=3, strokeJoin="round", opacity=0.9, **mark)
    text = base.mark_text(**mark)
    place = {"x": x, "y": y, "text": alt.Text("text:N")}
    return [edge.encode(**place), text.encode(**place, color=literal(alt.Color, "colour:N"))]
