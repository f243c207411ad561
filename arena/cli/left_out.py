"""What is in no figure of a run: matches of its plan without a transcript."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click


def tell_unplayed(runs: Sequence[Path]) -> None:
    """Say of runs that were stopped, or whose transcripts were removed, how many matches lack; on stderr."""
    from arena.report.visible import visible
    from arena.results.score import unplayed

    for run, missing, planned in unplayed(list(dict.fromkeys(runs))):
        told = f"{missing} of {planned} planned matches were not begun, or were removed; they are in no figure"
        click.echo(f"{visible(str(run))}: {told}", err=True)
