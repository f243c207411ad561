"""`arena check`: validate a configuration and show its plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arena.configs.resolve import Resolved
    from arena.runs.plan import Planned

ROWS = 20


@click.command("check")
@click.argument("config", type=click.Path(path_type=Path))
@click.option("--set", "settings", metavar="A.B=C", multiple=True, help="Change a value of the configuration.")
@click.option("--probe", is_flag=True, help="Then examine each endpoint, as `arena doctor` does.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
def command(config: Path, settings: tuple[str, ...], probe: bool, as_json: bool) -> int:
    """Validate CONFIG, every mistake at once, and show what `arena run` would play and what it may cost.

    Nothing is asked of any endpoint, but with --probe.
    """
    from arena.cli import doctor
    from arena.cli.configuration import read_configuration
    from arena.runs.plan import plan

    resolved = read_configuration(config, settings)
    if probe and as_json:
        raise click.UsageError("--probe goes without --json; `arena doctor CONFIG --json` says what it finds")
    show_plan(resolved, list(plan(resolved)), as_json)
    return doctor.probe(resolved, as_json) if probe else 0


def show_plan(resolved: Resolved, planned: Sequence[Planned], as_json: bool) -> None:
    """Deal every instance, so that what cannot be played is found now, and print the plan."""
    from rich.table import Table

    from arena.cli.console import stdout
    from arena.runs.forecast import forecast
    from arena.runs.plan import each, preview

    rows = each(resolved, planned, preview)
    expected = forecast(resolved, planned)
    if as_json:
        import msgspec

        found = {"matches": rows, "expected": expected}
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("match", "seed", "seats", "seating", "rounds", "calls at most", "V*"):
        table.add_column(
            name, justify="right" if name in ("seed", "seats", "rounds", "calls at most", "V*") else "left"
        )
    for row in rows[:ROWS]:
        calls = "no limit" if row.calls is None else str(row.calls)
        rounds = "–" if row.rounds is None else str(row.rounds)
        seated = ", ".join(row.seating)
        table.add_row(row.id, str(row.seed), str(row.seats), seated, rounds, calls, f"{row.optimum:g}")
    out = stdout()
    out.print(table)
    if len(rows) > ROWS:
        out.print(f"... and {len(rows) - ROWS} more", style="dim")
    if expected.agents:
        from arena.report.forecast import forecast_table

        out.print()
        out.print(forecast_table(expected))
    out.print(f"\n{len(rows)} {'match' if len(rows) == 1 else 'matches'}; the configuration is sound", style="green")
