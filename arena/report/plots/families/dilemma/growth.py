"""How the points of the seats of a dilemma grew, round by round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import altair as alt

from arena.report.numbers import number
from arena.report.plots.families.dilemma.scene import Scene
from arena.report.plots.fitting import fitted, width
from arena.report.plots.look import WORDS, Row
from arena.report.plots.palette import FAINT, GRID, INK, PAPER, QUIET, colour, shape
from arena.report.plots.pixels import marks, strokes, texts, ticks
from arena.report.plots.placing import spread

HEIGHT: Final = 210
FOOT: Final = 10
TOP: Final = 30
LEAD: Final = 12  # pixels from the end of a line to its words
MARKED: Final = 12  # pixels of a round from which on each has a mark


def growth(scene: Scene, optimum: float, sides: tuple[int, int, int]) -> alt.LayerChart | alt.FacetChart:
    """A line for each seat. sides: the pixels left of the rounds, those of the rounds, and those right of them."""
    left, across, right = sides
    share = optimum / len(scene.names)
    ends = [value for row in scene.sums for value in row]
    low, high = min([0.0, *ends]), max([share, *ends, 1.0])

    def x(t: float) -> float:
        return left + across * t / max(scene.rounds, 1)

    def y(points: float) -> float:
        return TOP + HEIGHT * (high - points) / (high - low)

    at = ticks(low, high)
    tones = {p: GRID if p else QUIET for p in at}
    grid = [{"x": left, "x2": left + across, "y": y(p), "y2": y(p), "colour": tones[p], "tick": p} for p in at]
    best = [{"x": x(0), "y": y(0), "x2": x(scene.rounds), "y2": y(share), "colour": INK}]
    lines = [
        {"x": x(t), "y": y(row[t]), "x2": x(t + 1), "y2": y(row[t + 1]), "colour": colour(seat), "line": seat}
        for seat, row in enumerate(scene.sums)
        for t in range(len(row) - 1)
    ]
    look = {"stroke": PAPER, "thick": 0.8, "size": 56}
    spots: list[Row] = [
        {"x": x(t), "y": y(row[t]), "shape": shape(seat), "fill": colour(seat), **look}
        for seat, row in enumerate(scene.sums)
        for t in range(len(row))
        if t == len(row) - 1 or (t and across / max(scene.rounds, 1) >= MARKED)
    ]
    named = list(_named(scene, share, [y(row[-1]) for row in scene.sums], y(share), right))
    edge = left + across
    words = [{"x": edge + LEAD, "y": top, "text": text, "colour": tone} for _, top, text, tone, _ in named]
    leads = [{"x": edge if t is None else x(t), "y": y0, "x2": edge + LEAD - 2, "y2": top, "colour": FAINT}
             for y0, top, _, _, t in named]  # fmt: skip
    layers = [
        strokes(grid, strokeWidth=1),
        strokes(leads, strokeWidth=0.7),
        strokes(best, strokeWidth=1.4, strokeDash=[6, 3]),
        strokes(lines, strokeWidth=2),
        marks(spots),
        texts([{"x": left - 6, "y": y(p), "text": number(p), "colour": QUIET} for p in at], align="right"),
        texts(words, align="left", fontWeight="bold"),
        texts(
            [{"x": 0, "y": 10, "text": "Points added up", "colour": INK}], align="left", fontWeight="bold", fontSize=12
        ),
    ]
    made: alt.LayerChart | alt.FacetChart = alt.layer(*layers).properties(
        width=left + across + right, height=TOP + HEIGHT + FOOT
    )
    return made


def _named(
    scene: Scene, share: float, tops: list[float], best: float, right: int
) -> Iterator[tuple[float, float, str, str, int | None]]:
    """The words at the right end: whence they are led, where they stand, what they say, in which colour, and after how
    many rounds the line ends; None for the optimum's."""
    found: list[tuple[float, str, str, int | None]] = [(best, f"optimum, shared alike {number(share)}", INK, None)]
    for seat, name in enumerate(scene.names):
        points = f" {number(scene.sums[seat][-1])}"
        text = fitted(name, right - LEAD - 4 - width(points, WORDS * 1.1), WORDS * 1.1) + points
        found.append((tops[seat], text, colour(seat), len(scene.chosen)))
    found.sort(key=lambda each: each[0])
    placed = spread([each[0] for each in found], WORDS + 4, 6, TOP + HEIGHT + FOOT - 6)
    for (top, text, tone, t), where in zip(found, placed, strict=True):
        yield top, where, text, tone, t
