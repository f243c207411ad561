"""`arena score`: grade saved transcripts, offline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from arena.scoring.scorecard import Scorecard

VOID = 3


@click.command("score")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print scorecards as JSON.")
@click.option("--save", is_flag=True, help="Also write them beside the transcripts of a run, under scores/.")
@click.option("--quiet", is_flag=True, help="One line a match.")
def command(paths: tuple[Path, ...], as_json: bool, save: bool, quiet: bool) -> int:
    """Grade the transcripts at PATHS: files, run directories, directories of runs, or names of samples.

    Needs no key and no network, and imports no model client. A void match has a reason and no scores; how its seats
    behaved as far as it went is counted all the same. Exit code 3 says that there was one.
    """
    from arena.cli.console import cards_json, stdout, summary
    from arena.cli.totals import totals
    from arena.report.scorecard import scorecard as rendered
    from arena.runs.score import save_scores, score, transcripts

    files = transcripts(paths)
    cards: list[Scorecard] = []
    out = stdout()
    for file in files:
        card = score(file)
        cards.append(card)
        if quiet and not as_json:
            click.echo(f"{card.match}\t{card.status}\t{summary(card)}")
        elif not as_json:
            out.print(rendered(card))
            out.print()
    if as_json:
        click.echo(cards_json(cards))
    elif len(cards) > 1 and not quiet:
        for line in totals(cards):
            out.print(line, markup=False, highlight=False)
    if save:
        for place in save_scores(files, cards):
            click.echo(f"scores in {place}", err=True)
    return VOID if any(card.void is not None for card in cards) else 0
