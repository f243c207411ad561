"""A dilemma in a terminal: a line of choices for each seat, and under it the points so far."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from arena.report.flow import Flow
from arena.report.numbers import count, number
from arena.report.plots.families.dilemma.scene import Scene
from arena.report.plots.fitting import cut
from arena.report.plots.picture import Record

LARGEST: Final = 100
LONGEST: Final = 24  # cells of an action's name
GOOD, BAD, MET = "■", "□", "▲"


def lines(of: Record, scene: Scene, width: int) -> RenderableType:
    """The picture and its key for a terminal of so many cells. `scene`: that of the record."""
    left = max(of.cast.width, 5) + 2
    room = min(width, LARGEST) - left
    digits = max([len(number(row[-1])) for row in scene.sums], default=1) + 2
    rounds = max(scene.rounds, 1)
    cell = next((n for n in (digits, 4, 3, 2) if n * rounds <= room), 1)
    part = room // cell
    parts: list[RenderableType] = []
    for first in range(0, rounds, part):
        span = range(first, min(first + part, rounds))
        head = "".join([(str(t + 1) if cell > 2 else str(t + 1)[-1]).rjust(cell) for t in span])
        parts.append(Text(f"{'round':<{left}}{head}", "dim"))
        for seat in range(len(scene.names)):
            parts += _seat(of, scene, seat, span, (left, cell, digits))
        if scene.together:
            met = [t < len(scene.chosen) and len(set(scene.chosen[t])) == 1 for t in span]
            parts.append(Text(f"{'met':<{left}}" + "".join([(MET if each else "").rjust(cell) for each in met])))
    return Group(*parts, Text(), *_key(of, scene))


def _seat(of: Record, scene: Scene, seat: int, span: range, sizes: tuple[int, int, int]) -> Iterator[Text]:
    left, cell, digits = sizes
    name = of.cast.label(seat)
    name.pad_right(left - name.cell_len)
    gone = [t for t in span if t < len(scene.chosen)]
    yield name.append("".join([_mark(scene, scene.chosen[t][seat]).rjust(cell) for t in gone]), of.cast.style(seat))
    if cell >= digits:
        yield Text(" " * left + "".join([number(scene.sums[seat][t + 1]).rjust(cell) for t in gone]), "dim")


def _mark(scene: Scene, action: int) -> str:
    if not scene.together and action == scene.good:
        return GOOD
    return BAD if len(scene.actions) == 2 and not scene.together else ascii_uppercase[action]


def _key(of: Record, scene: Scene) -> Iterator[RenderableType]:
    yield Text(f"{scene.kind[0].upper()}{scene.kind[1:]}; at best {number(scene.best)} points a round for all.", "dim")
    shown = [cut(action, LONGEST) for action in scene.actions]
    parts = [] if scene.good is None else [Text(f"{GOOD} cooperates: {shown[scene.good]}")]
    if len(shown) == 2 and scene.bad is not None and not scene.together:
        parts.append(Text(f"{BAD} defects: {shown[scene.bad]}"))
    else:
        told = {scene.bad: "defects: "}
        parts += [
            Text(f"{ascii_uppercase[a]} {told.get(a, '')}{name}") for a, name in enumerate(shown) if a != scene.good
        ]
    yield Flow(Text("Choices", "dim"), tuple(parts), Text())
    if scene.together:
        yield Text(f"Met    {MET} all chose the same in {scene.times(0)} of {count(len(scene.chosen), 'round')}")
    else:
        each = [of.cast.label(s).append(f" {scene.times(s)}", "not bold") for s in range(len(scene.names))]
        yield Flow(Text(f"Cooperated, of {len(scene.chosen)}:", "dim"), tuple(each), Text())
    sums = [of.cast.label(s).append(f" {number(row[-1])}", "not bold") for s, row in enumerate(scene.sums)]
    yield Flow(Text("Points ", "dim"), (*sums, Text(f"all {number(sum(r[-1] for r in scene.sums))}")), Text())
