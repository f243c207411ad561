"""The tables of a report: what they say, before anybody decides how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from msgspec import Struct

from arena.report.estimates import interval
from arena.report.labels import AGREEMENT, GROUP, HEADLINE, LOSS, words
from arena.report.numbers import count, number
from arena.report.page.gathered import Gathered
from arena.report.status import STATUS
from arena.report.visible import visible
from arena.results.measured import PRIMARY, RATES, Figure, figure, measures
from arena.statistics.estimate import Estimate

GIVEN = frozenset({"optimum", "floor", "hindsight_optimum"})  # of the instances, not of what was done
# Words that a scorecard's heads complete, in full.
IN_FULL = {
    "pareto_efficiency_expected": "Pareto efficiency of a random rational deal",
    "pareto_efficiency_floor_adjusted": "Pareto efficiency above a random one",
    "loss_choice": "loss by choice of deal",
    "loss_delay": "loss by delay",
    "loss_deadlock": "loss by deadlock",
}
FIRST = ("settled", "agreed", "value", "joint_share")
ORDER = {name: n for n, name in enumerate(dict.fromkeys((PRIMARY, *FIRST, *HEADLINE, *AGREEMENT, *LOSS, *GROUP)))}


class Cell(Struct, frozen=True):
    """A cell: what it says, and where it leads; `number` is set to the right."""

    text: str
    number: bool = False
    link: str = ""


class Table(Struct, frozen=True):
    """A table with its title, its heads, a row of cells each, and what is to be said below it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


def scenarios(of: Gathered) -> Table:
    """What was played: parameters, instances, matches."""
    seen: dict[str, tuple[set[str], int]] = {}
    for each in of.matches:
        instances, n = seen.get(each.label, (set(), 0))
        seen[each.label] = (instances | {each.instance}, n + 1)
    rows = [
        (Cell(visible(label)), Cell(f"{len(instances):,}", True), Cell(f"{n:,}", True))
        for label, (instances, n) in sorted(seen.items())
    ]
    return Table("Scenarios", ("scenario and parameters", "instances", "matches"), tuple(rows))


def endings(of: Gathered) -> Table:
    """How the matches ended."""
    total = len(of.matches)
    rows = [
        (Cell(STATUS.get(name, visible(name))), Cell(f"{n:,}", True), Cell(f"{n / total:.0%}", True))
        for name, n in of.statuses.items()
    ]
    return Table("How they ended", ("ending", "matches", "share"), tuple(rows))


def results(of: Gathered) -> Iterator[Table]:
    """A table for each family: every measure of the group, the primary one first."""
    for family in of.families:
        found = [each for each in of.matches if each.scenario == family]
        group = {name for each in found for name in (*each.values, *(each.ratios if each.void is None else ()))}
        names = [name for name in measures(found) if name in group and name not in GIVEN]
        figures = [figure(found, name) for name in sorted(names, key=lambda name: (ORDER.get(name, len(ORDER)), name))]
        rows = [_measure(each) for each in figures if not isnan(each.overall.value)]
        note = _uncertain([each for each in figures if each.bounds and each.measure == PRIMARY])
        yield Table(
            f"Measures: {visible(family)}", ("measure", "estimate", "n", "instances", "method"), tuple(rows), note
        )


def _measure(found: Figure) -> tuple[Cell, ...]:
    of = found.overall
    return (
        Cell(IN_FULL.get(found.measure) or words(found.measure)),
        Cell(_estimate(of, found.measure), True),
        Cell(f"{of.n:,}", True),
        Cell(f"{of.instances:,}", True),
        Cell(of.method),
    )


def _estimate(found: Estimate, measure: str) -> str:
    percent = measure in RATES
    return interval(found, 0 if percent else _digits(found), percent)


def _digits(found: Estimate) -> int:
    """Decimals: fewer where the figure is large."""
    return 2 if abs(found.value) < 10 else 1 if abs(found.value) < 1000 else 0


def _uncertain(figures: list[Figure]) -> str:
    """What void matches could have made of a measure, where there are many of them."""
    parts = []
    for each in figures:
        for between in each.bounds.values():
            worst, best = number(between.worst.value), number(between.best.value)
            void = f"{between.void:,} of {count(between.matches, 'match', 'matches')} void"
            parts.append(f"{words(each.measure)}: {worst} at worst, {best} at best ({void})")
    return "; ".join(parts)
