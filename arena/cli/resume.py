"""`arena resume`: go on where a match or a run stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from arena.cli.calling import calling_options
from arena.cli.engines import engine_options
from arena.cli.spending import resumed, spending_options
from arena.cli.thresholds import missed_at, read_thresholds, threshold_option
from arena.errors import UsageError

if TYPE_CHECKING:
    from arena.runs.engine import Engine


@click.command("resume")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--set", "settings", metavar="limits.X=N", multiple=True, help="Change usd, tokens, calls or minutes.")
@spending_options
@click.option(
    "--config", type=click.Path(path_type=Path), help="Refuse to go on where this is not the run's configuration."
)
@calling_options
@engine_options
@threshold_option
@click.option("--json", "as_json", is_flag=True, help="Print what happens as JSON, one object a line.")
@click.option("--quiet", is_flag=True, help="Print where the transcripts lie, and nothing else.")
def command(
    path: Path,
    budget: float | None,
    settings: tuple[str, ...],
    no_cache: bool,
    config: Path | None,
    max_connections: int | None,
    timeout: float | None,
    max_retries: int | None,
    players: Engine | None,
    fail_under: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> int:
    """Go on with the transcript or the run directory at PATH.

    What was recorded is read, not asked again; a torn last line is cut. A match that is over stays. What was spent
    before counts.
    """
    from arena.cli.configuration import read_configuration
    from arena.cli.endings import report
    from arena.cli.watching import watching
    from arena.models.clients import Calling
    from arena.runs.resuming import resume_match, resume_run

    thresholds = read_thresholds(fail_under)
    if config is not None and not path.is_dir():
        raise UsageError("--config goes with the directory of a run; leave it out")
    options, calling = resumed(settings, budget, no_cache), Calling(max_connections, timeout, max_retries)
    against = read_configuration(config) if config is not None else None
    with watching(as_json, quiet, several=players is not None) as watcher:
        if path.is_dir():
            result = resume_run(path, watcher, calling, options, against, players)
        else:
            result = resume_match(path, watcher, calling, options)
    if result.tally.ended or result.tally.failed or result.interrupted or result.ended:
        return report(result, as_json, quiet, thresholds)
    what = "every match of this run is over" if path.is_dir() else "this match is over"
    click.echo(f"{path}: {what}; there is nothing to resume", err=quiet or as_json)
    return report(result, as_json, quiet, thresholds) if as_json else missed_at(thresholds, path, 0)
