"""The options of commands that play many matches: who plays them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from arena.errors import UsageError

if TYPE_CHECKING:
    from arena.runs.engine import Engine

OPTIONS = (
    click.option("--workers", type=click.IntRange(1), default=1, metavar="N", help="Processes that play matches."),
    click.option("--engine", type=click.Choice(["local", "ray"]), default="local", help="Where they run."),
    click.option("--address", metavar="WHERE", help="The Ray cluster: auto, local, or ray://HOST:PORT."),
)


def engine_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--workers`, `--engine` and `--address`; the command is given `players`: whom `chosen` makes of them."""

    @wraps(function)
    def command(*given: Any, workers: int, engine: str, address: str | None, **named: Any) -> Any:
        return function(*given, players=chosen(workers, engine, address), **named)

    for option in reversed(OPTIONS):
        command = option(command)
    return command


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
