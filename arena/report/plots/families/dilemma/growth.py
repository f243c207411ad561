"""How the points of the seats of a dilemma grew, round by round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Frame:
    """Where rounds and points stand: pixels left of the rounds, of them and right of them; the points at both ends."""

    left: int
    across: int
    right: int
    rounds: int
    low: float
    high: float

    def x(self, t: float) -> float:
        """The pixels of so many rounds gone."""
        return self.left + self.across * t / self.rounds

    def y(self, points: float) -> float:
        """The pixels of points from the top."""
        return TOP + HEIGHT * (self.high - points) / (self.high - self.low)


def growth(scene: Scene, optimum: float, sides: tuple[int, int, int]) -> alt.LayerChart | alt.FacetChart:
    """A line for each seat. sides: the pixels left of the rounds, those of the rounds, and those right of them."""
    share = optimum / len(scene.names)
    ends = [value for row in scene.sums for value in row]
    frame = Frame(*sides, max(scene.rounds, 1), min([0.0, *ends]), max([share, *ends, 1.0]))
    at = ticks(frame.low, frame.high)
    numbers = [{"x": frame.left - 6, "y": frame.y(p), "text": number(p), "colour": QUIET} for p in at]
    best = {"x": frame.x(0), "y": frame.y(0), "x2": frame.x(scene.rounds), "y2": frame.y(share), "colour": INK}
    layers = [
        strokes([_tick(frame, points) for points in at], strokeWidth=1),
        *_ends(scene, share, frame),
        strokes([best], strokeWidth=1.4, strokeDash=[6, 3]),
        strokes(list(_lines(scene, frame)), strokeWidth=2),
        marks(list(_spots(scene, frame))),
        texts(numbers, align="right"),
        texts([{"x": 0, "y": 10, "text": "Points added up", "colour": INK}], align="left", fontWeight="bold"),
    ]
    made: alt.LayerChart | alt.FacetChart = alt.layer(*layers).properties(width=sum(sides), height=TOP + HEIGHT + FOOT)
    return made


def _tick(frame: Frame, points: float) -> Row:
    y = frame.y(points)
    at = {"x": frame.left, "x2": frame.left + frame.across, "y": y, "y2": y, "tick": points}
    return {**at, "colour": GRID if points else QUIET}


def _lines(scene: Scene, frame: Frame) -> Iterator[Row]:
    for seat, row in enumerate(scene.sums):
        for t in range(len(row) - 1):
            ends = {"x": frame.x(t), "y": frame.y(row[t]), "x2": frame.x(t + 1), "y2": frame.y(row[t + 1])}
            yield {**ends, "colour": colour(seat), "line": seat}


def _spots(scene: Scene, frame: Frame) -> Iterator[Row]:
    """A mark at the end of each line, and at each round where there is room."""
    look = {"stroke": PAPER, "thick": 0.8, "size": 56}
    for seat, row in enumerate(scene.sums):
        for t in range(len(row)):
            if t == len(row) - 1 or (t and frame.across / frame.rounds >= MARKED):
                yield {"x": frame.x(t), "y": frame.y(row[t]), "shape": shape(seat), "fill": colour(seat), **look}


def _ends(scene: Scene, share: float, frame: Frame) -> list[alt.Chart]:
    """What each line is of, at its right end, and lines that lead there."""
    tops = [frame.y(row[-1]) for row in scene.sums]
    named = list(_named(scene, share, tops, frame.y(share), frame.right))
    edge = frame.left + frame.across
    words = [{"x": edge + LEAD, "y": top, "text": text, "colour": tone} for _, top, text, tone, _ in named]
    leads = [{"x": edge if t is None else frame.x(t), "y": y0, "x2": edge + LEAD - 2, "y2": top, "colour": FAINT}
             for y0, top, _, _, t in named]  # fmt: skip
    return [strokes(leads, strokeWidth=0.7), texts(words, align="left", fontWeight="bold")]


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
