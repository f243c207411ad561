"""`arena export`: the matches of runs in other people's formats."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from arena.cli.files import replaced
from arena.cli.thresholds import read_thresholds, threshold_option, told
from arena.errors import UsageError

if TYPE_CHECKING:
    from arena.exporting.formats import Format
    from arena.exporting.junit import Check
    from arena.exporting.row import Row
    from arena.results.observed import Observation
    from arena.results.thresholds import Judge

UNREAD = 2
FORMATS = ("csv", "jsonl", "parquet", "junit")


@click.command("export")
@click.argument("runs", nargs=-1, required=True, metavar="RUN...", type=click.Path(path_type=Path))
@click.option("--to", required=True, type=click.Choice(FORMATS), help="The format.")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE, not to stdout.")
@threshold_option
def command(runs: tuple[Path, ...], to: Format, out: Path | None, fail_under: tuple[str, ...]) -> int:
    """Write the matches of each RUN, a directory or its name, one row or object a match.

    csv, parquet: a column a measure. jsonl: an object a line. junit: a test a match and a threshold, a void match an
    error. A file that is there already is replaced. Transcripts that cannot be read are listed and left out: exit code
    2. parquet needs the extra: pip install 'coordination-arena[parquet]'.
    """
    from arena.exporting.formats import write
    from arena.report.verdicts import verdict
    from arena.report.visible import visible
    from arena.results.named import run_named
    from arena.results.observed import observed
    from arena.results.thresholds import Judge

    judge = Judge(read_thresholds(fail_under))
    if to == "parquet" and out is None:
        raise UsageError("parquet is no text; name a file with -o")
    unread: list[str] = []
    found = observed([run_named(run) for run in runs], unread.append)

    def checks() -> list[Check]:
        verdicts = zip(fail_under, judge.verdicts(), strict=True)
        return [(asked, each.held, verdict(each)) for asked, each in verdicts]

    with _opened(out) as file:
        write(to, _rows(found, judge), file, checks)
    for why in unread:
        click.echo(f"not exported: {visible(why)}", err=True)
    return told(judge.verdicts(), UNREAD if unread else 0)


def _rows(found: Iterable[Observation], judge: Judge) -> Iterator[Row]:
    from arena.exporting.row import row

    for each in found:
        judge.add(each)
        yield row(each)


@contextmanager
def _opened(out: Path | None) -> Iterator[BinaryIO]:
    """Where it is written: all of a file or nothing."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from arena.cli.console import short

    with replaced(out) as file:
        yield file
    click.echo(short(out))
