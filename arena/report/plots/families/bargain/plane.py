"""The space of agreements of two seats: what a deal is worth to one across, to the other upwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import altair as alt
import numpy as np

from arena.report.plots.caption import caption
from arena.report.plots.families.bargain.cloud import Cloud, cloud, staircase
from arena.report.plots.families.bargain.legend import entries
from arena.report.plots.families.bargain.plane_frame import HEIGHT, WIDTH, Frame, at, framed, span
from arena.report.plots.families.bargain.plane_labels import labels
from arena.report.plots.families.bargain.remarks import notes
from arena.report.plots.families.bargain.scene import Offered, Scene
from arena.report.plots.fitting import fitted
from arena.report.plots.key import Entry, key
from arena.report.plots.look import Chart, Row, data, finished, literal, marks
from arena.report.plots.palette import DUST, FAINT, INK, PAPER, QUIET, RATIONAL, REGION, SALTIRE, STAR, colour, shape
from arena.report.plots.picture import Record
from arena.solutions.space import Floats

KEY: Final = 212
TITLE: Final = "The space of agreements: what each deal is worth to both"


def plane(of: Record, scene: Scene) -> Chart:
    """The picture of a bargain between two. `scene`: that of the record."""
    frame = framed(scene)
    x, y = _axis(scene, frame, 0), _axis(scene, frame, 1)
    seen = cloud(scene.space, frame.low, frame.high)
    layers = [
        *_ground(scene, frame, x, y),
        *_dust(seen, x, y),
        *_thresholds(scene, frame, x, y),
        *_frontier(scene, frame, x, y),
        *_paths(scene, x, y),
        *_leaving(scene, x, y),
        marks(list(_marks(scene)), x, y),
        *labels(scene, frame, x, y),
    ]
    picture = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    beside = key(entries(scene, _outcomes(scene, seen)), KEY, HEIGHT)
    chart = alt.hconcat(picture, beside, spacing=18)
    made: Chart = finished(chart, TITLE, [*caption(of), *notes(scene)])
    return made


def _axis(scene: Scene, frame: Frame, seat: int) -> Any:
    title = fitted(f"points to {fitted(scene.names[seat], 300, 12)}", HEIGHT, 12)
    scale = alt.Scale(domain=[float(frame.low[seat]), float(frame.high[seat])], nice=False, zero=False)
    channel = alt.X if seat == 0 else alt.Y
    return channel(f"{'xy'[seat]}:Q", title=title, scale=scale, axis=alt.Axis(tickCount=8))


def _ground(scene: Scene, frame: Frame, x: Any, y: Any) -> list[alt.Chart]:
    """The region that both would accept."""
    ground = alt.Chart(data([span(scene.space.disagreement, frame.high)])).mark_rect(color=REGION)
    return [ground.encode(x=x, y=y, x2="x2", y2="y2")]


def _dust(seen: Cloud, x: Any, y: Any) -> list[alt.Chart]:
    """Every outcome: as a dot, the larger the more of them are there, or counted in cells, the darker the more."""
    shares = np.log1p(seen.counts) / np.log1p(seen.counts.max())
    layers = []
    for rational, tone in ((False, DUST), (True, RATIONAL)):
        chosen = seen.rational == rational
        rows = [
            {**at(point), "share": round(float(share), 3)}
            for point, share in zip(seen.points[chosen], shares[chosen], strict=True)
        ]
        if seen.cell is None:
            for row in rows:
                row["share"] = round(8 + 22 * row["share"], 1)
            dots = alt.Chart(data(rows)).mark_circle(color=tone, opacity=0.85)
            layers.append(dots.encode(x=x, y=y, size=literal(alt.Size, "share:Q")))
        else:
            for row in rows:
                row |= {"x2": row["x"] + seen.cell[0], "y2": row["y"] + seen.cell[1]}
                row["share"] = round(0.15 + 0.85 * row["share"], 2)
            cells = alt.Chart(data(rows)).mark_rect(color=tone)
            layers.append(cells.encode(x=x, y=y, x2="x2", y2="y2", opacity=literal(alt.Opacity, "share:Q")))
    return layers


def _thresholds(scene: Scene, frame: Frame, x: Any, y: Any) -> list[alt.Chart]:
    least = scene.space.disagreement
    rows = [
        span((least[0], frame.low[1]), (least[0], frame.high[1])),
        span((frame.low[0], least[1]), (frame.high[0], least[1])),
    ]
    dashed = alt.Chart(data(rows)).mark_rule(color=QUIET, strokeWidth=1, strokeDash=[4, 3])
    return [dashed.encode(x=x, y=y, x2="x2", y2="y2")]


def _frontier(scene: Scene, frame: Frame, x: Any, y: Any) -> list[alt.Chart]:
    """Both frontiers, as the stairs that bound what lies under them; the rational one on top."""
    step = float(frame.high[0] - frame.low[0]) / WIDTH / 4
    layers = []
    for rows, thick, tone in ((scene.outer, 1.0, FAINT), (scene.frontier, 2.0, INK)):
        corners = staircase(scene.space, rows, step)
        stairs = [{**at(point), "n": n} for n, point in enumerate(_ends(scene, corners) if thick > 1 else corners)]
        line = alt.Chart(data(stairs)).mark_line(
            interpolate="step-before", color=tone, strokeWidth=thick, strokeJoin="round"
        )
        layers.append(line.encode(x=x, y=y, order="n:Q"))
        layers.append(marks([_mark(point, "circle", tone, "none", 0, 9 * thick) for point in corners], x, y))
    return layers


def _ends(scene: Scene, corners: Floats) -> Floats:
    """Stairs that begin and end at the thresholds."""
    if not len(corners):
        return corners
    least = scene.space.disagreement
    return np.vstack([[least[0], corners[0, 1]], corners, [corners[-1, 0], least[1]]])


def _paths(scene: Scene, x: Any, y: Any) -> Iterator[alt.Chart]:
    """Each seat's offers, joined in their order."""
    for seat in range(2):
        rows = [{**at(scene.space.utilities[o.row]), "n": o.number} for o in scene.offers if o.by == seat]
        line = alt.Chart(data(rows)).mark_line(color=colour(seat), strokeWidth=1.3, opacity=0.75)
        yield line.encode(x=x, y=y, order="n:Q")


def _leaving(scene: Scene, x: Any, y: Any) -> list[alt.Chart]:
    """From what the deal was worth at once to what came of it."""
    if not scene.moved:
        return []
    rows = [span(scene.at_once, scene.realised)]
    dotted = alt.Chart(data(rows)).mark_rule(color=INK, strokeWidth=1.4, strokeDash=[2, 2])
    return [dotted.encode(x=x, y=y, x2="x2", y2="y2")]


def _mark(point: Sequence[float] | Floats, shape: str, fill: str, stroke: str, thick: float, size: float) -> Row:
    return {**at(point), "shape": shape, "fill": fill, "stroke": stroke, "thick": thick, "size": size}


def _marks(scene: Scene) -> Iterator[Row]:
    space = scene.space
    yield _mark(space.disagreement, SALTIRE, "none", INK, 2, 40)
    for row in sorted({int(row) for each in scene.solutions.values() for row in each.outcomes}):
        yield _mark(space.utilities[row], "circle", PAPER, INK, 1.6, 90)
    for offer in scene.offers:
        yield _offer(scene, offer)
    if scene.moved:
        yield _mark(scene.realised, STAR, PAPER, INK, 1.4, 150)
    if scene.deal is not None:
        yield _mark(space.utilities[scene.deal], STAR, INK, PAPER, 1, 230)


def _offer(scene: Scene, offer: Offered) -> Row:
    """The second seat's marks are smaller, so that neither hides the other's on the same deal."""
    size = 95 if offer.by == 0 else 55
    tone = colour(offer.by)
    fill = PAPER if offer.before else tone
    edge = tone if offer.before else PAPER
    return _mark(scene.space.utilities[offer.row], shape(offer.by), fill, edge, 1.2, size)


def _outcomes(scene: Scene, seen: Cloud) -> Iterator[Entry]:
    rational, counted = len(scene.space.rational_outcomes), seen.cell is not None
    beyond = len(scene.outer) - len(scene.frontier)
    if len(scene.frontier):
        yield Entry(f"Pareto frontier ({len(scene.frontier):,})", stroke=INK, line=2)
    if beyond:
        yield Entry(
            f"{'the rest of it' if len(scene.frontier) else 'Pareto frontier'} ({beyond:,})", stroke=FAINT, line=1
        )
    mark = "square" if counted else "circle"
    if rational:
        yield Entry(f"acceptable to both ({rational:,})", mark, RATIONAL, size=40)
    yield Entry(f"not to both ({len(scene.space.utilities) - rational:,})", mark, DUST, size=40)
    if int(seen.counts.max()) > 1:
        yield Entry("the darker, the more of them" if counted else "the larger, the more of them")
    yield Entry("thresholds", stroke=QUIET, line=1, dash=(4, 3))
