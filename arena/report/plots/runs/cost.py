"""What agents cost against what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Final

import altair as alt
from msgspec import Struct

from arena.report.plots.fitting import fitted
from arena.report.plots.look import Chart, data, finished, marks, words
from arena.report.plots.palette import INK, colour, shape
from arena.statistics.estimate import Estimate

WIDE: Final = 640
HIGH: Final = 320
NAME: Final = 140  # pixels


class Paid(Struct, frozen=True):
    """An agent: what it cost a match, in the unit of the axis, and what the matches in which it sat came to."""

    name: str
    each: float
    gain: Estimate


def cost(agents: Sequence[Paid], across: str, up: str, title: str, subtitle: Sequence[str]) -> Chart:
    """A mark an agent, with the interval of what came of it; cheap and good is up and to the left."""
    most = max(agent.each for agent in agents) or 1.0
    rows = [
        {
            "x": agent.each,
            "y": agent.gain.value,
            "low": agent.gain.low,
            "high": agent.gain.high,
            "shape": shape(i),
            "fill": colour(i),
            "stroke": INK,
            "thick": 1,
            "size": 130,
            "text": fitted(agent.name, NAME, 11),
            "colour": INK,
        }
        for i, agent in enumerate(agents)
    ]
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1.25 * most], nice=False), axis=alt.Axis(title=across, tickCount=6))
    y = alt.Y("y:Q", scale=alt.Scale(zero=True), axis=alt.Axis(title=up))
    known = [row for row in rows if isfinite(float(str(row["low"])))]
    rule = alt.Chart(data(known)).mark_rule(stroke=INK, strokeWidth=1.5)
    picture = alt.layer(
        rule.encode(x=x, y=alt.Y("low:Q", axis=alt.Axis(title=up)), y2="high"),
        marks(rows, x, y),
        *words(rows, x, y, align="left", dx=11, dy=-9),
    ).properties(width=WIDE, height=HIGH)
    chart: Chart = finished(picture, title, subtitle)
    return chart
