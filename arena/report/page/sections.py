"""A report from its first section to its last, in whatever form it is written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from math import isnan
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from arena.analysis.crossing import crossings
from arena.errors import UsageError
from arena.report.estimates import figure, interval, span
from arena.report.numbers import NONE, count
from arena.report.page import agents, pictures, summary, tables
from arena.report.page.gathered import Gathered
from arena.report.page.tables import Cell, Table
from arena.report.visible import visible
from arena.results.measured import PRIMARY
from arena.statistics.estimate import Estimate

LISTED = 200  # matches that are listed one by one
WHY = 10  # reasons of void matches that are told
TONES = 8
TOGETHER = (
    "Coordination gain of the matches in which both sat, whatever their seats; on the diagonal, of one among itself."
)


class Shade(Struct, frozen=True):
    """A cell of a matrix; `tone` goes from 0, pale, to 7."""

    text: str
    span: str
    tone: int


class Matrix(Struct, frozen=True):
    """A square of agents."""

    title: str
    names: tuple[str, ...]
    rows: tuple[tuple[Shade, ...], ...]
    note: str


class Picture(Struct, frozen=True):
    """A picture, and the transcript of the match that it is of, if it is of one."""

    title: str
    svg: str
    match: str = ""
    link: str = ""


class Section(Struct, frozen=True):
    """What stands under one heading, part by part, in this order."""

    id: str
    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    pictures: tuple[Picture, ...] = ()
    lines: tuple[str, ...] = ()
    methods: tuple[tuple[str, str], ...] = ()
    commands: tuple[str, ...] = ()


def sections(of: Gathered, base: Path, verdicts: Sequence[str] = (), drawn: bool = True) -> list[Section]:
    """The sections of a report that lies in the folder `base`; `drawn`: with pictures."""
    measured = tuple(tables.results(of))
    used = {row[-1].text for table in measured for row in table.rows}
    return [
        Section("run", "What was run", tables=(agents.agents(of), tables.scenarios(of))),
        Section(
            "status",
            "Status",
            tables=(tables.endings(of),),
            lines=tuple(summary.amiss(of, WHY)),
        ),
        Section(
            "results",
            "Results",
            tables=tuple(agents.by_agent(of)),
            matrices=tuple(_matrices(of)),
            lines=tuple(verdicts),
        ),
        *([_pictures(of, base)] if drawn else []),
        Section("measures", "Measures", tables=measured),
        Section("matches", "Matches", tables=(_matches(of, base),)),
        Section("method", "Method", words=summary.GENERAL, methods=tuple(summary.methods(used))),
        Section("again", "To go on", commands=tuple(summary.again(of))),
    ]


def _matrices(of: Gathered) -> Iterator[Matrix]:
    for each in crossings(of.matches, PRIMARY):
        shaded = tuple(tuple(_shade(cell) for cell in row) for row in each.matrix)
        gap = "" if isnan(each.gap.value) else f" Alone less with others: {interval(each.gap)}."
        yield Matrix(f"Who with whom: {visible(each.family)}", tuple(map(visible, each.agents)), shaded, TOGETHER + gap)


def _shade(cell: Estimate) -> Shade:
    if isnan(cell.value):
        return Shade(NONE, "", 0)
    return Shade(figure(cell.value, 2), span(cell), max(0, min(TONES - 1, int(cell.value * TONES))))


def _pictures(of: Gathered, base: Path) -> Section:
    try:
        found = [*pictures.spreads(of), *pictures.costs(of), *pictures.telling(of)]
    except UsageError as error:  # the extra is not installed
        return Section("pictures", "Pictures", words=(f"There are none: {error}.",))
    shown = [
        Picture(each.title, each.svg)
        if each.match is None
        else Picture(each.title, each.svg, visible(each.match.match), link(each.match.path, base))
        for each in found
    ]
    return Section("pictures", "Pictures", pictures=tuple(shown))


def _matches(of: Gathered, base: Path) -> Table:
    rows = []
    for each in of.matches[:LISTED]:
        gain = each.values.get(PRIMARY)
        shown = NONE if gain is None or isnan(gain) else figure(gain, 2)
        seated = visible(", ".join(each.agents))
        rows.append(
            (Cell(visible(each.match), link=link(each.path, base)), Cell(seated), Cell(each.status), Cell(shown, True))
        )
    left = len(of.matches) - len(rows)
    note = (
        f"The first {LISTED} of {count(len(of.matches), 'match', 'matches')}; `arena export` has all." if left else ""
    )
    return Table("Transcripts", ("match", "agents by seat", "ending", "coordination gain"), tuple(rows), note)


def link(file: Path, base: Path) -> str:
    """Where a file lies, seen from a folder, as an address."""
    return quote(Path(os.path.relpath(file.resolve(), base.resolve())).as_posix())
