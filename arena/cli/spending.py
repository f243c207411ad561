"""The options of commands whose models cost money: what they may cost, and whether the cache is left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from arena.errors import UsageError

if TYPE_CHECKING:
    from arena.runs.means import Options

C = TypeVar("C", bound=Callable[..., Any])


def spending_options(command: C) -> C:
    """Adds `--budget` and `--no-cache`."""
    usd = click.FloatRange(0, min_open=True)
    budget = click.option("--budget", type=usd, metavar="USD", help="Stop before it has cost more in all.")
    no_cache = click.option(
        "--no-cache", is_flag=True, help="Ask every model, whatever the cache holds, and keep nothing."
    )
    return budget(no_cache(command))


def limited(settings: Sequence[str], budget: float | None) -> tuple[str, ...]:
    """The settings of `--set`, with that of `--budget`."""
    return (*settings, *([] if budget is None else [f"limits.usd={budget}"]))


def resumed(settings: Sequence[str], budget: float | None, no_cache: bool) -> Options:
    """What changes in a run that goes on: its limits, and nothing else. Raises UsageError, ConfigError."""
    from arena.cli.configuration import read_settings
    from arena.runs.means import Options

    limits = read_settings(limited(settings, budget))
    for name in limits:
        if not name.startswith("limits."):
            raise UsageError(
                f"--set {name}: a run goes on as it was configured, but for its limits; fork it for the rest"
            )
    return Options(limits, no_cache)
