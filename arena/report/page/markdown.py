"""A report as Markdown, short enough for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from arena.report.page.gathered import Gathered
from arena.report.page.sections import Matrix, sections
from arena.report.page.summary import facts
from arena.report.page.tables import Table
from arena.report.visible import visible

LEFT_OUT = ("matches", "again")  # they are in the page
# What Markdown, or the HTML in it, would take for markup.
MARKUP = re.compile(r"([\\`*_\[\]<>#|~&@]|:(?=//))")


def markdown(of: Gathered, base: Path, verdicts: Sequence[str] = ()) -> str:
    """The text, with tables as GitHub has them."""
    lines = [f"# {plain(visible(of.name))}", ""]
    lines += [f"- {what}: {plain(value)}" for what, value in facts(of)]
    for section in sections(of, base, verdicts, drawn=False):
        if section.id in LEFT_OUT:
            continue
        lines += ["", f"## {section.title}"]
        for table in section.tables:
            lines += ["", f"**{plain(table.title)}**", "", *_table(table)]
        for matrix in section.matrices:
            lines += ["", f"**{plain(matrix.title)}**", "", *_matrix(matrix)]
        lines += ["", *[f"- {plain(line)}" for line in section.lines]] if section.lines else []
        lines += [line for words in section.words for line in ("", plain(words))]
        lines += ["", *[f"- {name}: {plain(words)}" for name, words in section.methods]] if section.methods else []
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it is; mentions and addresses are no links."""
    return MARKUP.sub(lambda found: f"&#{ord(found[1])};" if found[1] in "<>&@:#" else f"\\{found[1]}", text)


def _table(table: Table) -> Iterator[str]:
    right = [cell.number for cell in table.rows[0]] if table.rows else [False] * len(table.heads)
    yield f"| {' | '.join(table.heads)} |"
    yield f"|{'|'.join('--:' if each else '---' for each in right)}|"
    yield from (f"| {' | '.join(plain(cell.text) for cell in row)} |" for row in table.rows)
    if table.note:
        yield ""
        yield plain(table.note)


def _matrix(matrix: Matrix) -> Iterator[str]:
    yield f"| | {' | '.join(map(plain, matrix.names))} |"
    yield f"|---|{'--:|' * len(matrix.names)}"
    for name, row in zip(matrix.names, matrix.rows, strict=True):
        yield f"| {plain(name)} | {' | '.join(plain(f'{cell.text} {cell.span}'.strip()) for cell in row)} |"
    yield ""
    yield plain(matrix.note)
