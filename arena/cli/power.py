"""`arena power`: how many instances tell a difference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from arena.analysis.planning import Planned
    from arena.statistics.power import Needed


LEAST, MOST = 1e-6, 1e12  # what a difference may be; beyond, a number of instances says nothing


def a_difference(ctx: click.Context, param: click.Parameter, value: float) -> float:
    """A difference that can be told."""
    if not LEAST <= value <= MOST:
        raise click.BadParameter(f"found {value:g}; expected a difference above 0, such as 0.05")
    return value


@click.command("power")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--delta", type=float, callback=a_difference, required=True, help="The difference to be told.")
@click.option("--metric", default="coordination_gain", show_default=True, help="Of which measure.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(run: Path, delta: float, metric: str, as_json: bool) -> None:
    """How many instances tell a difference of DELTA, by the variance that RUN has shown.

    With 80% power, at the 5% level. Paired where two agents met the same instances; for each agent alone, how many it
    takes where its rival plays others, which is many more. docs/statistics.md tells how.
    """
    from arena.analysis.planning import planned
    from arena.cli.left_out import tell_unplayed
    from arena.results.observed import observed, of_measure
    from arena.runs.garbage import seldom

    with seldom():
        rows = planned(of_measure(observed([run]), metric), metric, delta)
    tell_unplayed([run])
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
        return
    from arena.cli.console import stdout
    from arena.report.labels import words

    out = stdout()
    out.print(f"instances that tell a difference of {delta:g} in {words(metric)}, power 80%, level 5%", markup=False)
    out.print()
    out.print(_table(rows))


def _table(rows: Sequence[Planned]) -> Table:
    from rich.table import Table
    from rich.text import Text

    from arena.report.visible import visible

    several = len({row.family for row in rows}) > 1
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in ("family",) * several + ("comparison",):
        table.add_column(name, overflow="fold")
    for name in ("had", "sd", "it told", "needed", "95%"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        what = f"{row.first} - {row.second}, paired" if row.second is not None else f"{row.first}, unpaired"
        names = (*((row.family,) if several else ()), Text(visible(what)))
        needed = f"{row.needed.instances:,}"
        table.add_row(
            *names, f"{row.instances:,}", f"{row.deviation:.3f}", f"{row.detectable:.3f}", needed, _range(row.needed)
        )
    return table


def _range(needed: Needed) -> str:
    return "" if needed.high is None else f"{needed.low:,} to {needed.high:,}"
