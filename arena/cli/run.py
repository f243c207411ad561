"""`arena run`: play the matches of a configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from arena.cli.calling import calling_options
from arena.cli.engines import engine_options
from arena.cli.spending import limited, spending_options
from arena.cli.thresholds import read_thresholds, threshold_option

if TYPE_CHECKING:
    from arena.runs.engine import Engine


@click.command("run")
@click.argument("config", type=click.Path(path_type=Path))
@click.option("--set", "settings", metavar="A.B=C", multiple=True, help="Change a value of the configuration.")
@click.option("--seed", type=click.IntRange(0), help="The first seed.")
@click.option("--repeats", type=click.IntRange(1), help="How often each seed is played.")
@click.option("--limit", type=click.IntRange(1), help="Play at most so many matches.")
@spending_options
@calling_options
@engine_options
@threshold_option
@click.option("--out", type=click.Path(path_type=Path), default=Path("transcripts"), show_default=True)
@click.option("--dry-run", is_flag=True, help="Show the plan and play nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what happens as JSON, one object a line.")
@click.option("--quiet", is_flag=True, help="Print where the transcripts lie, and nothing else.")
def command(
    config: Path,
    settings: tuple[str, ...],
    seed: int | None,
    repeats: int | None,
    limit: int | None,
    budget: float | None,
    no_cache: bool,
    max_connections: int | None,
    timeout: float | None,
    max_retries: int | None,
    players: Engine | None,
    fail_under: tuple[str, ...],
    out: Path,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Play the matches of CONFIG, live, and score them.

    A few are shown as conversations; of more, the progress. Each match leaves a transcript that replays, verifies,
    forks and scores without a key and without a network.
    """
    from arena.cli.check import show_plan
    from arena.cli.configuration import read_configuration
    from arena.cli.endings import report
    from arena.cli.watching import watching
    from arena.models.clients import Calling
    from arena.runs.run import run

    thresholds = read_thresholds(fail_under)
    resolved = read_configuration(config, limited(settings, budget), seed, repeats)
    if dry_run:
        show_plan(resolved, limit, as_json)
        return 0
    with watching(as_json, quiet, several=players is not None) as watcher:
        calling = Calling(max_connections, timeout, max_retries)
        result = run(resolved, out, watcher, limit, calling, no_cache, players)
    return report(result, as_json, quiet, thresholds)
