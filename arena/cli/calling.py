"""The options of commands that call models."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

OPTIONS = (
    click.option("--max-connections", type=click.IntRange(1), metavar="N", help="Model calls in flight at once."),
    click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="For one model call."),
    click.option("--max-retries", type=click.IntRange(0), metavar="N", help="How often one that failed is repeated."),
)


def calling_options(function: F) -> F:
    """The options `max_connections`, `timeout` and `max_retries`, each None where it is not given."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function
