"""`arena plot`: the pictures of a match, as files or in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from arena.cli.files import replaced
from arena.errors import UsageError

if TYPE_CHECKING:
    from arena.report.plots.picture import Record


@click.command("plot")
@click.argument("transcript", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to FILE: .svg, .png or .json."
)
@click.option("--picture", metavar="NAME", help="Which picture; by default the first that --list names.")
@click.option("--list", "listed", is_flag=True, help="List the pictures that there are of this match.")
@click.option("--json", "as_json", is_flag=True, help="Print the Vega-Lite specification; with --list, the list.")
def command(transcript: Path, out: Path | None, picture: str | None, listed: bool, as_json: bool) -> None:
    """Draw the match of TRANSCRIPT: a file, a run with one match, or the name of a sample.

    Without -o a compact form is printed. A .json holds the Vega-Lite specification, which other tools open and change.
    A file that is there already is replaced. Files need the extra: pip install 'coordination-arena[plot]'.
    """
    from arena.report.plots.picture import record
    from arena.results.score import one
    from arena.transcripts.read import read

    path = one(transcript)
    of = record(read(path))
    if listed:
        _list(of, as_json)
    elif out is not None:
        _write(of, picture, out)
    elif as_json:
        from arena.report.plots.drawing import drawn
        from arena.report.plots.find import find

        click.echo(drawn(find(of, picture), of, ".json").decode(), nl=False)
    else:
        _print(of, picture)


def _list(of: Record, as_json: bool) -> None:
    import msgspec
    from rich.table import Table
    from rich.text import Text

    from arena.report.console import stdout
    from arena.report.plots.find import pictures

    known = pictures(of.game.scenario.name)
    if as_json:
        rows = [{"name": each.name, "about": each.about, "missing": each.missing(of)} for each in known]
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(Text("picture"), no_wrap=True)
    table.add_column(Text("what is seen"))
    for each in known:
        why = each.missing(of)
        table.add_row(Text(each.name, "bold"), Text(each.about if why is None else f"none of this match: {why}"))
    stdout().print(table)


def _write(of: Record, name: str | None, out: Path) -> None:
    from arena.cli.console import short
    from arena.report.plots.drawing import FORMATS, drawn
    from arena.report.plots.find import find

    suffix = out.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"{out}: found {out.suffix or 'no suffix'}, expected one of {', '.join(FORMATS)}")
    made = drawn(find(of, name), of, suffix)
    with replaced(out) as file:
        file.write(made)
    click.echo(short(out))


def _print(of: Record, name: str | None) -> None:
    from rich.console import Group
    from rich.rule import Rule
    from rich.text import Text

    from arena.report.console import stdout
    from arena.report.plots.caption import caption
    from arena.report.plots.find import find

    shown, out = find(of, name), stdout()
    which, *rest = caption(of)
    head = Rule(Text(which, "bold"), align="left", style="dim")
    said = [Text(line, "dim") for line in rest]
    out.print(Group(head, *said, Text(), shown.compact(of, min(out.width, 100))))
