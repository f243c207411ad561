"""The space of agreements of three seats or more in a terminal: a strip for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from arena.report.flow import Flow
from arena.report.numbers import number
from arena.report.plots.families.bargain.profiles import Profiles, profiles
from arena.report.plots.families.bargain.remarks import notes
from arena.report.plots.families.bargain.scene import CONCEPTS, Scene
from arena.report.plots.picture import Record

LARGEST: Final = 92
LEAST: Final = (-0.6, 1.3)  # what a strip shows at least, in shares of one's best; what is beyond stands at its ends


def strips(of: Record, scene: Scene, width: int) -> RenderableType:
    """The picture and its key for a terminal of so many cells. `scene`: that of the record."""
    how = profiles(scene)
    left = of.cast.width + 2
    cells = min(width, LARGEST) - left
    low, high = LEAST if how.normalised else _range(scene, how)
    parts: list[RenderableType] = []
    for seat in range(len(scene.names)):
        above, strip = _strip(scene, how, seat, cells, (low, high))
        below = f"{' ' * left}needs {number(float(scene.space.disagreement[seat]), 1)}"
        if how.normalised:
            below += f", at best {number(float(scene.space.ideal[seat]), 1)}"
        if scene.deal is not None:
            below += f"; the deal gives {number(float(scene.at_once[seat]), 1)}"
        if scene.moved:
            below += f", in the end {number(scene.realised[seat], 1)}"
        name = of.cast.label(seat)
        name.pad_right(left - name.cell_len)
        colour = of.cast.style(seat)
        parts += [Text(" " * left + above, "bold"), name.append_text(_inked(strip, colour)), Text(below, "dim")]
    said = [Text(f"{each}.", "dim") for each in notes(scene)]
    return Group(*parts, Text(), *_key(scene, how), *said)


def _range(scene: Scene, how: Profiles) -> tuple[float, float]:
    rows = [offer.row for offer in scene.offers] + [int(row) for row in how.frontier]
    values = how.of(np.vstack([scene.space.utilities[rows], scene.realised, scene.space.disagreement]))
    low, high = float(values.min()), float(values.max())
    return low - 1, high + 1


def _strip(scene: Scene, how: Profiles, seat: int, cells: int, ends: tuple[float, float]) -> tuple[str, str]:
    """The line of letters, and under it the strip of one seat."""

    def place(value: float) -> int:
        share = (value - ends[0]) / (ends[1] - ends[0])
        return min(max(int(share * cells), 0), cells - 1)

    def worth(row: int) -> int:
        return place(float(how.of(scene.space.utilities[row])[seat]))

    strip = ["·"] * cells
    reach = [worth(int(row)) for row in how.frontier]
    for i in range(min(reach, default=0), max(reach, default=-1) + 1):
        strip[i] = "─"
    strip[place(0.0)] = "┆"
    if how.normalised:
        strip[place(1.0)] = "┆"
    for offer in scene.offers:
        if offer.by == seat:
            strip[worth(offer.row)] = "○" if offer.before else "●"
    if scene.moved:
        strip[place(float(how.of(np.array(scene.realised))[seat]))] = "☆"
    if scene.deal is not None:
        strip[worth(scene.deal)] = "★"
    return "".join(_letters(scene, worth, cells)), "".join(strip)


def _letters(scene: Scene, worth: object, cells: int) -> list[str]:
    """The solutions' letters above where they stand; the next free cell to the right where several do."""
    line = [" "] * (cells + len(CONCEPTS))
    for letter, solution in scene.solutions.items():
        cell = worth(int(solution.outcomes[0]))  # type: ignore[operator]
        while line[cell] != " ":
            cell += 1
        line[cell] = letter
    return line[:cells] if not "".join(line[cells:]).strip() else line


def _inked(strip: str, colour: str) -> Text:
    styles = {"●": f"bold {colour}", "○": colour, "★": "bold", "☆": "bold", "─": "", "┆": "bold", "·": "bright_black"}
    return Text.assemble(*[(char, styles[char]) for char in strip])


def _key(scene: Scene, how: Profiles) -> Iterator[RenderableType]:
    marks = (
        [Text("● a seat's own offers"), Text("★ the deal")]
        if scene.deal is not None
        else [Text("● a seat's own offers")]
    )
    if scene.moved:
        marks.append(Text("☆ what came of it"))
    lines = "┆ threshold and best" if how.normalised else "┆ threshold"
    marks += [Text(lines), Text(f"─ reach of the Pareto frontier ({len(scene.frontier) or len(scene.outer):,})")]
    yield Flow(Text.assemble(("Marks    ", "dim")), tuple(marks), Text())
    if scene.solutions:
        named = [Text.assemble((letter, "bold"), f" {CONCEPTS[letter][0]}") for letter in scene.solutions]
        yield Flow(Text.assemble(("Solutions", "dim")), tuple(named), Text())
