"""A dilemma as a picture: a row of choices for each seat, and beneath them how its points grew."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase
from typing import Final

import altair as alt

from arena.report.numbers import count, number
from arena.report.plots.caption import caption
from arena.report.plots.families.dilemma.growth import growth
from arena.report.plots.families.dilemma.legend import entries
from arena.report.plots.families.dilemma.scene import Scene
from arena.report.plots.fitting import fitted, width
from arena.report.plots.key import key
from arena.report.plots.look import WORDS, Chart, Row, finished
from arena.report.plots.palette import INK, PAPER, QUIET, REGION, SALTIRE, colour, shape
from arena.report.plots.picture import Record
from arena.report.plots.pixels import boxes, marks, texts

NAMES: Final = 112  # pixels left of the choices
ACROSS: Final = 460
KEY: Final = 186
HEAD: Final = 22
ROW: Final = 46  # with the points under each choice
BARE: Final = 33  # without
CELL: Final = 24  # pixels of a choice, at most
SEEN: Final = 10  # pixels of a choice from which on there is something in it
FOOT: Final = 22
TITLE: Final = "Who chose what, and what it came to"


def choices(of: Record, scene: Scene) -> Chart:
    """Rounds across, seats downwards; points beneath. `scene`: that of the record."""
    high = HEAD + row(scene) * len(scene.names) + (FOOT if numbered(scene) else 0)
    layers = [
        boxes(list(_met(scene))),
        boxes(list(_cells(scene)), strokeWidth=1.6 if cell(scene) >= SEEN else 0.8),
        marks([*_crosses(scene), *_seats(scene)]),
        texts(list(_letters(scene)), fontWeight="bold"),
        texts(list(_numbers(scene)), fontSize=10),
        *_words(scene),
    ]
    chart = alt.layer(*layers).properties(width=NAMES + ACROSS, height=high)
    beside = alt.hconcat(chart, key(entries(scene, numbered(scene)), KEY, high), spacing=14)
    optimum = of.header.reference.best
    whole = alt.vconcat(beside, growth(scene, optimum, (NAMES, ACROSS, KEY + 14)), spacing=6)
    told: Chart = finished(whole, TITLE, [*caption(of), _note(scene)])
    return told


def _note(scene: Scene) -> str:
    kind = f"{scene.kind[0].upper()}{scene.kind[1:]}"
    if scene.together:
        return f"{kind}: all chose the same in {scene.times(0)} of {count(len(scene.chosen), 'round')}"
    done = sum(scene.times(seat) for seat in range(len(scene.names)))
    return f"{kind}: {done} of {count(len(scene.chosen) * len(scene.names), 'choice')} cooperate"


def cell(scene: Scene) -> float:
    """The pixels of a round."""
    return ACROSS / max(scene.rounds, 1)


def row(scene: Scene) -> int:
    """The pixels of a seat's row."""
    return ROW if numbered(scene) else BARE


def numbered(scene: Scene) -> bool:
    """Whether there is room for points under the choices."""
    longest = max([width(number(p), 10) for each in scene.points for p in (*each, sum(each))], default=0)
    return longest + 3 <= cell(scene)


def _x(scene: Scene, t: float) -> float:
    return NAMES + cell(scene) * t


def _y(scene: Scene, seat: int) -> float:
    """The middle of a seat's choices."""
    return HEAD + row(scene) * seat + CELL / 2


def _met(scene: Scene) -> Iterator[Row]:
    """Rounds in which all chose the same, where that is what the game is about."""
    low = HEAD + row(scene) * len(scene.names) - 4
    for t, chosen in enumerate(scene.chosen):
        if scene.together and len(set(chosen)) == 1:
            at = {"x": _x(scene, t), "x2": _x(scene, t + 1), "y": HEAD - 4, "y2": low, "met": t}
            yield {**at, "fill": REGION, "stroke": "none"}


def _cells(scene: Scene) -> Iterator[Row]:
    """A square for each choice: filled where it cooperates or where all have met, hollow otherwise."""
    half = min(cell(scene) * 0.84, CELL) / 2
    for t, chosen in enumerate(scene.chosen):
        for seat, action in enumerate(chosen):
            good = len(set(chosen)) == 1 if scene.together else action == scene.good
            x, y = _x(scene, t + 0.5), _y(scene, seat)
            at = {"x": x - half, "x2": x + half, "y": y - CELL / 2, "y2": y + CELL / 2, "seat": seat, "round": t + 1}
            yield {**at, "action": action, "fill": colour(seat) if good else PAPER, "stroke": colour(seat)}


def _crosses(scene: Scene) -> Iterator[Row]:
    """What defects is crossed, where two actions are all there are."""
    if cell(scene) < SEEN or len(scene.actions) > 2:
        return
    for t, chosen in enumerate(scene.chosen):
        for seat, action in enumerate(chosen):
            if action == scene.bad:
                look = {"shape": SALTIRE, "fill": "none", "stroke": colour(seat), "thick": 1.6}
                yield {"x": _x(scene, t + 0.5), "y": _y(scene, seat), **look, "size": 18 if cell(scene) < 18 else 44}


def _seats(scene: Scene) -> Iterator[Row]:
    for seat in range(len(scene.names)):
        at = {"x": 8, "y": _y(scene, seat), "shape": shape(seat), "fill": colour(seat)}
        yield {**at, "stroke": PAPER, "thick": 0.5, "size": 80}


def _letters(scene: Scene) -> Iterator[Row]:
    """The letter of each action, where there are more than two or where none is declared to cooperate."""
    if cell(scene) < SEEN or (len(scene.actions) == 2 and not scene.together):
        return
    for t, chosen in enumerate(scene.chosen):
        for seat, action in enumerate(chosen):
            good = len(set(chosen)) == 1 if scene.together else action == scene.good
            at = {"x": _x(scene, t + 0.5), "y": _y(scene, seat), "text": ascii_uppercase[action]}
            yield {**at, "colour": PAPER if good else colour(seat)}


def _numbers(scene: Scene) -> Iterator[Row]:
    """Under each choice the points that it brought; in the last row those of all."""
    if not numbered(scene):
        return
    for t, paid in enumerate(scene.points):
        for seat, points in enumerate(paid):
            y = _y(scene, seat) + CELL / 2 + 9
            yield {"x": _x(scene, t + 0.5), "y": y, "text": number(points), "colour": QUIET, "of": seat}
        foot = HEAD + ROW * len(paid) + 6
        yield {"x": _x(scene, t + 0.5), "y": foot, "text": number(sum(paid)), "colour": INK, "of": "all"}


def _words(scene: Scene) -> Iterator[alt.Chart]:
    rows = [
        {"x": 20, "y": _y(scene, s), "text": fitted(n, NAMES - 28, 12), "colour": INK}
        for s, n in enumerate(scene.names)
    ]
    yield texts(rows, align="left", fontSize=12)
    every = next(n for n in (1, 2, 5, 10, 20) if cell(scene) * n >= 18)
    shown = [t for t in range(scene.rounds) if (t + 1) % every == 0]
    yield texts([{"x": _x(scene, t + 0.5), "y": 8, "text": str(t + 1), "colour": QUIET} for t in shown])
    if numbered(scene):
        foot = HEAD + ROW * len(scene.names) + 6
        yield texts([{"x": 20, "y": foot, "text": "all", "colour": INK}], align="left", fontSize=WORDS)
