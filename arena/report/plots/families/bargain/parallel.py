"""The space of agreements of three seats or more: an axis for each seat, a line for each deal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import altair as alt
import numpy as np

from arena.report.numbers import number
from arena.report.plots.caption import caption
from arena.report.plots.families.bargain.legend import entries
from arena.report.plots.families.bargain.parallel_frame import HEIGHT, SIDES, WIDTH, Frame, framed, scaled
from arena.report.plots.families.bargain.profiles import Profiles, profiles
from arena.report.plots.families.bargain.remarks import listed, notes
from arena.report.plots.families.bargain.scene import Scene
from arena.report.plots.fitting import fitted
from arena.report.plots.key import Entry, key
from arena.report.plots.look import WORDS, Chart, Row, data, finished, literal, marks, words
from arena.report.plots.palette import DUST, FAINT, GRID, INK, PAPER, QUIET, RATIONAL, REGION, STAR, colour, shape
from arena.report.plots.picture import Record
from arena.report.plots.placing import Box, Label, around, placed, spread
from arena.solutions.space import Floats

KEY: Final = 196
BELOW: Final = 20  # pixels from the axes' feet to their names
TITLE: Final = "The space of agreements: what each deal is worth to each seat"
DASHES: Final = {"N": (7, 3), "K": (3, 2), "E": (9, 2, 2, 2), "U": (1, 2)}


def parallel(of: Record, scene: Scene) -> Chart:
    """The picture of a bargain among three or more. `scene`: that of the record."""
    how = profiles(scene)
    frame = framed(scene, how)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False, zero=False))
    y = scaled(how, frame)
    layers = [
        *_axes(scene, how, frame, x, y),
        *_lines(_frontier(scene, how, frame), x, y, strokeWidth=1, opacity=0.5),
        *_lines(_offers(scene, how, frame), x, y, strokeWidth=1.3, opacity=0.8 if len(scene.offers) < 30 else 0.45),
        *_solutions(scene, how, frame, x, y),
        *_ending(scene, how, frame, x, y),
        marks(list(_marks(scene, how, frame)), x, y),
        *_labels(scene, how, frame, x, y),
    ]
    picture = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    beside = key(entries(scene, _drawn(scene, how, frame), DASHES), KEY, HEIGHT)
    chart: Chart = finished(
        alt.hconcat(picture, beside, spacing=14),
        TITLE,
        [*caption(of), *notes(scene)],
    )
    return chart


def _line(frame: Frame, values: Floats, of: str, tone: str) -> list[Row]:
    return [{"x": frame.x(seat), "y": float(value), "of": of, "colour": tone} for seat, value in enumerate(values)]


def _lines(rows: Sequence[Row], x: Any, y: Any, **mark: Any) -> list[alt.Chart]:
    line = alt.Chart(data(rows)).mark_line(strokeJoin="round", **mark)
    return [line.encode(x=x, y=y, detail="of:N", order="x:Q", color=literal(alt.Color, "colour:N"))]


def _axes(scene: Scene, how: Profiles, frame: Frame, x: Any, y: Any) -> list[alt.Chart]:
    """An axis for each seat, named at its foot with what stands at 0 and at 1; and a line through the thresholds."""
    posts = [{"x": frame.x(seat), "y": frame.values[0], "y2": frame.values[-1]} for seat in range(frame.seats)]
    band = [{"x": 0.0, "x2": float(WIDTH - SIDES[1] + 12), "y": 0.0, "y2": 1.0}] if how.normalised else []
    level = [{"x": 0.0, "x2": float(WIDTH - SIDES[1] + 12), "y": 0.0}]
    post = alt.Chart(data(posts)).mark_rule(color=GRID, strokeWidth=6).encode(x=x, y=y, y2="y2")
    least = alt.Chart(data(level)).mark_rule(color=QUIET, strokeDash=[4, 3]).encode(x=x, x2="x2", y=y)
    region = alt.Chart(data(band)).mark_rect(color=REGION).encode(x=x, x2="x2", y=y, y2="y2")
    return [region, post, least, *_feet(scene, how, frame, x)]


def _feet(scene: Scene, how: Profiles, frame: Frame, x: Any) -> Iterator[alt.Chart]:
    room = frame.apart - 6
    size = 12 if frame.seats < 7 else 10.5
    said: list[list[str]] = [
        [fitted(name, room, 1.1 * size) for name in scene.names],
        [fitted(f"needs {number(float(d), 1)}", room, 10) for d in scene.space.disagreement],
    ]
    if how.normalised:
        said.append([fitted(f"at best {number(float(b), 1)}", room, 10) for b in scene.space.ideal])
    if scene.deal is not None:
        said.append([fitted(f"deal {number(float(u), 1)}", room, 10) for u in scene.at_once])
    if scene.moved:
        said.append([fitted(f"in the end {number(u, 1)}", room, 10) for u in scene.realised])
    for i, texts in enumerate(said):
        rows = [{"x": frame.x(seat), "text": text} for seat, text in enumerate(texts)]
        style = {"fontSize": size, "fontWeight": "bold", "color": INK} if i == 0 else {"fontSize": 10, "color": QUIET}
        text = alt.Chart(data(rows)).mark_text(baseline="middle", **style)
        yield text.encode(x=x, y=alt.value(HEIGHT + BELOW + 14 * i), text="text:N")


def _frontier(scene: Scene, how: Profiles, frame: Frame) -> list[Row]:
    values = how.of(scene.space.utilities[how.frontier])
    return [row for i, each in enumerate(values) for row in _line(frame, each, str(i), RATIONAL)]


def _offers(scene: Scene, how: Profiles, frame: Frame) -> list[Row]:
    return [
        row
        for offer in scene.offers
        for row in _line(frame, how.of(scene.space.utilities[offer.row]), str(offer.number), colour(offer.by))
    ]


def _solutions(scene: Scene, how: Profiles, frame: Frame, x: Any, y: Any) -> Iterator[alt.Chart]:
    for letter, solution in scene.solutions.items():
        rows = _line(frame, how.of(scene.space.utilities[solution.outcomes[0]]), letter, INK)
        yield from _lines(rows, x, y, strokeWidth=1.3, strokeDash=list(DASHES[letter]))


def _ending(scene: Scene, how: Profiles, frame: Frame, x: Any, y: Any) -> Iterator[alt.Chart]:
    if scene.moved:
        rows = _line(frame, how.of(np.array(scene.realised)), "realised", INK)
        yield from _lines(rows, x, y, strokeWidth=2.2, strokeDash=[2, 2])
    if scene.deal is not None:
        yield from _lines(_line(frame, how.of(scene.at_once), "deal", INK), x, y, strokeWidth=3.2)


def _marks(scene: Scene, how: Profiles, frame: Frame) -> Iterator[Row]:
    """An offer is marked on the axis of the seat that made it, the deal on every axis."""
    for offer in scene.offers:
        tone = colour(offer.by)
        at: Row = {"x": frame.x(offer.by), "y": float(how.of(scene.space.utilities[offer.row])[offer.by])}
        fill, edge = (PAPER, tone) if offer.before else (tone, PAPER)
        yield {**at, "shape": shape(offer.by), "fill": fill, "stroke": edge, "thick": 1.2, "size": 90}
    if scene.deal is None or scene.agreed is None:
        return
    for seat, value in enumerate(how.of(scene.at_once)):
        form, size = (STAR, 230) if seat == scene.agreed.offer.by else ("circle", 55)
        spot: Row = {"x": frame.x(seat), "y": float(value), "shape": form, "size": size}
        yield {**spot, "fill": INK, "stroke": PAPER, "thick": 1}


def _labels(scene: Scene, how: Profiles, frame: Frame, x: Any, y: Any) -> list[alt.Chart]:
    """The letters of the solutions beside the last axis, and the numbers of the offers beside their marks."""
    letters = _letters(scene, how, frame)
    labels = list(_numbers(scene, how, frame))
    taken = [around(label.x, label.y, 5) for label in labels]
    taken += [around(frame.x(seat), frame.y(float(v)), 7) for seat, v in enumerate(how.of(scene.at_once))]
    taken += [Box(each["x"] - 12, each["top"] - 7, WIDTH, each["top"] + 7) for each in letters]
    places = placed(labels, WORDS, taken, [], Box(0, 0, WIDTH, HEIGHT))
    rows = [
        {"x": place.x, "y": frame.value(place.y), "text": label.text, "colour": INK}
        for label, place in zip(labels, places, strict=True)
        if place is not None and not place.far
    ]
    leads = [{"x": frame.x(frame.seats - 1), "x2": each["x"] - 2, "y": each["y"], "y2": each["at"]} for each in letters]
    beside = [{"x": each["x"], "y": each["at"], "text": each["text"], "colour": INK} for each in letters]
    lead = alt.Chart(data(leads)).mark_rule(color=FAINT, strokeWidth=0.8)
    return [
        lead.encode(x=x, y=y, x2="x2", y2="y2"),
        *words(rows, x, y, fontWeight="bold"),
        *words(beside, x, y, fontWeight="bold", align="left"),
    ]


def _numbers(scene: Scene, how: Profiles, frame: Frame) -> Iterator[Label]:
    """A label for each deal that a seat offered, the last first; one that it offered again has several numbers."""
    by_mark: dict[tuple[int, int], list[int]] = {}
    for offer in scene.offers:
        by_mark.setdefault((offer.by, offer.row), []).append(offer.number)
    for (seat, row), numbers in reversed(by_mark.items()):
        value = float(how.of(scene.space.utilities[row])[seat])
        yield Label(listed(numbers), frame.x(seat), frame.y(value), 6)


def _letters(scene: Scene, how: Profiles, frame: Frame) -> list[Row]:
    """Where the solutions meet the last axis, and where their letters stand: moved apart where they would meet."""
    last = frame.seats - 1
    by_value: dict[float, list[str]] = {}
    for letter, solution in scene.solutions.items():
        value = round(float(how.of(scene.space.utilities[solution.outcomes[0]])[last]), 9)
        by_value.setdefault(value, []).append(letter)
    values = sorted(by_value, reverse=True)
    tops = spread([frame.y(value) for value in values], WORDS + 3, 6, HEIGHT - 6)
    return [
        {"x": frame.x(last) + 16, "y": value, "top": top, "at": frame.value(top), "text": " ".join(by_value[value])}
        for value, top in zip(values, tops, strict=True)
    ]


def _drawn(scene: Scene, how: Profiles, frame: Frame) -> Iterator[Entry]:
    rational = len(scene.space.rational_outcomes)
    if how.normalised:
        yield Entry(f"acceptable to all ({rational:,})", "square", REGION, DUST, 1, 130)
    else:
        yield Entry(f"acceptable to all: {rational:,}")
    part = f", {len(how.frontier)} drawn" if how.thinned else ""
    yield Entry(
        f"Pareto frontier ({len(scene.frontier if rational else scene.outer):,}{part})", stroke=RATIONAL, line=1
    )
    yield Entry("thresholds", stroke=QUIET, line=1, dash=(4, 3))
    if frame.bent:
        yield Entry("compressed beyond 0 and 1")
