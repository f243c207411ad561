"""The stock of a commons as bars: what each seat took of it on top, what was left to grow below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import altair as alt

from arena.report.numbers import count
from arena.report.plots.caption import caption
from arena.report.plots.families.commons.scene import Scene
from arena.report.plots.fitting import fitted, width
from arena.report.plots.key import INDENT, Entry, key
from arena.report.plots.look import WORDS, Chart, Row, data, finished, literal, marks
from arena.report.plots.palette import DUST, INK, PAPER, QUIET, REGION, SALTIRE, colour, shape
from arena.report.plots.picture import Record

TITLE: Final = "The stock, round by round, and who took what of it"
WIDTH: Final = 486
HEIGHT: Final = 330
KEY: Final = 196
FILL: Final = 0.78  # of a round's room, how much its bar takes
SEEN: Final = (15, 12)  # pixels across and down from which on a part of a bar has its seat's mark in it
MARKED: Final = 32  # rounds up to which each has a mark on the optimum's way
ROOM: Final = 32  # pixels that a number under the axis takes


def stacks(of: Record, scene: Scene) -> Chart:
    """Units upwards, rounds across. `scene`: that of the record."""
    bars = len(scene.best) + 1  # one more for what is there in the end
    high = max([scene.capacity, *[year.stock + year.lost for year in scene.years]])
    across = alt.Scale(domain=[0.5, bars + 0.5], nice=False, zero=False)
    x = alt.X("x:Q", title=None, scale=across, axis=alt.Axis(grid=False, ticks=False, labels=False))
    y = alt.Y(
        "y:Q", title="units", scale=alt.Scale(domain=[0, high * 1.03], nice=False), axis=alt.Axis(tickCount=6, zindex=0)
    )
    rule = alt.Chart(data([{"y": scene.threshold}])).mark_rule(color=INK, strokeDash=[2, 2], strokeWidth=1.3)
    layers = [
        _boxes(list(_parts(scene)), x, y, 1 if WIDTH / bars >= SEEN[0] else 0.4),
        rule.encode(y=y),
        *_lasting(scene, x, y, 2.4 if WIDTH / bars >= SEEN[0] else 1.4),
        *_optimum(scene, x, y),
        marks(list(_seats(scene, bars, high)), x, y),
        marks(_collapse(scene), x, y),
        *_under(scene, bars, x),
    ]
    entries = list(_entries(scene))
    picture = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    beside = alt.hconcat(picture, key(entries, KEY, HEIGHT), spacing=16)
    chart: Chart = finished(
        beside, "The stock, round by round, and who took what of it", [*caption(of), *_notes(scene)]
    )
    return chart


def _numbered(bars: int) -> list[int]:
    """The rounds with numbers under them: so many that they keep apart."""
    apart = WIDTH / bars
    every = next(step for step in (1, 2, 5, 10, 20) if apart * step >= ROOM)
    return [n for n in range(1, bars, every) if (bars - n) * apart >= ROOM]


def _notes(scene: Scene) -> list[str]:
    hidden = "" if scene.known else "; nobody is told how fast it regrows: the optimum is that of one who knows"
    return [f"A bar is the stock that a round finds; what was taken of it is coloured, what was left regrows{hidden}"]


def _boxes(rows: list[Row], x: Any, y: Any, edge: float) -> alt.Chart:
    boxes = alt.Chart(data(rows)).mark_rect(strokeWidth=edge)
    fill, stroke = literal(alt.Fill, "fill:N"), literal(alt.Stroke, "stroke:N")
    made: alt.Chart = boxes.encode(x=x, x2="x2", y=y, y2="y2", fill=fill, stroke=stroke)
    return made


def _parts(scene: Scene) -> Iterator[Row]:
    """The parts of the bars, from below: what was left, what each seat took, what was lost before."""
    for year in scene.years:
        at = {"x": year.number - FILL / 2, "x2": year.number + FILL / 2, "of": year.number}
        yield {**at, "y": 0, "y2": year.left, "fill": REGION, "stroke": DUST, "seat": -1}
        for seat, low, high in _cuts(year.left, year.landed):
            yield {**at, "y": low, "y2": high, "fill": colour(seat), "stroke": PAPER, "seat": seat}
        if year.lost > 0:
            yield {**at, "y": year.stock, "y2": year.stock + year.lost, "fill": PAPER, "stroke": QUIET, "seat": -2}
    now = len(scene.years) + 1
    at = {"x": now - FILL / 2, "x2": now + FILL / 2, "of": now}
    yield {**at, "y": 0, "y2": scene.stock, "fill": REGION, "stroke": DUST, "seat": -1}


def _cuts(left: int, landed: tuple[int, ...]) -> Iterator[tuple[int, int, int]]:
    """Of each seat that took something, where its part begins and ends: the first seat's on top."""
    low = left
    for seat in reversed(range(len(landed))):
        if landed[seat]:
            yield seat, low, low + landed[seat]
            low += landed[seat]


def _seats(scene: Scene, bars: int, high: int) -> Iterator[Row]:
    """The shape of its seat in each part that is large enough; beside the stroke, where that goes through it."""
    if WIDTH / bars * FILL < SEEN[0]:
        return
    for year in scene.years:
        stroke = year.stock - year.lasting
        for seat, low, top in _cuts(year.left, year.landed):
            if low < stroke < top:
                low, top = (low, stroke) if stroke - low > top - stroke else (stroke, top)
            if (top - low) / high * HEIGHT >= SEEN[1]:
                at = {"x": year.number, "y": (low + top) / 2, "shape": shape(seat), "size": 38}
                yield {**at, "fill": PAPER, "stroke": PAPER, "thick": 0}


def _lasting(scene: Scene, x: Any, y: Any, thick: float) -> list[alt.Chart]:
    """A stroke in each bar: down to it may be taken, and the next stock is no smaller."""
    rows = [
        {"x": year.number - FILL / 2, "x2": year.number + FILL / 2, "y": year.stock - year.lasting, "lasting": True}
        for year in scene.years
    ]
    base = alt.Chart(data(rows))
    return [
        base.mark_rule(color=tone, strokeWidth=thick).encode(x=x, x2="x2", y=y)
        for tone, thick in ((PAPER, 5), (INK, 2.4))
    ]


def _optimum(scene: Scene, x: Any, y: Any) -> list[alt.Chart]:
    way = [{"x": t + 1, "y": stock, "takes": takes} for t, (stock, takes) in enumerate(scene.best)]
    line = alt.Chart(data(way)).mark_line(color=INK, strokeWidth=1.4, strokeDash=[6, 3]).encode(x=x, y=y)
    look = {"shape": "diamond", "fill": PAPER, "stroke": INK, "thick": 1.5, "size": 60}
    return [line, marks([{**row, **look} for row in way if len(way) <= MARKED], x, y)]


def _collapse(scene: Scene) -> list[Row]:
    at = {"x": len(scene.years) + 1, "y": scene.threshold}
    return (
        [{**at, "shape": SALTIRE, "fill": "none", "stroke": INK, "thick": 2.6, "size": 90}] if scene.collapsed else []
    )


def _under(scene: Scene, bars: int, x: Any) -> Iterator[alt.Chart]:
    """Three rows under the axis: the rounds, what was landed in each, and what the optimum takes."""
    shown = _numbered(bars)
    rounds = [(n, str(n)) for n in shown] + [(bars, "left")]
    landed = [(year.number, f"{sum(year.landed):,}") for year in scene.years]
    takes = [(t + 1, f"{taken:,}") for t, (_, taken) in enumerate(scene.best)]
    for line, (what, texts) in enumerate({"round": rounds, "landed": landed, "optimum": takes}.items()):
        rows: list[Row] = [{"x": at, "text": text} for at, text in texts if at in shown or at == bars]
        style: dict[str, Any] = {"fontSize": WORDS, "color": QUIET, "baseline": "middle"}
        style |= {"fontWeight": "bold", "color": INK} if what == "landed" else {}
        top = alt.value(HEIGHT + 14 + 16 * line)
        yield alt.Chart(data(rows)).mark_text(**style).encode(x=x, y=top, text="text:N")
        head = alt.Chart(data([{"text": what}])).mark_text(align="right", **style)
        yield head.encode(x=alt.value(-16), y=top, text="text:N")


def _entries(scene: Scene) -> Iterator[Entry]:
    yield Entry(f"Taken, {count(sum(scene.totals), 'unit')} in all", head=True)
    for seat, total in enumerate(scene.totals):
        units = f" {total:,}"
        name = fitted(scene.names[seat], KEY - INDENT - width(units, WORDS), WORDS)
        yield Entry(name + units, shape(seat), colour(seat), PAPER, 1, 90)
    yield Entry("The stock", head=True)
    yield Entry("left to regrow", "square", REGION, DUST, 1, 130)
    if any(year.lost > 0 for year in scene.years):
        yield Entry("lost before the round", "square", PAPER, QUIET, 1, 130)
    yield Entry("down to here it lasts", stroke=INK, line=2.4)
    yield Entry(f"collapses under {scene.threshold}", stroke=INK, line=1.3, dash=(2, 2))
    if scene.collapsed:
        yield Entry("has collapsed", SALTIRE, "none", INK, 2.4, 50)
    yield Entry(f"Optimum, {count(sum(t for _, t in scene.best), 'unit')}", head=True)
    many = len(scene.best) > MARKED
    found = "the stock that it finds"
    yield Entry(found, stroke=INK, line=1.4, dash=(6, 3)) if many else Entry(found, "diamond", PAPER, INK, 1.5, 56)
