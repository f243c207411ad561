"""`arena score`: grade saved transcripts, offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from arena.cli.left_out import tell_unplayed
from arena.cli.thresholds import read_thresholds, threshold_option, told
from arena.errors import TranscriptError

if TYPE_CHECKING:
    from arena.results.saving import Saving
    from arena.results.score import Graded
    from arena.results.thresholds import Threshold
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
    from arena.results.score import transcripts
    from arena.runs.garbage import seldom

    thresholds = read_thresholds(fail_under)
    among = transcripts(paths)
    seen = _Seen(thresholds)
    shown: Shown = _AsJson() if as_json else _AsText(quiet, len(among))
    with seldom(), _saving(save) as saving:
        for each in _each(among, seen.unread):
            seen.add(each)
            shown.one(each.card)
            if saving is not None:
                saving.add(each)
    shown.end(seen)
    _tell_left_out(seen.unread, len(among))
    if not quiet:
        tell_unplayed(paths)
    for place in saving.places if saving is not None else ():
        click.echo(f"scores in {place}", err=True)
    return UNREAD if seen.unread else told(seen.judge.verdicts(), VOID if seen.void else 0)


def _each(among: Sequence[Path], unread: list[str]) -> Iterator[Graded]:
    """Each transcript, scored, one at a time; of several, those that cannot be are put among the `unread`."""
    from arena.results.score import graded

    for file in among:
        try:
            yield graded(file)
        except TranscriptError as error:
            if len(among) == 1:
                raise
            unread.append(str(error))


def _saving(save: bool) -> AbstractContextManager[Saving | None]:
    from arena.results.saving import Saving

    return Saving() if save else nullcontext()


class _Seen:
    """What the matches come to, added up as they are scored; of each, as little is kept as can be."""

    def __init__(self, thresholds: Sequence[Threshold]) -> None:
        from arena.results.thresholds import Judge
        from arena.results.totals import Adding
        from arena.scoring.cost_total import CostTotal

        self.adding, self.cost, self.judge = Adding(), CostTotal(), Judge(thresholds)
        self.matches = self.void = 0
        self.unread: list[str] = []

    def add(self, each: Graded) -> None:
        from arena.results.observed import observation

        card = each.card
        seen = observation(each.header, card, each.path)
        self.adding.add(seen)
        self.judge.add(seen)
        self.cost.add(card.scenario, card.cost, card.headline)
        self.matches += 1
        self.void += card.void is not None


class Shown(Protocol):
    """How scorecards are shown, and what they come to."""

    def one(self, card: Scorecard) -> None: ...
    def end(self, seen: _Seen) -> None: ...


class _AsJson:
    """One object, written as the matches are scored."""

    def __init__(self) -> None:
        self._between = '{\n  "matches": [\n    '

    def one(self, card: Scorecard) -> None:
        click.echo(self._between + _indented(card, 4), nl=False)
        self._between = ",\n    "

    def end(self, seen: _Seen) -> None:
        if not seen.matches:
            click.echo('{\n  "matches": [', nl=False)
        click.echo(f'\n  ],\n  "totals": {_indented(seen.adding.totals(), 2)}', nl=False)
        if seen.unread:
            click.echo(f',\n  "unread": {_indented(seen.unread, 2)}', nl=False)
        click.echo("\n}")


class _AsText:
    """A scorecard or a line a match, and a few lines about all of them."""

    def __init__(self, quiet: bool, among: int) -> None:
        self._quiet, self._among = quiet, among

    def one(self, card: Scorecard) -> None:
        _show(card, self._quiet, self._among)

    def end(self, seen: _Seen) -> None:
        if seen.matches > 1 and not self._quiet:
            _show_totals(seen)


def _indented(value: object, by: int) -> str:
    """A value as JSON, its lines but the first so far to the right; no line ends within a string."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode().replace("\n", "\n" + by * " ")


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


def _tell_left_out(unread: Sequence[str], among: int) -> None:
    """What is in no figure: transcripts that have no score, and why."""
    from arena.report.visible import visible

    for why in unread:
        click.echo(f"not scored: {visible(why)}", err=True)
    if unread:
        click.echo(f"not scored: {len(unread)} of {among} transcripts; they are in no figure", err=True)


def _show_totals(seen: _Seen) -> None:
    from arena.cli.totals import lines_of

    click.echo("" if seen.matches <= SHOWN else "\n", nl=False)
    for line in lines_of(seen.adding.totals(), seen.cost):
        click.echo(line)
