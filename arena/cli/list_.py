"""`arena list`: what there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

KINDS = "scenarios|agents|models|metrics|samples|games|suites|runs"
WRAPPED = ("about", "key", "agents", "plays")  # columns of running text; a name is never broken
NARROW = 20  # cells of running text; where there are fewer, what is said of a name stands beneath it
GAP = 3
RIGHT = frozenset(["parties", "deals", "lines", "played", "void", "scenarios", "instances", "seeds from"])


@click.command("list")
@click.argument("kind", metavar=KINDS, shell_complete=lambda ctx, param, begun: _beginning(begun))
@click.option("--out", type=click.Path(path_type=Path), default=Path("transcripts"), help="Where runs lie.")
@click.option("--scenario", metavar="NAME", help="Runs of this scenario.")
@click.option("--agent", metavar="NAME", help="Runs in which this agent sat.")
@click.option("--model", metavar="NAME", help="Runs in which this model sat, such as 'openai/*'.")
@click.option("--status", metavar="STATUS", help="Runs that stand so: complete, stopped, 'complete*'.")
@click.option("--since", metavar="WHEN", help="Runs begun since a date, or within 90m, 12h, 7d, 2w.")
@click.option("--score", "scores", metavar="'MEASURE>=X'", multiple=True, help="Runs with such a mean; repeatable.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="The newest N runs.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--quiet", is_flag=True, help="Print the names alone.")
def command(kind: str, out: Path, as_json: bool, quiet: bool, **asked: Any) -> None:
    """List what there is of a kind; runs come newest first.

    Runs are listed from an index that lies beside them, which is brought up to date each time. Names may be patterns.
    `arena show NAME` says more of a scenario, a game, an agent or a sample, `arena score RUN` of a run;
    docs/models.md tells how models are named.
    """
    rows = _runs(out, asked) if kind == "runs" else _others(kind, asked)
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
        such = " that are so" if any(asked.values()) else ""
        click.echo(f"There are no {kind}{where}{such}.", err=True)


def _runs(out: Path, asked: dict[str, Any]) -> list[dict[str, Any]]:
    from datetime import UTC, datetime

    from arena.index.asking import Asked, moment
    from arena.report.runs import rows

    since = moment(asked["since"], datetime.now(UTC)) if asked["since"] else ""
    names = {name: asked[name] or "" for name in ("scenario", "agent", "model", "status")}
    return rows(out, Asked(**names, since=since), asked["scores"], asked["limit"])


def _others(kind: str, asked: dict[str, Any]) -> list[dict[str, Any]]:
    from arena.report.inventory import inventory

    found = inventory(kind)
    if any(asked.values()):
        raise click.UsageError(f"such options are for runs: `arena list runs`; leave them out with {kind}")
    return found


def _beginning(begun: str) -> list[str]:
    return [kind for kind in KINDS.split("|") if kind.startswith(begun)]


def _print(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from arena.report.beside import Trimmed
    from arena.report.console import stdout
    from arena.report.families.plain import spaced
    from arena.report.visible import visible

    out = stdout()
    rows = [_brief(row) for row in rows]
    if _least(rows) > out.width:
        out.print(Trimmed(_below(rows)))
        return
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="dim")
    for column in rows[0]:
        right, fixed = column in RIGHT, column not in WRAPPED
        table.add_column(Text(spaced(column)), justify="right" if right else "left", overflow="fold", no_wrap=fixed)
    for row in rows:
        name, *rest = row.values()
        table.add_row(Text(visible(str(name)), "bold"), *[_cell(value) for value in rest])
    out.print(Trimmed(table))


def _least(rows: list[dict[str, Any]]) -> int:
    """The cells that a table of the rows takes at least, names and numbers whole and text as narrow as reads well."""
    from rich.cells import cell_len

    widths = [max(cell_len(_cell(row[column]).plain) for row in [{column: column}, *rows]) for column in rows[0]]
    wrapped = [
        min(width, NARROW) if column in WRAPPED else width for column, width in zip(rows[0], widths, strict=True)
    ]
    return sum(wrapped) + GAP * (len(wrapped) - 1)


def _below(rows: list[dict[str, Any]]) -> RenderableType:
    """Each row as its name and, beneath, what there is to say of it."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    from arena.report.families.plain import spaced
    from arena.report.visible import visible

    parts: list[RenderableType] = []
    for row in rows:
        said = [
            Text.assemble(("" if column == "about" else f"{spaced(column)} ", "dim"), _cell(value))
            for column, value in row.items()
            if column != "name"
        ]
        parts += [
            Text(visible(str(row["name"])), "bold", overflow="fold"),
            Padding(Text("; ").join(said), (0, 0, 0, 2)),
        ]
    return Group(*parts)


def _brief(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it is printed: a run's name tells when it started, and its counts go together."""
    if "started" not in row:
        return row
    from arena.report.runs import brief

    return brief(row)


def _cell(value: Any) -> Text:
    from rich.text import Text

    from arena.report.numbers import NONE
    from arena.report.visible import visible

    if isinstance(value, list):
        return Text(", ".join(visible(str(each)) for each in value))
    if type(value) is int:
        return Text(f"{value:,}")
    return Text(NONE, "dim") if value is None else Text(visible(str(value)))
