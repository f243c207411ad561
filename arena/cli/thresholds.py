"""The option by which a command fails where a measure does not come to what it has to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from arena.results.observed import Observation
    from arena.results.thresholds import Threshold, Verdict

C = TypeVar("C", bound=Callable[..., Any])
VOID, MISSED = 3, 4


def threshold_option(command: C) -> C:
    """Adds `--fail-under`."""
    return click.option(
        "--fail-under",
        metavar="MEASURE=VALUE",
        multiple=True,
        help="Exit with 4 where a measure comes to less, or is not defined; repeatable.",
    )(command)


def read_thresholds(written: Sequence[str]) -> list[Threshold]:
    """The thresholds as they were written. Raises UsageError."""
    if not written:
        return []
    from arena.results.thresholds import threshold

    return [threshold(text) for text in written]


def missed_at(thresholds: Sequence[Threshold], path: Path, code: int) -> int:
    """The exit code of a command that ended with `code`, by the matches of a run or a transcript; see `missed`."""
    if not thresholds:
        return code
    from arena.results.observed import observed

    return missed(thresholds, observed([path]), code)


def missed(thresholds: Sequence[Threshold], found: Iterable[Observation], code: int) -> int:
    """4 where a threshold is missed and nothing worse has happened; a line about each goes to stderr."""
    if not thresholds:
        return code
    from arena.results.thresholds import Judge

    judge = Judge(thresholds)
    for each in found:
        judge.add(each)
    return told(judge.verdicts(), code)


def told(verdicts: Sequence[Verdict], code: int) -> int:
    """The same of verdicts that are there already."""
    from arena.report.verdicts import verdict

    for each in verdicts:
        click.echo(verdict(each), err=True)
    return MISSED if code in (0, VOID) and not all([each.held for each in verdicts]) else code
