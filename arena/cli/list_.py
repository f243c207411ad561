"""`arena list`: what there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.text import Text

KINDS = "scenarios|agents|models|metrics|samples|games|runs"
NAME = 40  # cells that a name takes before it is folded
WRAPPED = ("name", "about", "key")
RIGHT = frozenset(["parties", "deals", "lines", "played", "void"])


@click.command("list")
@click.argument("kind", metavar=KINDS, shell_complete=lambda ctx, param, begun: _beginning(begun))
@click.option("--out", type=click.Path(path_type=Path), default=Path("transcripts"), help="Where runs lie.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--quiet", is_flag=True, help="Print the names alone.")
def command(kind: str, out: Path, as_json: bool, quiet: bool) -> None:
    """List what there is of a kind; `arena show NAME` says more of each. Runs come newest first."""
    from arena.report.inventory import inventory

    rows = inventory(kind, out)
    if as_json:
        import json

        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif quiet:
        for row in rows:
            click.echo(row["name"])
    elif rows:
        _print(rows)
    else:
        where = f" in {out}" if kind == "runs" else ""
        click.echo(f"There are no {kind}{where}.", err=True)


def _beginning(begun: str) -> list[str]:
    return [kind for kind in KINDS.split("|") if kind.startswith(begun)]


def _print(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from arena.report.beside import Trimmed
    from arena.report.console import stdout
    from arena.report.families.plain import spaced
    from arena.report.visible import visible

    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False, header_style="dim")
    rows = [_brief(row) for row in rows]
    longest = max(len(str(row["name"])) for row in rows)
    for column in rows[0]:
        right, fixed = column in RIGHT, column not in WRAPPED or (column == "name" and longest <= NAME)
        table.add_column(Text(spaced(column)), justify="right" if right else "left", overflow="fold", no_wrap=fixed)
    for row in rows:
        name, *rest = row.values()
        table.add_row(Text(visible(str(name)), "bold"), *[_cell(value) for value in rest])
    stdout().print(Trimmed(table))


def _brief(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it is printed: a run's name tells when it started, and its counts go together."""
    if "started" not in row:
        return row
    played = None if row["played"] is None else f"{row['played']} of {row['planned']}"
    return {"name": row["name"], "status": row["status"], "played": played, "void": row["void"]}


def _cell(value: Any) -> Text:
    from rich.text import Text

    from arena.report.numbers import NONE
    from arena.report.visible import visible

    if isinstance(value, list):
        return Text(", ".join(visible(str(each)) for each in value))
    if type(value) is int:
        return Text(f"{value:,}")
    return Text(NONE, "dim") if value is None else Text(visible(str(value)))
