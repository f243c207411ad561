"""`arena report`: a run as one page, or as a few lines for a pull request."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from arena.cli.files import replaced
from arena.cli.thresholds import read_thresholds, threshold_option, told

UNREAD = 2


@click.command("report")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE; - is stdout.")
@click.option("--format", "form", type=click.Choice(["html", "md"]), default="html", show_default=True)
@threshold_option
def command(run: Path, out: Path | None, form: Literal["html", "md"], fail_under: tuple[str, ...]) -> int:
    """Report on RUN, a directory or its name: what was run, what it cost, what came of it, by which method.

    html is one page, by default RUN/report.html, which needs no network and runs nothing; its links lead to the
    transcripts. md goes to stdout. Transcripts that cannot be read are listed, and in no figure: exit code 2. Pictures
    need the extra: pip install 'coordination-arena[plot]'.
    """
    from arena.cli.console import short
    from arena.report.page.gathered import gathered
    from arena.report.page.html import html
    from arena.report.page.markdown import markdown
    from arena.report.verdicts import verdict
    from arena.report.visible import visible
    from arena.results.named import run_named
    from arena.results.thresholds import Judge

    judge = Judge(read_thresholds(fail_under))
    path = run_named(run)
    found = gathered(path)
    for each in found.matches:
        judge.add(each)
    verdicts = judge.verdicts()
    place = out if out is not None else path / "report.html" if form == "html" else Path("-")
    made = (html if form == "html" else markdown)(found, place.parent, [verdict(each) for each in verdicts])
    if place == Path("-"):
        click.echo(made, nl=False)
    else:
        with replaced(place) as file:
            file.write(made.encode("utf-8", errors="backslashreplace"))
        click.echo(short(place))
    for why in found.unread:
        click.echo(f"not read: {visible(why)}", err=True)
    return told(verdicts, UNREAD if found.unread else 0)
