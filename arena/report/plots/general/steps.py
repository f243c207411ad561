"""The group's value over the rounds as a line of steps."""

from __future__ import annotations

import altair as alt

from arena.report.numbers import number
from arena.report.plots.caption import caption
from arena.report.plots.fitting import fitted
from arena.report.plots.general.course import Course
from arena.report.plots.look import WORDS, Chart, data, finished, words
from arena.report.plots.palette import INK, QUIET, colour
from arena.report.plots.picture import Record

WIDTH = 600
HEIGHT = 320
MANY = 40  # rounds whose ends are marked


def steps(of: Record, went: Course) -> Chart:
    """Value upwards, rounds across; lines for the optimum and the floor, named at their right end."""
    last = len(went.values) - 1
    values = [*went.values, went.best, went.floor]
    low, high = min(values), max(values)
    air = (high - low or 1.0) * 0.08
    x = alt.X(
        "x:Q",
        title="rounds played",
        scale=alt.Scale(domain=[0, max(last, 1)], nice=False),
        axis=alt.Axis(tickMinStep=1, tickCount=min(last, 10), format="d", grid=False),
    )
    y = alt.Y("y:Q", title="group value", scale=alt.Scale(domain=[low - air, high + air], nice=False, zero=False))
    course = [{"x": n, "y": value} for n, value in enumerate(went.values)]
    line = alt.Chart(data(course)).mark_line(interpolate="step-before", color=INK, strokeWidth=2.4)
    ends = alt.Chart(data(course if last <= MANY else course[-1:])).mark_circle(color=INK, size=46, opacity=1)
    named = {
        "optimum": (went.best, [6, 3], colour(0)),
        f"floor ({fitted(went.floor_name, 70, WORDS)})": (went.floor, [2, 2], QUIET),
    }
    rules = [
        alt.Chart(data([{"y": value}])).mark_rule(color=tone, strokeDash=dash, strokeWidth=1.4).encode(y=y)
        for value, dash, tone in named.values()
    ]
    beside = [
        alt.Chart(data([{"y": value, "text": f"{name} {number(value)}"}]))
        .mark_text(align="left", dx=6, fontSize=WORDS, color=tone, baseline="middle")
        .encode(x=alt.value(WIDTH), y=y, text="text:N")
        for name, (value, _, tone) in named.items()
    ]
    ending = [{"x": last, "y": went.values[-1], "text": number(went.values[-1]), "colour": INK}]
    marked = words(ending, x, y, fontWeight="bold", align="right", dx=-8, dy=-10)
    layers = alt.layer(*rules, *beside, line.encode(x=x, y=y), ends.encode(x=x, y=y), *marked)
    chart: Chart = finished(
        layers.properties(width=WIDTH, height=HEIGHT), "The group's value, round by round", caption(of)
    )
    return chart
