"""The key of a Gantt chart, and the tasks beneath it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import altair as alt

from arena.report.families.workshop import LETTERS
from arena.report.numbers import count
from arena.report.plots.families.workshop.scene import Scene
from arena.report.plots.fitting import fitted, width
from arena.report.plots.key import Entry
from arena.report.plots.look import WORDS, Row
from arena.report.plots.palette import FAINT, INK, PAPER, QUIET, SALTIRE, colour, shape
from arena.report.plots.pixels import marks, texts

COLUMNS: Final = 3
LINE: Final = 18
LEFT: Final = 30  # pixels from a column's edge to the task's name
GAP: Final = 14


def entries(scene: Scene) -> list[Entry]:
    """The key beside the chart."""
    return [*_kinds(scene), *_marks(scene)]


def _kinds(scene: Scene) -> Iterator[Entry]:
    yield Entry("Kinds of work", head=True)
    for kind in sorted({piece.skill for piece in scene.pieces} | {kind for able in scene.able for kind in able}):
        yield Entry(scene.skills[kind], shape(kind), colour(kind), PAPER, 1, 90)
    yield Entry("under a name: what that seat can do")


def _marks(scene: Scene) -> Iterator[Entry]:
    yield Entry("Work", head=True)
    tone = colour(scene.pieces[0].skill)
    yield Entry("done for the first time", "square", tone, tone, 0, 130)
    if scene.count("again"):
        yield Entry("dashed: had been done before", "square", PAPER, tone, 1.4, 130)
    if scene.count("lost"):
        yield Entry("lost: another took it up too", SALTIRE, "none", INK, 1.8, 50)
    if scene.count("handed"):
        yield Entry("handed over", "circle", INK, INK, 1.8, 40)
    if any(stint.how == "handed" and stint.to < 0 for stint in scene.stints):
        yield Entry("put down: it lies free", "circle", PAPER, INK, 1.8, 40)
    if scene.count("idle"):
        yield Entry("a round of nothing", "circle", FAINT, FAINT, 0, 12)
    if scene.waits:
        yield Entry("begun as soon as it could be", stroke=INK, line=1.5)


def tasks(scene: Scene, wide: int) -> alt.LayerChart | alt.FacetChart:
    """The tasks in columns: letter, name, rounds of work, and what each waits for."""
    room, deep = wide / COLUMNS, -(-len(scene.pieces) // COLUMNS)
    letters, names, points = list[Row](), list[Row](), list[Row]()
    rest: list[Row] = []
    for task, piece in enumerate(scene.pieces):
        x, y = room * (task // deep), 10 + LINE * (task % deep)
        points.append({"x": x + 6, "y": y, "shape": shape(piece.skill), "size": 60, "stroke": PAPER, "thick": 0.5})
        points[-1]["fill"] = colour(piece.skill)
        letters.append({"x": x + 20, "y": y, "text": LETTERS[task], "colour": INK})
        told = fitted(_told(scene, task), room * 0.66, WORDS)
        name = fitted(piece.name, room - LEFT - GAP - width(told, WORDS) - 6, WORDS)
        names.append({"x": x + LEFT, "y": y, "text": name, "colour": INK})
        rest.append({"x": x + LEFT + width(name, WORDS) + 6, "y": y, "text": told, "colour": QUIET})
    layers = [marks(points), texts(letters, fontWeight="bold"), texts(names, align="left"), texts(rest, align="left")]
    made: alt.LayerChart | alt.FacetChart = alt.layer(*layers).properties(width=wide, height=20 + LINE * (deep - 1))
    return made


def _told(scene: Scene, task: int) -> str:
    piece = scene.pieces[task]
    after = f", after {' '.join([LETTERS[other] for other in sorted(piece.after)])}" if piece.after else ""
    left = f"; {scene.left[task]} left" if scene.left[task] and scene.rounds else ""
    return f"{count(piece.rounds, 'round')}{after}{left}"
