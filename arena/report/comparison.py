"""A comparison as people read it: what was declared, what else was found, how matches ended, whether seats matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from arena.analysis.comparing import Comparison, Row, Told, told_apart
from arena.analysis.seating import Seats
from arena.report.estimates import figure, interval, span
from arena.report.labels import words
from arena.report.numbers import NONE, count
from arena.report.status import STATUS
from arena.report.visible import visible

METHODS = {
    "paired t": "pairs averaged by instance; t over instances",
    "paired jackknife t": "pairs averaged by instance; ratios of sums; jackknife over instances, t",
    "Welch t": "mean of the families' differences; t, Welch and Satterthwaite's degrees of freedom",
}


def comparison(found: Comparison, everything: bool = False) -> Iterator[RenderableType]:
    """The parts, top to bottom; of the exploratory measures those that tell the sides apart, or all of them."""
    one, other = visible(found.first.name), visible(found.second.name)
    yield Text.assemble((one, "bold"), " against ", (other, "bold"), f": {_extent(found)}")
    yield Text()
    yield _table(found.primary, one, other)
    yield Text(f"* told apart: p < .05, by Holm over {count(len(found.primary), 'comparison')}", "dim")
    yield from _bounds(found)
    shown = [row for row in found.exploratory if everything or told_apart(row)]
    yield Text()
    if shown:
        yield _table(shown, one, other)
    yield Text(_explored(found, shown), "dim")
    yield Text()
    yield _endings(found)
    for each in found.seats:
        yield Text(seats(each))
    yield Text()
    for method in dict.fromkeys(row.difference.estimate.method for row in (*found.primary, *shown)):
        yield Text(f"{method}: {METHODS[method]}", "dim")


def _extent(found: Comparison) -> str:
    most = max((row.difference.estimate for row in (*found.primary, *found.exploratory)), key=lambda e: e.n)
    few = "; few instances: intervals of skewed measures may cover much less than 95%" if most.few else ""
    return f"{count(most.n, 'pair')} on {count(most.instances, 'instance')}{few}"


def _table(rows: Sequence[Row], one: str, other: str) -> Table:
    several = len({row.family for row in rows}) > 1
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("measure", overflow="fold")
    if several:
        table.add_column("family", overflow="fold")
    for title in (one, other):
        table.add_column(Text(title), justify="right", overflow="fold")
    for title in ("difference", "95%", "p", "instances"):
        table.add_column(title, justify="right", no_wrap=True)
    for row in rows:
        told, estimate = row.difference, row.difference.estimate
        table.add_row(
            Text(words(row.measure)),
            *((row.family,) if several else ()),
            NONE if isnan(told.first) else figure(told.first, 2),
            NONE if isnan(told.second) else figure(told.second, 2),
            NONE if isnan(estimate.value) else ("" if estimate.value < 0 else "+") + figure(estimate.value, 3),
            span(estimate, 3),
            p_words(row.adjusted) + ("*" if told_apart(row) else " "),
            f"{estimate.instances:,}",
        )
    return table


def p_words(p: float) -> str:
    """A p-value: `.012`, `< .001`, `1`."""
    if isnan(p):
        return NONE
    return "< .001" if p < 0.0005 else f"{p:.3f}".removeprefix("0") if p < 0.9995 else "1"


def _explored(found: Comparison, shown: Sequence[Row]) -> str:
    looked = len(found.exploratory)
    told = sum(map(told_apart, found.exploratory))
    kept = f"{len(found.same)} never differ" if found.same else ""
    said = f"exploratory: {count(told, 'difference')} of {looked} with p < .05 by Benjamini and Hochberg"
    return "; ".join(filter(None, [said, kept]))


def _bounds(found: Comparison) -> Iterator[RenderableType]:
    for side in (found.first, found.second):
        for measure, families in side.bounds.items():
            for family, each in families.items():
                share = f"{each.void} of {each.matches} matches are void"
                between = f"between {figure(each.worst.value, 2)} and {figure(each.best.value, 2)}"
                of = f"{words(measure)} ({family}) {between} whatever they had come to"
                yield Text(f"{visible(side.name)}: {share}; {of}", "yellow")


def _endings(found: Comparison) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("ended")
    for side in (found.first, found.second):
        table.add_column(Text(visible(side.name)), justify="right", overflow="fold")
    for status in sorted({*found.first.statuses, *found.second.statuses}):
        table.add_row(STATUS.get(status, status), _share(found.first, status), _share(found.second, status))
    table.add_row("void, of all", _void(found.first), _void(found.second))
    return table


def _share(side: Told, status: str) -> str:
    return interval(side.statuses[status], 0, percent=True) if status in side.statuses else "0%"


def _void(side: Told) -> str:
    return f"{side.void:,} of {side.matches:,}"


def seats(found: Seats) -> str:
    """Whether seats matter in a scenario, in a line or two."""
    where = f"seats ({visible(found.scenario)}): "
    if not found.told_from_agents:
        return where + "agents did not change seats, so that a seat's effect is not told from theirs"
    each = ", ".join(f"{n + 1} {_signed(s.value)} {span(s, 1)}" for n, s in enumerate(found.effect.seats))
    p = p_words(found.effect.p)
    return f"{where}payoff {each}; p {p}" if p.startswith("<") else f"{where}payoff {each}; p = {p}"


def _signed(value: float) -> str:
    return ("" if value < 0 else "+") + figure(value, 1)
