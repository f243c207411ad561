"""`arena score`: grade saved transcripts, offline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arena.cli.thresholds import missed, read_thresholds, threshold_option
from arena.errors import TranscriptError

if TYPE_CHECKING:
    from arena.results.observed import Observation
    from arena.scoring.scorecard import Scorecard

VOID = 3
UNREAD = 2
SHOWN = 3  # so many matches get a scorecard each; more get a line each


@click.command("score")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print scorecards as JSON.")
@click.option("--save", is_flag=True, help="Also write them beside the transcripts of a run, under scores/.")
@threshold_option
@click.option("--quiet", is_flag=True, help="One line a match, and nothing else.")
def command(paths: tuple[Path, ...], as_json: bool, save: bool, fail_under: tuple[str, ...], quiet: bool) -> int:
    """Grade the transcripts at PATHS: files, run directories, directories of runs, or names of samples.

    Needs no key and no network, and imports no model client. Up to 3 matches get a scorecard each, more a line each;
    below stands what several of them come to. A void match has a reason and no scores; how its seats behaved as far as
    it went is counted all the same. Exit code 3 says that there was one. Of several transcripts those that cannot be
    read, or are not the ones that were written, are listed, and the others scored: exit code 2.
    """
    from arena.cli.console import cards_json
    from arena.results.observed import header_of, observation
    from arena.results.score import save_scores, score, transcripts, unplayed
    from arena.results.totals import totals

    thresholds = read_thresholds(fail_under)
    among = transcripts(paths)
    files: list[Path] = []
    cards: list[Scorecard] = []
    unread: list[str] = []
    for file in among:
        try:
            cards.append(score(file))
        except TranscriptError as error:
            if len(among) == 1:
                raise
            unread.append(str(error))
            continue
        files.append(file)
        if not as_json:
            _show(cards[-1], quiet, len(among))
    found = [observation(header_of(file), card, file) for file, card in zip(files, cards, strict=True)]
    if as_json:
        click.echo(cards_json(cards, totals=totals(found), **({"unread": unread} if unread else {})))
    elif len(cards) > 1 and not quiet:
        _show_totals(found, cards)
    _tell_left_out(unread, len(among), () if quiet else unplayed(paths))
    if save:
        for place in save_scores(files, cards):
            click.echo(f"scores in {place}", err=True)
    void = VOID if any(card.void is not None for card in cards) else 0
    return UNREAD if unread else missed(thresholds, found, void)


def _show(card: Scorecard, quiet: bool, among: int) -> None:
    from arena.cli.console import stdout, summary
    from arena.report.visible import visible

    if quiet:
        click.echo(f"{card.match}\t{card.status}\t{summary(card)}")
    elif among > SHOWN:
        click.echo(f"{visible(card.match)}  {card.status}  {summary(card)}")
    else:
        from arena.report.scorecard import scorecard

        out = stdout()
        out.print(scorecard(card))
        out.print()


def _tell_left_out(unread: Sequence[str], among: int, unplayed: Iterable[tuple[Path, int, int]]) -> None:
    """What is in no figure: transcripts that have no score, and why; matches of a plan that were never begun."""
    from arena.report.visible import visible

    for why in unread:
        click.echo(f"not scored: {visible(why)}", err=True)
    if unread:
        click.echo(f"not scored: {len(unread)} of {among} transcripts; they are in no figure", err=True)
    for run, missing, planned in unplayed:
        told = f"{missing} of {planned} planned matches were not begun; they are in no figure"
        click.echo(f"{visible(str(run))}: {told}", err=True)


def _show_totals(found: Sequence[Observation], cards: Sequence[Scorecard]) -> None:
    from arena.cli.totals import totals

    click.echo("" if len(cards) <= SHOWN else "\n", nl=False)
    for line in totals(found, cards):
        click.echo(line)
