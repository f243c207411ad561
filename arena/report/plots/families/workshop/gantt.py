"""The Gantt chart of a workshop: a row a seat, a bar for each stretch of work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import altair as alt

from arena.report.families.workshop import LETTERS
from arena.report.numbers import count
from arena.report.plots.caption import caption
from arena.report.plots.families.workshop.legend import entries, tasks
from arena.report.plots.families.workshop.scene import Scene, Stint
from arena.report.plots.fitting import fitted, width
from arena.report.plots.key import key
from arena.report.plots.look import WORDS, Chart, Row, finished
from arena.report.plots.palette import FAINT, GRID, INK, PAPER, QUIET, SALTIRE, colour, shape
from arena.report.plots.picture import Record
from arena.report.plots.pixels import boxes, marks, strokes, texts

NAMES: Final = 112  # pixels left of the bars
ACROSS: Final = 446
HEAD: Final = 22  # above the first row
FOOT: Final = 40  # below the last
ROW: Final = 46
BAR: Final = 26
KEY: Final = 196
APART: Final = 26  # pixels between the numbers of rounds
SMALL: Final = 9  # pixels a round under which idle rounds have no mark
TITLE: Final = "Who worked on what, and when"


def gantt(of: Record, scene: Scene) -> Chart:
    """Rounds across, seats downwards, and the tasks beneath. `scene`: that of the record."""
    high = HEAD + ROW * len(scene.names) + FOOT
    bars, hollow = list(_bars(scene, ("new",))), list(_bars(scene, ("again", "lost")))
    layers = [
        boxes(list(_grounds(scene))),
        strokes(list(_grid(scene)), strokeWidth=1),
        strokes(list(_waits(scene)), strokeWidth=1.5),
        boxes(bars, strokeWidth=0, cornerRadius=2),
        boxes(hollow, strokeWidth=1.4, strokeDash=[3, 2], cornerRadius=2),
        strokes(list(_handed(scene)), strokeWidth=1.6),
        marks([*_marks(scene), *_ends(scene)]),
        texts(list(_letters(scene)), fontWeight="bold", fontSize=12),
        strokes(_lines(scene), strokeWidth=1.6, strokeDash=[5, 3]),
        *_words(scene),
    ]
    chart = alt.layer(*layers).properties(width=NAMES + ACROSS, height=high)
    beside = alt.hconcat(chart, key(entries(scene), KEY, high), spacing=16)
    whole = alt.vconcat(beside, tasks(scene, NAMES + ACROSS + 16 + KEY), spacing=10)
    told: Chart = finished(whole, TITLE, [*caption(of), *_notes(scene)])
    return told


def _notes(scene: Scene) -> list[str]:
    again, lost = scene.count("again"), scene.count("lost")
    rest = f"{scene.count('handed')} spent on handing over, {scene.count('idle')} idle"
    return [f"{count(scene.count('new'), 'round')} of work done, {again} done again, {lost} lost, {rest}"]


def across(scene: Scene) -> int:
    """The rounds that the chart is wide."""
    return max(scene.rounds, scene.best, 1)


def _x(scene: Scene, t: float) -> float:
    return NAMES + ACROSS * t / across(scene)


def _y(seat: int) -> float:
    """The middle of a seat's row."""
    return HEAD + ROW * (seat + 0.5)


def _grounds(scene: Scene) -> Iterator[Row]:
    for seat in range(0, len(scene.names), 2):
        at = {"x": 0, "x2": NAMES + ACROSS, "y": _y(seat) - ROW / 2, "y2": _y(seat) + ROW / 2}
        yield {**at, "fill": "#f7f9fa", "stroke": "none"}


def _numbered(scene: Scene) -> list[int]:
    every = next(n for n in (1, 2, 5, 10, 20, 50) if ACROSS / across(scene) * n >= APART)
    return list(range(every - 1 if every > 1 else 0, across(scene), every))


def _grid(scene: Scene) -> Iterator[Row]:
    bottom = HEAD + ROW * len(scene.names)
    for t in [0, *[t + 1 for t in _numbered(scene)]]:
        yield {"x": _x(scene, t), "x2": _x(scene, t), "y": HEAD, "y2": bottom, "colour": GRID}


def _bars(scene: Scene, hows: tuple[str, ...]) -> Iterator[Row]:
    for stint in scene.stints:
        if stint.how in hows:
            tone = colour(scene.pieces[stint.task].skill)
            at: Row = {"x": _x(scene, stint.begin) + 1, "x2": _x(scene, stint.end) - 1, "seat": stint.seat}
            at |= {"y": _y(stint.seat) - BAR / 2, "y2": _y(stint.seat) + BAR / 2, "how": stint.how, "task": stint.task}
            yield {**at, "fill": tone if stint.how == "new" else PAPER, "stroke": tone}


def _waits(scene: Scene) -> Iterator[Row]:
    """Lines in the gaps between the bars, from a task that is done to one that waited for it."""
    for wait in scene.waits:
        x = _x(scene, wait.at)
        low, high = sorted((_y(wait.seat), _y(wait.next_seat)))
        edge = BAR / 2 if low == high else 0
        yield {"x": x, "x2": x, "y": low - edge, "y2": high + edge, "colour": INK, "wait": True}


def _ends(scene: Scene) -> Iterator[Row]:
    """A dot at what was done, an arrow's head at what had waited for it."""
    for wait in scene.waits:
        x = _x(scene, wait.at)
        yield {"x": x, "y": _y(wait.seat), "shape": "circle", "fill": INK, "stroke": PAPER, "thick": 0.8, "size": 26}
        head = {"shape": "triangle-right", "fill": INK, "stroke": PAPER, "thick": 0.8, "size": 52}
        yield {"x": x + 1, "y": _y(wait.next_seat), **head}


def _handed(scene: Scene) -> Iterator[Row]:
    for stint in scene.stints:
        if stint.how == "handed" and stint.to >= 0:
            x, y = _x(scene, stint.begin + 0.5), _y(stint.seat)
            tone = colour(scene.pieces[stint.task].skill)
            yield {"x": x, "y": y, "x2": _x(scene, stint.end), "y2": _y(stint.to), "colour": tone}


def _marks(scene: Scene) -> Iterator[Row]:
    """A cross on what was lost, a dot for each idle round, a ring where a task was handed over, the kind on a bar."""
    cell = ACROSS / across(scene)
    look = {"fill": "none", "stroke": INK, "thick": 1.8}
    for stint in scene.stints:
        x, y = _x(scene, (stint.begin + stint.end) / 2), _y(stint.seat)
        match stint.how:
            case "lost":
                yield {"x": x, "y": y, **look, "shape": SALTIRE, "size": min(110.0, (cell * 0.7) ** 2)}
            case "handed":
                fill = INK if stint.to >= 0 else PAPER
                yield {"x": x, "y": y, **look, "fill": fill, "shape": "circle", "size": 40}
            case "idle" if cell >= SMALL:
                for t in range(stint.begin, stint.end):
                    dot = {"shape": "circle", "fill": FAINT, "stroke": FAINT, "thick": 0, "size": 12}
                    yield {"x": _x(scene, t + 0.5), "y": y, **dot}
            case _:
                yield from _kind(scene, stint)


def _kind(scene: Scene, stint: Stint) -> Iterator[Row]:
    """The shape of its kind at the left end of a bar that has room for it and for a letter."""
    kind = scene.pieces[stint.task].skill if stint.task >= 0 else 0
    if stint.how in ("new", "again") and _x(scene, stint.end) - _x(scene, stint.begin) >= 30:
        tone = PAPER if stint.how == "new" else colour(kind)
        at = {"x": _x(scene, stint.begin) + 10, "y": _y(stint.seat), "shape": shape(kind)}
        yield {**at, "fill": tone, "stroke": tone, "thick": 0, "size": 44}


def _letters(scene: Scene) -> Iterator[Row]:
    for stint in scene.stints:
        wide = _x(scene, stint.end) - _x(scene, stint.begin)
        if stint.how in ("new", "again") and wide >= 12:
            x = (_x(scene, stint.begin) + _x(scene, stint.end)) / 2 + (5 if wide >= 30 else 0)
            tone = PAPER if stint.how == "new" else colour(scene.pieces[stint.task].skill)
            yield {"x": x, "y": _y(stint.seat), "text": LETTERS[stint.task], "colour": tone}
        elif stint.how == "lost" and wide >= 12:
            x = (_x(scene, stint.begin) + _x(scene, stint.end)) / 2
            yield {"x": x, "y": _y(stint.seat) + BAR / 2 + 6, "text": LETTERS[stint.task], "colour": QUIET}


def _lines(scene: Scene) -> list[Row]:
    """Where the shortest plan is done, and where it was done."""
    bottom = HEAD + ROW * len(scene.names)
    at = [(scene.best, 8)] + ([(scene.rounds, 24)] if scene.done else [])
    return [{"x": _x(scene, t), "x2": _x(scene, t), "y": HEAD - 4, "y2": bottom + low, "colour": INK} for t, low in at]


def _words(scene: Scene) -> Iterator[alt.Chart]:
    bottom = HEAD + ROW * len(scene.names)
    best = f"the shortest plan: {scene.best}" if scene.exact else f"no plan is shorter than {scene.best}"
    said = [(scene.best, best, 8)] + ([(scene.rounds, f"all done: {scene.rounds}", 24)] if scene.done else [])
    for t, text, low in said:
        left = _x(scene, t) - 6 - width(text, WORDS) < 0
        at = {"x": _x(scene, t) + (6 if left else -6), "y": bottom + low, "text": text, "colour": INK}
        yield texts([at], align="left" if left else "right", fontWeight="bold")
    numbers = [{"x": _x(scene, t + 0.5), "y": HEAD - 10, "text": str(t + 1), "colour": QUIET} for t in _numbered(scene)]
    yield texts(numbers)
    rows = [(seat, fitted(name, NAMES - 12, 12)) for seat, name in enumerate(scene.names)]
    yield texts([{"x": 6, "y": _y(s) - 8, "text": text, "colour": INK} for s, text in rows], align="left", fontSize=12)
    yield marks([row for seat in range(len(scene.names)) for row in _able(scene, seat)])


def _able(scene: Scene, seat: int) -> Iterator[Row]:
    """Under a seat's name, the kinds of work that it can do."""
    for i, kind in enumerate(sorted(scene.able[seat])):
        at = {"x": 12 + 15 * i, "y": _y(seat) + 10, "shape": shape(kind), "size": 60}
        yield {**at, "fill": colour(kind), "stroke": PAPER, "thick": 0.5}
