"""The options of commands that play many matches: who plays them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from arena.errors import UsageError

if TYPE_CHECKING:
    from arena.runs.engine import Engine

F = TypeVar("F", bound=Callable[..., Any])

OPTIONS = (
    click.option("--workers", type=click.IntRange(1), default=1, metavar="N", help="Processes that play matches."),
    click.option("--engine", type=click.Choice(["local", "ray"]), default="local", help="Where they run."),
    click.option("--address", metavar="WHERE", help="The Ray cluster: auto, local, or ray://HOST:PORT."),
)


def engine_options(function: F) -> F:
    """Adds the options that `chosen` takes."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


def chosen(workers: int, engine: str, address: str | None) -> Engine | None:
    """The engine that was asked for; None for this process alone. Raises UsageError."""
    if engine == "ray":
        from arena.engines.on_ray import OnRay

        return OnRay(workers, address)
    if address is not None:
        raise UsageError(f"--address {address}: it goes with --engine ray; leave it out")
    if workers == 1:
        return None
    from arena.engines.local import Local

    return Local(workers)
