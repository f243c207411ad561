"""The facts of a committee as a picture: a block for each option, with a row a fact and a column a member."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from arena.report.numbers import count
from arena.report.plots.caption import caption
from arena.report.plots.families.committee.legend import keys
from arena.report.plots.families.committee.scene import Block, Cell, Scene, signed
from arena.report.plots.fitting import fitted
from arena.report.plots.look import WIDE, Chart, Row, finished
from arena.report.plots.palette import GRID, INK, PAPER, QUIET, SALTIRE, STAR, colour, shape
from arena.report.plots.picture import Record
from arena.report.plots.pixels import boxes, marks, strokes, texts

SIDE: Final = 50  # pixels left of the members' columns
COLUMN: Final = 24  # pixels of a member where there are many, and the most where there are few
WIDEST: Final = 34
LEAST: Final = 96  # pixels that the columns take together, so that there is room for what an option is
LINE: Final = 19
HEAD: Final = 58  # over the first fact: the option, its worth, the members
BETWEEN: Final = 26
UNDER: Final = 22
TITLE: Final = "Who knew what, who told it, and how they voted"


@dataclass(frozen=True)
class Spot:
    """Where a block stands: its left upper corner, and the pixels of a member's column."""

    left: float
    top: float
    column: float

    def x(self, seat: int) -> float:
        """The middle of a member's column."""
        return self.left + SIDE + self.column * (seat + 0.5)

    def y(self, line: float) -> float:
        """The middle of a row, the first being 0."""
        return self.top + HEAD + LINE * (line + 0.5)


def blocks(of: Record, scene: Scene) -> Chart:
    """The options beside each other, and the key beneath. `scene`: that of the record."""
    column = min(max(COLUMN, LEAST / len(scene.names)), WIDEST)
    wide, deep = round(SIDE + column * len(scene.names)), _deep(scene)
    across = max(min((WIDE + BETWEEN) // (wide + BETWEEN), len(scene.blocks)), 1)
    spots = [
        Spot((wide + BETWEEN) * (k % across), (deep + UNDER) * (k // across), column) for k in range(len(scene.blocks))
    ]
    pairs = list(zip(scene.blocks, spots, strict=True))
    layers = [
        boxes([row for block, at in pairs for row in _cells(block, at)], strokeWidth=0, cornerRadius=2),
        strokes([row for block, at in pairs for row in _rules(scene, block, at)], strokeWidth=1),
        marks([row for block, at in pairs for row in _marks(block, at)]),
        *[layer for k, (block, at) in enumerate(pairs) for layer in _words(scene, block, k, at)],
    ]
    high = (deep + UNDER) * (-(-len(scene.blocks) // across))
    chart = alt.layer(*layers).properties(width=(wide + BETWEEN) * across - BETWEEN, height=high)
    told: Chart = finished(alt.vconcat(chart, keys(scene), spacing=8), TITLE, [*caption(of), _note(scene)])
    return told


def _deep(scene: Scene) -> int:
    rows = max(len(block.lines) for block in scene.blocks) + 2 + scene.ballots
    return HEAD + LINE * rows + 6


def _note(scene: Scene) -> str:
    facts = sum(len(block.lines) for block in scene.blocks)
    spread = sum(any(cell.true for cell in line.cells) for block in scene.blocks for line in block.lines)
    false = sum(any(cell.false for cell in line.cells) for block in scene.blocks for line in block.lines)
    return f"{count(facts, 'fact')}: {spread} told as they are, {false} told falsely"


def _cells(block: Block, at: Spot) -> Iterator[Row]:
    """A square for each fact and member: in the member's colour where it was told it at first."""
    for i, line in enumerate(block.lines):
        for seat, cell in enumerate(line.cells):
            box = {"x": at.x(seat) - at.column / 2 + 1.5, "x2": at.x(seat) + at.column / 2 - 1.5}
            box |= {"y": at.y(i) - LINE / 2 + 1.5, "y2": at.y(i) + LINE / 2 - 1.5}
            told: Row = {"fact": line.number, "seat": seat, "fill": colour(seat) if cell.knew else GRID}
            yield {**box, **told, "stroke": "none"}


def _marks(block: Block, at: Spot) -> Iterator[Row]:
    for seat in range(len(block.own)):
        head = {"x": at.x(seat), "y": at.top + HEAD - 10, "shape": shape(seat), "fill": colour(seat)}
        yield {**head, "stroke": PAPER, "thick": 0.5, "size": 70}
    if block.best:
        star = {"x": at.left + 8, "y": at.top + 26, "shape": STAR, "fill": INK}
        yield {**star, "stroke": INK, "thick": 0, "size": 90}
    for i, line in enumerate(block.lines):
        for seat, cell in enumerate(line.cells):
            if look := mark(cell, colour(seat)):
                yield {"x": at.x(seat), "y": at.y(i), "of": line.number, "by": seat, **look}


def mark(cell: Cell, tone: str) -> Row | None:
    """What stands in the square of a fact and a member of that colour, if anything."""
    ink = PAPER if cell.knew else tone
    if cell.false:
        return {"shape": SALTIRE, "fill": "none", "stroke": ink, "thick": 2.2, "size": 44}
    if cell.true:
        fill = "none" if cell.aside else ink
        return {"shape": "triangle-up", "fill": fill, "stroke": ink, "thick": 1.4, "size": 62}
    if not cell.knew and cell.heard:
        return {"shape": "circle", "fill": INK, "stroke": INK, "thick": 0, "size": 22}
    if not cell.knew and cell.misheard:
        return {"shape": SALTIRE, "fill": "none", "stroke": INK, "thick": 1.5, "size": 14}
    return None


def _rules(scene: Scene, block: Block, at: Spot) -> Iterator[Row]:
    """A line under the facts, and a heavy edge to the left of the option that was chosen."""
    y = at.y(len(block.lines)) - LINE / 2 + 1
    right = at.left + SIDE + at.column * len(scene.names)
    yield {"x": at.left, "x2": right, "y": y, "y2": y, "colour": QUIET}


def _words(scene: Scene, block: Block, k: int, at: Spot) -> Iterator[alt.Chart]:
    room = SIDE + at.column * len(scene.names) + 8
    name = {"x": at.left, "y": at.top + 8, "text": fitted(block.name, room - 20, 13 * 1.06), "colour": INK}
    yield texts([name], align="left", fontWeight="bold", fontSize=13)
    said = [what for what, so in (("best", block.best), ("decoy", block.decoy), ("chosen", block.chosen)) if so]
    worth = fitted(", ".join([f"{signed(block.worth)} in all", *said]), room - (18 if block.best else 0), 11)
    left = at.left + (18 if block.best else 0)
    yield texts([{"x": left, "y": at.top + 26, "text": worth, "colour": INK}], align="left")
    facts = [(i, str(line.number), signed(line.amount)) for i, line in enumerate(block.lines)]
    yield texts(
        [{"x": at.left + 17, "y": at.y(i), "text": n, "colour": QUIET} for i, n, _ in facts], align="right", fontSize=9
    )
    points = [{"x": at.left + SIDE - 5, "y": at.y(i), "text": points, "colour": INK} for i, _, points in facts]
    yield texts(points, align="right")
    yield from _views(scene, block, k, at)


def _views(scene: Scene, block: Block, k: int, at: Spot) -> Iterator[alt.Chart]:
    """Under the facts: each member's view before and after, in bold where it likes nothing better; and the votes."""
    first = len(block.lines)
    rows = (("own view", block.own, scene.own), ("heard", block.after, scene.after))
    heads = [
        {"x": at.left, "y": at.y(first + i) + 3, "text": what, "colour": QUIET} for i, (what, *_) in enumerate(rows)
    ]
    for i, (_, views, liked) in enumerate(rows):
        for bold in (True, False):
            seats = [seat for seat in range(len(views)) if (k in liked[seat]) == bold]
            style: dict[str, Any] = {"fontWeight": "bold", "fontSize": 10} if bold else {"fontSize": 9}
            cells = [{"x": at.x(s), "y": at.y(first + i) + 3, "text": signed(views[s])} for s in seats]
            yield texts([{**cell, "colour": INK if bold else QUIET} for cell in cells], **style)
    for ballot, votes in enumerate(block.votes):
        y = at.y(first + 2 + ballot) + 3
        heads.append({"x": at.left, "y": y, "text": f"vote {ballot + 1}", "colour": QUIET})
        look = {"stroke": PAPER, "thick": 0.5, "size": 70, "vote": ballot + 1}
        cast = [seat for seat, vote in enumerate(votes) if vote]
        yield marks([{"x": at.x(s), "y": y, "shape": shape(s), "fill": colour(s), **look} for s in cast])
    yield texts(heads, align="left", fontSize=10)
