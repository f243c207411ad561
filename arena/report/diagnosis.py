"""What was found of an endpoint, a line a finding, and under what is not well what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.models.finding import Diagnosis, Finding
from arena.report.beside import Trimmed
from arena.report.visible import visible

MARKS = {"good": ("✓", "green"), "bad": ("✗", "bold red"), "note": ("·", "yellow")}


def diagnosis_page(diagnosis: Diagnosis, agents: Sequence[str], cost: str = "") -> RenderableType:
    """One endpoint: its name, whom it plays, its findings, and what finding them out has cost."""
    head = Text.assemble((visible(diagnosis.model), "bold"), f" at {visible(diagnosis.place)}")
    if agents:
        head.append(f" · {', '.join(agents)}", "dim")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column()
    for finding in diagnosis.findings:
        mark, style = MARKS[finding.state]
        grid.add_row(Text(f"  {mark}", style), Text(finding.name), _told(finding))
    return Trimmed(Group(head, grid, *([Text(f"  {cost}", "dim")] if cost else [])))


def _told(finding: Finding) -> Text:
    told = Text(visible(finding.what))
    return told.append(f"\n{visible(finding.advice)}", "dim") if finding.advice else told
