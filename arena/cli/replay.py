"""`arena replay`: watch a match again, as everyone together or as one seat saw it; or verify its record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arena.errors import UsageError

if TYPE_CHECKING:
    from arena.transcripts.codec import Line
    from arena.transcripts.read import Transcript

PACE = 0.6  # seconds between rulings, where the recorded times are not asked for
LONGEST = 5.0  # seconds; nobody wants to watch a model think for a minute


@click.command("replay")
@click.argument("transcript", type=click.Path(path_type=Path))
@click.option("--as", "seat", metavar="SEAT", help="Show only what this seat saw; its name, or its number from 0.")
@click.option(
    "--speed",
    type=click.FloatRange(0),
    metavar="X",
    help="Pause as it was recorded, X times as fast; 0: do not pause. By default an even pace on a terminal.",
)
@click.option("--verify", is_flag=True, help="Compute every ruling and prompt again, and say where they part.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines: the rulings, or with --as the seat's events.")
@click.option("--quiet", is_flag=True, help="Print no heading; with --verify, print nothing.")
def command(transcript: Path, seat: str | None, speed: float | None, verify: bool, as_json: bool, quiet: bool) -> int:
    """Watch the match of TRANSCRIPT again: a file, a run with one match, or the name of a sample.

    Everything is shown, with what not all seats saw marked in the margin; with --as, what one seat saw and nothing
    else. Needs no key and no network. With --verify, exit code 1 says that the record is not what was played.
    """
    from arena.results.score import one

    path = one(transcript)
    if verify:
        if seat is not None or speed is not None:
            raise UsageError("--verify looks at the whole record at once; leave out --as and --speed")
        return _verify(path, as_json, quiet)
    from arena.cli.seats import seat_of
    from arena.transcripts.read import read

    found = read(path)
    lens = None if seat is None else seat_of(found.game.names, seat)
    paced = _paced(found, speed, as_json)
    if as_json:
        _print_json(paced, lens)
    else:
        _show(found, paced, lens, quiet)
    if found.torn:
        click.echo(f"{path}: the last line is torn ({found.torn} bytes); what stands before it is shown", err=True)
    return 0


def _verify(path: Path, as_json: bool, quiet: bool) -> int:
    import msgspec

    from arena.runs.verify import verify

    verdict = verify(path)
    if as_json:
        click.echo(msgspec.json.encode(verdict).decode())
    elif not quiet:
        from rich.text import Text

        from arena.report.console import stdout
        from arena.report.visible import visible

        why = visible(verdict.why)
        if verdict.ok:
            line = Text.assemble(("verified", "bold green"), f": {verdict.lines} lines", f"; {why}" if why else "")
        else:
            line = Text.assemble(("differs", "bold #c0605c"), f" at line {verdict.line}: {why}")
        stdout().print(line, soft_wrap=True)
    return 0 if verdict.ok else 1


def _show(found: Transcript, lines: Iterator[Line], lens: int | None, quiet: bool) -> None:
    from arena.report.cast import Cast
    from arena.report.console import stdout
    from arena.report.conversation import Conversation
    from arena.report.heading import heading

    out = stdout()
    seats = found.game.names
    if not quiet:
        out.print(heading(found.header, Cast(seats, lens)))
    conversation = Conversation(seats, found.game.scenario.name, lens, out)
    for line in lines:
        conversation.line(line.es)
    if not quiet and found.table().closed is None:
        out.print("\nThe record ends here: the match was not played to its end.", style="yellow")


def _print_json(lines: Iterator[Line], lens: int | None) -> None:
    """The rulings as they stand in the file; or the events of one seat, one a line, as its agent was given them."""
    import msgspec

    from arena.core.events import shown

    encoder = msgspec.json.Encoder()
    for line in lines:
        seen = [line] if lens is None else [shown(a.e) for a in line.es if lens in a.to]
        for each in seen:
            click.echo(encoder.encode(each).decode())


def _paced(found: Transcript, speed: float | None, as_json: bool) -> Iterator[Line]:
    """The lines, with the pauses between them."""
    import sys
    import time

    even = PACE if speed is None and not as_json and sys.stdout.isatty() else 0.0
    before = found.lines[0].t if found.lines else 0
    for i, line in enumerate(found.lines):
        pause = (line.t - before) / 1000 / speed if speed else even if i else 0.0
        if pause > 0:
            time.sleep(min(pause, LONGEST))
        before = line.t
        yield line
