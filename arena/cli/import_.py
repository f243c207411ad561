"""`arena import`: make transcripts out of other people's records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arena.errors import UsageError

if TYPE_CHECKING:
    from arena.importing.run import Imported

FORMATS = ("casino", "dealornodeal", "llm-deliberation")
NOTHING = 2


@click.command("import")
@click.argument("name", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("paths", metavar="[FILES]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--game", metavar="GAME", help="llm-deliberation: the game file, or a game's name, with the score sheets."
)
@click.option(
    "--party", "parties", metavar="NAME=PARTY", multiple=True, help="llm-deliberation: what records call a party."
)
@click.option("--agent", metavar="NAME", help="Who sat there, for the scorecards: person or model where left out.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("transcripts"), show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--quiet", is_flag=True, help="Print where the run lies, and nothing else.")
def command(
    name: str,
    paths: tuple[Path, ...],
    game: str | None,
    parties: tuple[str, ...],
    agent: str | None,
    out: Path,
    as_json: bool,
    quiet: bool,
) -> int:
    """Make transcripts out of FILES in FORMAT, in a run directory of their own.

    Formats: casino (JSON), dealornodeal (text, a view a line), llm-deliberation (history*.json and a game). FILES may
    be directories; without any, casino and llm-deliberation take the sample that comes along. What cannot be understood
    is listed with its place and left out. Exit code 2 says that nothing could be imported.
    """
    from arena.importing.formats import Asked, files, reader
    from arena.importing.run import import_files

    read, told = reader(name, Asked(agent, game, _named(parties)))
    imported = import_files(name, files(name, paths), read, out)
    _listed((*told, *(f"not understood: {each.place}: {each.reason}" for each in imported.skipped)))
    _listed(f"in doubt: {each.place}: {each.reason}" for each in imported.doubts)
    if as_json:
        click.echo(_json(imported))
    elif quiet:
        click.echo("" if imported.path is None else _short(imported.path), nl=imported.path is not None)
    else:
        _report(imported)
    return NOTHING if imported.path is None else 0


def _named(parties: Iterable[str]) -> dict[str, str]:
    named = {}
    for each in parties:
        name, equals, party = each.rpartition("=")
        if not equals or not name or not party:
            raise UsageError(f"--party {each}: expected NAME=PARTY, such as SportCo=developer")
        named[name] = party
    return named


def _listed(lines: Iterable[str]) -> None:
    from arena.report.visible import visible

    for line in lines:
        click.echo(visible(line), err=True)


def _json(imported: Imported) -> str:
    from msgspec import structs

    found = {
        "run": None if imported.path is None else str(imported.path),
        "imported": len(imported.matches),
        "void": imported.void,
        "skipped": [structs.asdict(each) for each in imported.skipped],
        "doubts": [structs.asdict(each) for each in imported.doubts],
        "matches": imported.matches,
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def _short(path: Path) -> str:
    from arena.cli.console import short

    return short(path)


def _report(imported: Imported) -> None:
    """How many there are of what, and what can be done with them."""
    from shlex import quote

    from arena.cli.console import program
    from arena.importing.run import AGAIN

    void = f" ({imported.void} of them void: broken off before the end)" if imported.void else ""
    click.echo(f"imported: {len(imported.matches)}{void}")
    click.echo(f"not understood: {len(imported.skipped)}")
    if imported.path is None:
        return
    run = quote(_short(imported.path))
    click.echo(f"run        {run}")
    click.echo(f"score it   {program()} score {run}")
    click.echo(f"play it    {program()} run {quote(_short(imported.path / AGAIN))}")
