"""`arena fork`: play on from a moment of a match with other agents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arena.cli.spending import spending_options

if TYPE_CHECKING:
    from arena.scoring.scorecard import Scorecard


@click.command("fork")
@click.argument("transcript", type=click.Path(path_type=Path))
@click.option("--at", type=click.IntRange(1), required=True, metavar="K", help="Keep lines 1 to K of the transcript.")
@click.option(
    "--seat",
    "seats",
    metavar="SEAT=AGENT",
    multiple=True,
    help="Seat a model, a policy, file.py:name, http://... or an agent of --config.",
)
@click.option("--config", type=click.Path(path_type=Path), help="A configuration whose agents --seat may name.")
@click.option("--repeats", type=click.IntRange(1), default=1, show_default=True, help="How often to play on.")
@spending_options
@click.option("--out", type=click.Path(path_type=Path), default=Path("transcripts"), show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print scorecards as JSON, the parent's first.")
@click.option("--quiet", is_flag=True, help="Print where the transcripts lie, and nothing else.")
def command(
    transcript: Path,
    at: int,
    seats: tuple[str, ...],
    config: Path | None,
    repeats: int,
    budget: float | None,
    no_cache: bool,
    out: Path,
    as_json: bool,
    quiet: bool,
) -> int:
    """Play on from line K of TRANSCRIPT and compare the endings.

    TRANSCRIPT is a file, a run with one match, or the name of a sample.
    The forks share the parent's environment: the same deal, the same draws. A seat that is not named keeps its agent.
    """
    from arena.cli.console import cards_json, stderr, stdout
    from arena.cli.endings import exit_code, farewell
    from arena.cli.watching import Kept, watching
    from arena.results.score import one, score
    from arena.runs.forking import play_forks

    parent = one(transcript)
    with watching(False, quiet, show=not as_json) as watcher:
        kept = Kept(watcher)
        result = play_forks(parent, at, seats, config, repeats, out, kept, budget, no_cache)
    cards = [score(parent), *kept.cards]
    if as_json:
        click.echo(cards_json(cards, run=str(result.path)))
    elif not quiet:
        farewell(result, stdout())
        _endings(cards)
    return exit_code(result, stderr())


def _endings(cards: Sequence[Scorecard]) -> None:
    from rich.table import Table

    from arena.cli.console import stdout, summary

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("match", "seats", "ending", ""):
        table.add_column(name)
    for card in cards:
        table.add_row(card.match, ", ".join(card.sitters), card.status, summary(card))
    stdout().print()
    stdout().print(table)
