"""`arena retry`: play matches of a run again, from their beginning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from arena.cli.calling import calling_options
from arena.cli.engines import engine_options
from arena.cli.spending import resumed, spending_options

if TYPE_CHECKING:
    from arena.runs.engine import Engine

# Of a run whose comparisons ended early.
AFTER = "this run stopped early: what was played again changes its figures; its verdicts stand as they were decided"


@click.command("retry")
@click.argument("run", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--status", metavar="STATUS,...", default="void", show_default=True, help="Those that stand so.")
@click.option("--set", "settings", metavar="limits.X=N", multiple=True, help="Change usd, tokens, calls or minutes.")
@spending_options
@calling_options
@engine_options
@click.option("--json", "as_json", is_flag=True, help="Print what happens as JSON, one object a line.")
@click.option("--quiet", is_flag=True, help="Print where the transcripts lie, and nothing else.")
def command(
    run: Path,
    status: str,
    budget: float | None,
    settings: tuple[str, ...],
    no_cache: bool,
    max_connections: int | None,
    timeout: float | None,
    max_retries: int | None,
    players: Engine | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Play matches of RUN again, from their beginning: void ones, or those that ended with STATUS.

    What they left before is kept under retried/. `arena resume` goes on in the middle of a void match instead, and asks
    nothing again. Playing again what did not please is choosing among results: say so when you report them.
    """
    from arena.cli.endings import report
    from arena.cli.watching import watching
    from arena.models.clients import Calling
    from arena.runs.deciding import decisions
    from arena.runs.retrying import retry_run

    statuses = [each.strip() for each in status.split(",") if each.strip()]
    options, calling = resumed(settings, budget, no_cache), Calling(max_connections, timeout, max_retries)
    with watching(as_json, quiet, several=players is not None) as watcher:
        result = retry_run(run, statuses, watcher, calling, options, players)
    if not (result.tally.ended or result.tally.failed or result.interrupted or result.ended):
        click.echo(
            f"{run}: no match of this run is {' or '.join(statuses)}; there is nothing to retry", err=as_json or quiet
        )
        if not as_json:
            return 0
    if result.tally.ended and decisions(run):
        click.echo(AFTER, err=True)
    return report(result, as_json, quiet)
