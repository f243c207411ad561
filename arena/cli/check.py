"""`arena check`: validate a configuration and show its plan."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arena.configs.resolve import Resolved
    from arena.planning.forecast import Forecast
    from arena.planning.plan import Preview

ROWS = 20
DEALT = 200  # instances; a run tells of any other as it comes to it


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

    resolved = read_configuration(config, settings)
    if probe and as_json:
        raise click.UsageError("--probe goes without --json; `arena doctor CONFIG --json` says what it finds")
    show_plan(resolved, None, as_json)
    return doctor.probe(resolved, as_json) if probe else 0


def show_plan(resolved: Resolved, limit: int | None, as_json: bool) -> None:
    """Deal instances, so that what cannot be played is found now, and print the plan, or its first `limit` matches."""
    from arena.planning.forecast import forecast
    from arena.planning.instances import Instances
    from arena.planning.plan import count, plan, preview, survey

    survey(resolved, partial(preview, instances=Instances(resolved)))
    rows, total = _dealt(resolved, limit, None if as_json else DEALT), count(resolved, limit)
    expected = forecast(resolved, plan(resolved, limit))
    if as_json:
        _print_json(rows, expected, resolved.config.stop is not None)
    else:
        _print(resolved, rows, total, expected)


def _dealt(resolved: Resolved, limit: int | None, instances: int | None) -> Iterator[Preview]:
    """What each match will be, in so many instances. Raises ConfigError where one cannot be dealt."""
    from arena.errors import ConfigError
    from arena.planning.instances import Instances
    from arena.planning.plan import UNDEALT, against, plan, preview

    known, seen = Instances(resolved), set[tuple[int, int]]()
    for match in plan(resolved, limit):
        seen.add((match.entry, match.seed))
        if instances is not None and len(seen) > instances:
            return
        try:
            yield preview(resolved, match, known)
        except (ConfigError, *UNDEALT) as error:
            raise ConfigError(against(error, match.entry, match.seed), resolved.source) from None


def _print_json(rows: Iterator[Preview], expected: Forecast, may_stop_early: bool) -> None:
    """The plan, written as it is made."""
    import msgspec

    between = '{\n  "matches": [\n    '
    for row in rows:
        click.echo(between + msgspec.json.encode(row).decode(), nl=False)
        between = ",\n    "
    early = ',\n  "may_stop_early": true' if may_stop_early else ""
    click.echo(f'\n  ],\n  "expected": {msgspec.json.encode(expected).decode()}{early}\n}}')


def _print(resolved: Resolved, rows: Iterator[Preview], total: int, expected: Forecast) -> None:
    from itertools import islice

    from rich.table import Table

    from arena.cli.console import stdout

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("match", "seed", "seats", "seating", "rounds", "calls at most", "V*"):
        table.add_column(
            name, justify="right" if name in ("seed", "seats", "rounds", "calls at most", "V*") else "left"
        )
    for row in islice(rows, ROWS):
        calls = "no limit" if row.calls is None else str(row.calls)
        rounds = "–" if row.rounds is None else str(row.rounds)
        seated = ", ".join(row.seating)
        table.add_row(row.id, str(row.seed), str(row.seats), seated, rounds, calls, f"{row.optimum:g}")
    further = sum([1 for _ in rows])  # dealt all the same
    out = stdout()
    out.print(table)
    if total > ROWS:
        out.print(f"... and {total - ROWS:,} more", style="dim")
    if expected.agents:
        from arena.report.forecast import forecast_table

        out.print()
        out.print(forecast_table(expected))
    out.print()
    for line in (*_designs(resolved), *_early(resolved)):
        out.print(line, highlight=False, markup=False)
    dealt = min(total, ROWS) + further
    sound = "the configuration is sound" if dealt == total else f"those of the first {DEALT} instances can be played"
    out.print(f"{total:,} {'match' if total == 1 else 'matches'}; {sound}", style="green")


def _early(resolved: Resolved) -> Iterator[str]:
    """That the run may play less than its plan, where it may."""
    from arena.report.labels import words

    if (stop := resolved.config.stop) is not None:
        decided = f"when it is decided by {words(stop.metric)}, or they differ by less than {stop.delta:g}"
        yield f"it may stop early: a comparison of two agents ends {decided}; these matches are the most it plays"


def _designs(resolved: Resolved) -> Iterator[str]:
    """For each scenario, how its matches come about; nothing where there is one an instance."""
    from arena.planning.designs import seatings
    from arena.planning.plan import seats_of

    repeats = resolved.config.repeats
    for index, entry in enumerate(resolved.entries):
        seated = seatings(resolved.casting, seats_of(resolved, index))
        if len(seated) * repeats == 1:
            continue
        turns = len({each.rotation for each in seated})
        rotated = f" in {turns} rotations" if turns > 1 else ""
        words = [f"{entry.instances:,} instances", f"{len(seated):,} seatings{rotated}", f"{repeats} repeats"]
        yield f"scenarios[{index}] {entry.scenario.name}, {resolved.casting.design}: {' x '.join(words)}"
