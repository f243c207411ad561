"""The words on the picture of a plane: letters of solutions, numbers of offers, the region's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import altair as alt
import numpy as np

from arena.report.plots.families.bargain.cloud import staircase
from arena.report.plots.families.bargain.plane_frame import HEIGHT, WIDTH, Frame, at, span
from arena.report.plots.families.bargain.remarks import listed
from arena.report.plots.families.bargain.scene import Scene
from arena.report.plots.fitting import fitted, width
from arena.report.plots.look import WORDS, Row, data, words
from arena.report.plots.palette import FAINT, INK, QUIET
from arena.report.plots.placing import Box, Label, around, box_at, placed

TIES: Final = 9  # outcomes of a solution that are named
NAMED: Final = "acceptable to both"


def labels(scene: Scene, frame: Frame, x: Any, y: Any) -> list[alt.Chart]:
    """The letters of the solutions and the numbers of the offers, as far as there is room for them; and the name of
    the region, where there is room left."""
    wanted = list(_wanted(scene, frame))
    taken = [around(label.x, label.y, label.radius + 1) for label in wanted]
    taken.append(around(*frame.pixels(scene.space.disagreement), 6))
    if scene.moved:
        taken.append(around(*frame.pixels(scene.realised), 8))
    inked = list(_inked(scene, frame))
    rows, leads = [], []
    for label, place in zip(
        wanted, placed(wanted, WORDS, taken, inked, Box(2, -8, WIDTH - 2, HEIGHT - 2)), strict=True
    ):
        if place is None:
            continue
        taken.append(box_at(label.text, WORDS, place.x, place.y))
        rows.append({**at(frame.utilities(place.x, place.y)), "text": label.text, "colour": INK})
        if place.far:
            leads.append(span(frame.utilities(label.x, label.y), frame.utilities(place.x, place.y)))
    lead = alt.Chart(data(leads)).mark_rule(color=FAINT, strokeWidth=0.8)
    region = words(_region(scene, frame, taken, inked), x, y)
    return [lead.encode(x=x, y=y, x2="x2", y2="y2"), *words(rows, x, y, fontWeight="bold"), *region]


def _region(scene: Scene, frame: Frame, taken: Sequence[Box], inked: Sequence[tuple[float, float]]) -> list[Row]:
    """The region's name in the first of its corners in which nothing stands."""
    left, bottom = frame.pixels(scene.space.disagreement)
    half = width(NAMED, WORDS) / 2 + 6
    near = (frame.pixels(point) for point in scene.space.utilities[scene.space.rational_outcomes[:20_000]])
    dots = [*inked, *near]
    for x, y in ((WIDTH - half, 11), (left + half, 11), (WIDTH - half, bottom - 11)):
        box = box_at(NAMED, WORDS, x, y)
        free = not any(box.left - 3 < a < box.right + 3 and box.top - 3 < b < box.bottom + 3 for a, b in dots)
        if box.within(Box(left, 0, WIDTH, bottom)) and free and not any(box.meets(other) for other in taken):
            return [{**at(frame.utilities(x, y)), "text": NAMED, "colour": QUIET}]
    return []


def _inked(scene: Scene, frame: Frame) -> Iterator[tuple[float, float]]:
    """Points on the lines of the picture, a few pixels apart."""
    worth = scene.space.utilities
    lines = [[worth[offer.row] for offer in scene.offers if offer.by == seat] for seat in range(2)]
    corners = staircase(scene.space, scene.outer, float(frame.high[0] - frame.low[0]) / 60)
    lines += [[step for a, b in pairwise(corners) for step in (a, np.array([a[0], b[1]]), b)]]
    for line in lines:
        for (x, y), (to_x, to_y) in pairwise([frame.pixels(point) for point in line]):
            n = int(max(abs(to_x - x), abs(to_y - y)) / 5) + 1
            yield from [(x + (to_x - x) * i / n, y + (to_y - y) * i / n) for i in range(n + 1)]


def _wanted(scene: Scene, frame: Frame) -> Iterator[Label]:
    """One label for each place that has something to say: the deal first, then solutions, then offers from the last."""
    letters: dict[tuple[int, ...], list[str]] = {}
    rows: dict[tuple[int, ...], int] = {}

    def say(row: int, what: str) -> None:
        spot = scene.spot(row)
        rows.setdefault(spot, row)
        said = letters.setdefault(spot, [])
        if what and what not in said:
            said.append(what)

    if scene.deal is not None:
        say(scene.deal, "deal")
    for letter, solution in scene.solutions.items():
        for row in solution.outcomes[:TIES]:
            say(int(row), letter)
    for offer in reversed(scene.offers):
        say(offer.row, "")
    for spot, row in rows.items():
        numbers = listed([offer.number for offer in scene.offers if scene.spot(offer.row) == spot])
        text = " · ".join([part for part in (" ".join(letters[spot]), numbers) if part])
        radius = 9 if letters[spot][:1] == ["deal"] else 6
        yield Label(fitted(text, 140, WORDS), *frame.pixels(scene.space.utilities[row]), radius)
