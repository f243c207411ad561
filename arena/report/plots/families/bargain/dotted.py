"""The space of agreements of two seats in a terminal: dots for outcomes, letters for solutions, numbers for offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from arena.report.cast import Cast
from arena.report.flow import Flow
from arena.report.numbers import count, number
from arena.report.plots.canvas import Canvas
from arena.report.plots.families.bargain.cloud import staircase
from arena.report.plots.families.bargain.remarks import notes
from arena.report.plots.families.bargain.scene import CONCEPTS, Scene
from arena.report.plots.picture import Record
from arena.solutions.space import Floats

MARKS: Final = ("●", "■")
LEFT: Final = 7  # cells of the numbers at the left, with the axis
LARGEST: Final = (92, 24)
DUST, RATIONAL, FRONTIER = "bright_black", "", "bold"
TONES, POINTS = (DUST, RATIONAL), ("·", "•")
SHADES: Final = (("·", "░"), ("▒", "▓"))
TIES: Final = 9  # outcomes of a solution that are named
FEW: Final = 2  # outcomes to a cell, in the middle of all cells, that are shown as a point; more are shaded


@dataclass(frozen=True, eq=False)
class Field:
    """A canvas with a frame of utilities around it."""

    canvas: Canvas
    low: Floats
    high: Floats

    def at(self, point: Sequence[float] | Floats) -> tuple[float, float]:
        """A point of the plane as shares of the canvas."""
        x, y = (np.asarray(point, dtype=float) - self.low) / (self.high - self.low)
        return float(x), float(y)


def dotted(of: Record, scene: Scene, width: int) -> RenderableType:
    """The picture and its key for a terminal of so many cells. `scene`: that of the record."""
    corners = np.vstack([scene.space.utilities, scene.space.disagreement, scene.realised])
    low, high = corners.min(axis=0), corners.max(axis=0)
    columns = min(width, LARGEST[0]) - LEFT
    canvas = Canvas(columns, min(max(int(columns * 0.27), 10), LARGEST[1]))
    field = Field(canvas, low, np.maximum(high, low + 1))
    _write(of.cast, scene, field)
    few = _outcomes(scene, field)
    for axis, mark in ((0, "┆"), (1, "┄")):
        canvas.ruled(axis, field.at(scene.space.disagreement)[axis], mark, "dim")
    above = Text(" " * (LEFT - 1)).append("↑ points to ", "dim").append_text(of.cast.label(1))
    said = [Text(f"{each}.", "dim") for each in notes(scene)]
    return Group(
        above, *_framed(scene, field), _below(of.cast, scene, field), Text(), *_key(of.cast, scene, few), *said
    )


def _outcomes(scene: Scene, field: Field) -> bool:
    """Outcomes a cell each, and the frontier's stairs on top. Whether they are so few that they stand as points."""
    space, canvas = scene.space, field.canvas
    size = np.array([canvas.columns, canvas.rows])
    cells = np.minimum(np.floor((space.utilities - field.low) / (field.high - field.low) * size), size - 1)
    # Of a cell with rational outcomes and others the rational ones are shown: they come last.
    codes = (cells[:, 0] * canvas.rows + cells[:, 1]) * 2 + space.rational
    _, first, counts = np.unique(codes, return_index=True, return_counts=True)
    few = bool(np.median(counts) <= FEW)
    for code, row, n in sorted(zip((codes[first] % 2).tolist(), first.tolist(), counts.tolist(), strict=True)):
        kind = int(code)
        mark = POINTS[kind] if few else SHADES[kind][0 if n * 8 < int(counts.max()) else 1]
        canvas.shade((cells[row] + 0.5) / size, mark, TONES[kind])
    step = float(field.high[0] - field.low[0]) / 200
    for rows, style in ((scene.outer, DUST), (scene.frontier, FRONTIER)):
        for start, end in pairwise(staircase(space, rows, step)):
            corner = field.at((start[0], end[1]))
            canvas.line(field.at(start), corner, style)
            canvas.line(corner, field.at(end), style)
    return few


def _write(cast: Cast, scene: Scene, field: Field) -> None:
    """What has a name: the deal first, then no deal, the solutions, and the offers from the last."""
    worth = scene.space.utilities
    said: dict[tuple[int, ...], tuple[int, str]] = {}
    named = [] if scene.deal is None else [(scene.deal, "★")]
    named += [(int(row), letter) for letter, each in scene.solutions.items() for row in each.outcomes[:TIES]]
    for row, mark in named:
        first, text = said.get(scene.spot(row), (row, ""))
        said[scene.spot(row)] = (first, text if mark in text else text + mark)
    for row, text in said.values():
        field.canvas.write(*field.at(worth[row]), text, "bold")
    if scene.moved:
        field.canvas.write(*field.at(scene.realised), "☆", "bold")
    field.canvas.write(*field.at(scene.space.disagreement), "×", "bold")
    for offer in reversed(scene.offers):
        if scene.spot(offer.row) not in said:
            text, style = f"{MARKS[offer.by]}{offer.number}", cast.style(offer.by)
            place = field.at(worth[offer.row])
            field.canvas.write(*place, text, style) or field.canvas.write(*place, text[0], style)


def _framed(scene: Scene, field: Field) -> Iterator[Text]:
    """The canvas with the numbers of its upper axis: its ends and the threshold."""
    rows = field.canvas.rows
    least = float(scene.space.disagreement[1])
    numbers = {0: float(field.high[1]), rows - 1: float(field.low[1])}
    numbers.setdefault(field.canvas.cell(*field.at(scene.space.disagreement))[0], least)
    for row, line in enumerate(field.canvas.lines()):
        left = number(numbers[row], 1).rjust(LEFT - 2)[: LEFT - 2] if row in numbers else " " * (LEFT - 2)
        yield Text.assemble((f"{left} │", "dim"), line)


def _below(cast: Cast, scene: Scene, field: Field) -> RenderableType:
    """The other axis: its ends and the threshold, and whose it is."""
    columns = field.canvas.columns
    line = [" "] * columns
    least = field.canvas.cell(*field.at(scene.space.disagreement))[1]
    for column, value in ((least, scene.space.disagreement[0]), (0, field.low[0]), (columns, field.high[0])):
        text = number(float(value), 1)
        start = max(0, min(column - len(text) // 2, columns - len(text)))
        if all(char == " " for char in line[max(start - 1, 0) : start + len(text) + 1]):
            line[start : start + len(text)] = text
    axis = Text(" " * (LEFT - 1) + "└" + "─" * columns, "dim")
    whose = Text.assemble(("points to ", "dim")).append_text(cast.label(0)).append(" →", "dim")
    whose.align("right", columns + LEFT)
    return Group(axis, Text(" " * LEFT + "".join(line), "dim"), whose)


def _key(cast: Cast, scene: Scene, few: bool) -> Iterator[RenderableType]:
    made = [sum(offer.by == seat for offer in scene.offers) for seat in range(2)]
    offers = [
        Text(f"{MARKS[seat]} ", cast.style(seat)).append_text(cast.label(seat)).append(f" {count(n, 'offer')}")
        for seat, n in enumerate(made)
    ]
    yield Flow(Text.assemble(("Offers   ", "dim")), tuple(offers), Text())
    ending = [_valued("× no deal", scene.space.disagreement)]
    if scene.moved:
        ending.insert(0, _valued("☆ what came of it" if scene.deal is not None else "☆ less messages", scene.realised))
    if scene.deal is not None and scene.agreed is not None:
        ending.insert(0, _valued(f"★ the deal, offer {scene.agreed.offer.number}:", scene.at_once))
    yield Flow(Text.assemble(("Ending   ", "dim")), tuple(ending), Text())
    if scene.solutions:
        yield Flow(Text.assemble(("Solutions", "dim")), tuple(_solved(scene)), Text())
    space = scene.space
    dust, rational = POINTS if few else ("·░", "▒▓")
    parts = (
        Text(f"{rational} {len(space.rational_outcomes):,} acceptable to both", RATIONAL),
        Text(f"{dust} {len(space.utilities) - len(space.rational_outcomes):,} not", DUST),
        Text(f"⠤⡄ Pareto frontier ({len(scene.frontier):,})", FRONTIER),
        Text("┆ thresholds", "dim"),
    )
    yield Flow(Text.assemble(("Outcomes ", "dim")), parts, Text())


def _valued(what: str, worth: Sequence[float] | Floats) -> Text:
    return Text(f"{what} {', '.join(number(float(each), 1) for each in worth)}")


def _solved(scene: Scene) -> Iterator[Text]:
    for letter, solution in scene.solutions.items():
        tied = f" ({len(solution.outcomes):,} tied)" if len(solution.outcomes) > 1 else ""
        yield Text.assemble((letter, "bold"), f" {CONCEPTS[letter][0]}{tied}")
