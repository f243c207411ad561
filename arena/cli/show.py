"""`arena show`: one thing out of what `arena list` lists, in full."""

from __future__ import annotations

from typing import Any

import click


@click.command("show")
@click.argument("name")
@click.argument("part", required=False, metavar="[config|remote|transcript]")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Which instance of a scenario.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str, part: str | None, seed: int, as_json: bool) -> None:
    """Show NAME: a scenario, a game (or its file), an agent, a metric or a sample.

    A scenario: its parameters, its moves, an example instance with what is best in it, and what a seat is told. Where a
    name means several things, say which: `agent/random`. `arena show schema transcript`, `... config` and `... remote`
    print the published JSON Schemas.
    """
    from arena.report.exhibits import exhibit, schema

    if name == "schema":
        _print_json(schema(part or "transcript"))
        return
    if part is not None:
        raise click.UsageError(f"{part!r} goes with `schema` only")
    shown = exhibit(name, seed)
    if as_json:
        _print_json(shown.plain)
        return
    from arena.report.beside import Trimmed
    from arena.report.console import stdout

    stdout().print(Trimmed(shown.page))


def _print_json(value: Any) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
