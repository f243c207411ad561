"""The options of commands that play many matches: who plays them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from arena.runs.engine import Engine

F = TypeVar("F", bound=Callable[..., Any])

OPTIONS = (
    click.option("--workers", type=click.IntRange(1), default=1, metavar="N", help="Processes that play matches."),
)


def engine_options(function: F) -> F:
    """Adds the options that `chosen` takes."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


def chosen(workers: int) -> Engine | None:
    """The engine that was asked for; None for this process alone."""
    if workers == 1:
        return None
    from arena.engines.local import Local

    return Local(workers)
