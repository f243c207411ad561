"""Ratings as people read them: the ranks with their intervals, the matrix behind them, and what goes in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from arena.analysis.crossing import Crossing
from arena.analysis.rating import Ratings
from arena.report.estimates import figure, interval, over, span
from arena.report.labels import words
from arena.report.numbers import NONE, count
from arena.report.visible import visible


def ranking(found: Ratings, crossed: Sequence[Crossing]) -> Iterator[RenderableType]:
    """The parts, top to bottom."""
    first = found.rated[0].rating
    what = f"{words(found.measure)}, seat against seat" if found.within else f"{words(found.measure)}, place for place"
    counted = "matches" if found.within else "comparisons"
    yield Text.assemble(("ratings", "bold"), f" by {what} ({over(first, counted)})")
    yield Text()
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("", justify="right")
    table.add_column("agent", overflow="fold")
    for name in ("log odds", "95%"):
        table.add_column(name, justify="right", no_wrap=True)
    for rank, each in enumerate(found.rated, 1):
        value = ("" if each.rating.value < 0 else "+") + figure(each.rating.value, 2)
        table.add_row(str(rank), Text(visible(each.agent)), value, span(each.rating))
    yield table
    if found.unrated:
        yield Text(f"not rated, never in another's place: {', '.join(map(visible, found.unrated))}", "dim")
    yield Text()
    yield Text(f"cycles: {found.cycles.cyclic} of {count(found.cycles.triples, 'triple')} go in a circle")
    for crossing in crossed:
        yield from _crossing(crossing)


def _crossing(found: Crossing) -> Iterator[RenderableType]:
    yield Text()
    yield Text(f"{words(found.measure)} of {visible(found.family)}, by who sat together")
    yield Text()
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("")
    for agent in found.agents:
        table.add_column(Text(visible(agent)), justify="right", overflow="fold")
    for agent, row in zip(found.agents, found.matrix, strict=True):
        table.add_row(Text(visible(agent)), *(NONE if isnan(cell.value) else figure(cell.value, 2) for cell in row))
    yield table
    yield Text()
    yield Text(f"self-play less cross-play: {interval(found.gap)} ({over(found.gap)})")
