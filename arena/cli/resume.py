"""`arena resume`: go on where a match or a run stopped."""

from __future__ import annotations

from pathlib import Path

import click

from arena.cli.calling import calling_options
from arena.cli.spending import resumed, spending_options


@click.command("resume")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--set", "settings", metavar="limits.X=N", multiple=True, help="Change usd, tokens, calls or minutes.")
@spending_options
@calling_options
@click.option("--json", "as_json", is_flag=True, help="Print scorecards as JSON.")
@click.option("--quiet", is_flag=True, help="Print where the transcripts lie, and nothing else.")
def command(
    path: Path,
    budget: float | None,
    settings: tuple[str, ...],
    no_cache: bool,
    max_connections: int | None,
    timeout: float | None,
    max_retries: int | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Go on with the transcript or the run directory at PATH.

    What was recorded is read, not asked again; a torn last line is cut. A match that is over is left as it is. What was
    spent before counts.
    """
    from arena.cli.console import stdout
    from arena.cli.endings import report
    from arena.cli.live import Live, Quiet, kept_clean
    from arena.models.clients import Calling
    from arena.runs.resuming import resume_match, resume_run

    options = resumed(settings, budget, no_cache)
    silent = quiet or as_json
    watcher = Quiet() if silent else Live(stdout())
    with kept_clean(silent):
        calling = Calling(max_connections, timeout, max_retries)
        result = (resume_run if path.is_dir() else resume_match)(path, watcher, calling, options)
    if not result.played and not result.interrupted and result.ended is None:
        what = "every match of this run is over; there is nothing to resume"
        click.echo(f"{path}: {what if path.is_dir() else 'this match is over; there is nothing to resume'}", err=silent)
        if not as_json:
            return 0
    return report(result, as_json, quiet)
