"""The stock of a commons in a terminal: a bar a round, a letter for each seat that took of it."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from arena.report.flow import Flow
from arena.report.numbers import count
from arena.report.plots.families.commons.scene import Scene, Year
from arena.report.plots.picture import Record

LARGEST: Final = 100
NARROW: Final = 60  # cells under which the optimum has no columns
MOST: Final = 24  # rounds that are shown, evenly among all
LEFT, LANDED, BEST = 12, 8, 14  # cells of the numbers beside the bars
STANDING, LOST, LASTS = "░", "·", "│"


def bars(of: Record, scene: Scene, width: int) -> RenderableType:
    """The picture and its key for a terminal of so many cells. `scene`: that of the record."""
    wide = width >= NARROW
    cells = min(width, LARGEST) - LEFT - LANDED - (BEST if wide else 0)
    head = f"{'round':>5}{'stock':>6} {' ' * cells}{'landed':>{LANDED}}" + (f"{'optimum':>{BEST}}" if wide else "")
    shown = sorted({round(i * (scene.rounds - 1) / (MOST - 1)) for i in range(MOST)})
    lines = [Text(head, "dim")]
    for t in shown:
        year = scene.years[t] if t < len(scene.years) else None
        stock, takes = scene.best[t]
        line = Text(f"{t + 1:>5}", "dim").append(f"{year.stock:>6} " if year else " " * 7, "")
        line.append_text(_bar(of, scene, year, cells) if year else Text(" " * cells))
        line.append(f"{sum(year.landed):>{LANDED}}" if year else " " * LANDED, "bold")
        lines.append(line.append(f"{f'{takes} of {stock}':>{BEST}}", "dim") if wide else line)
    rest = Text.assemble((f"{'left':>5}", "dim"), f"{scene.stock:>6} ", _rest(scene, cells))
    lines.append(rest.append("collapsed") if scene.collapsed else rest)
    return Group(*lines, Text(), *_key(of, scene, wide, len(shown)))


def _place(scene: Scene, units: int, cells: int) -> int:
    """How many cells so many units take."""
    return round(units * cells / max([scene.capacity, *[year.stock + year.lost for year in scene.years]]))


def _bar(of: Record, scene: Scene, year: Year, cells: int) -> Text:
    marks = [(STANDING, "dim")] * _place(scene, year.left, cells)
    high = year.left
    for seat in reversed(range(len(year.landed))):
        high += year.landed[seat]
        marks += [(ascii_uppercase[seat], of.cast.style(seat))] * (_place(scene, high, cells) - len(marks))
    marks += [(LOST, "dim")] * (_place(scene, year.stock + year.lost, cells) - len(marks))
    marks += [(" ", "")] * (cells - len(marks))
    at = _place(scene, year.stock - year.lasting, cells)
    if 0 < at < cells:
        marks[at - 1] = (LASTS, "bold")
    return Text.assemble(*marks)


def _rest(scene: Scene, cells: int) -> Text:
    return Text(STANDING * _place(scene, scene.stock, cells), "dim")


def _key(of: Record, scene: Scene, wide: bool, shown: int) -> Iterator[RenderableType]:
    took = [
        Text(f"{ascii_uppercase[seat]} ", of.cast.style(seat)).append_text(of.cast.label(seat)).append(f" {total:,}")
        for seat, total in enumerate(scene.totals)
    ]
    yield Flow(Text("Taken  ", "dim"), tuple(took), Text())
    marks = [Text(f"{STANDING} left to regrow"), Text(f"{LASTS} down to here it lasts")]
    marks += [Text(f"{LOST} lost before the round")] if any(year.lost > 0 for year in scene.years) else []
    marks.append(Text(f"under {scene.threshold} it collapses"))
    yield Flow(Text("Stock  ", "dim"), tuple(marks), Text())
    best = Text(f"takes {count(sum(takes for _, takes in scene.best), 'unit')} in all")
    told = [] if scene.known else [Text("is that of one who knows how fast it regrows")]
    yield Flow(Text("Optimum", "dim"), (best, *told), Text())
    if shown < scene.rounds:
        yield Text(f"{shown} of {count(scene.rounds, 'round')} are shown.", "dim")
