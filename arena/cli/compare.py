"""`arena compare`: who does better, and how sure that is."""

from __future__ import annotations

from pathlib import Path

import click


def two(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, str] | None:
    """Two names with a comma between them."""
    if value is None:
        return None
    names = tuple(name.strip() for name in value.split(","))
    if len(names) != 2 or not all(names):
        raise click.BadParameter(f"found {value!r}; expected two agents, such as planner,conceder")
    return names[0], names[1]


@click.command("compare")
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--agents", metavar="X,Y", callback=two, help="The agents: X of the first run, Y of the last.")
@click.option("--metric", "metrics", multiple=True, help="A measure that is meant beforehand; by default the gain.")
@click.option("--all", "everything", is_flag=True, help="Show every measure, not only those that differ.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
def command(
    runs: tuple[Path, ...], agents: tuple[str, str] | None, metrics: tuple[str, ...], everything: bool, as_json: bool
) -> None:
    """Compare two runs, or two agents of one run or of two.

    Paired: what is compared met the same instances in the same seats. The measures of --metric (coordination_gain) are
    declared, their p-values adjusted by Holm; all others are explored, theirs adjusted by Benjamini and Hochberg.
    docs/statistics.md tells how.
    """
    from arena.analysis.comparing import compare
    from arena.analysis.sides import sides
    from arena.cli.left_out import tell_unplayed
    from arena.results.measured import PRIMARY
    from arena.runs.garbage import seldom

    if len(runs) > 2:
        raise click.UsageError(f"{len(runs)} runs; compare one or two")
    with seldom():
        found = compare(*sides(runs, agents), metrics or (PRIMARY,))
    tell_unplayed(runs)
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    from arena.cli.console import stdout
    from arena.report.comparison import comparison

    out = stdout()
    for part in comparison(found, everything):
        out.print(part)
