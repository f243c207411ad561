"""The terminal that reports are printed on."""

from __future__ import annotations

import io
import os
import sys

from rich.console import Console

PIPED = 100  # cells


def stdout() -> Console:
    """Where people read: plain lines without a terminal, without colour where NO_COLOR is set."""
    # A bar or a dash that the encoding does not know must not end a report in the middle.
    if isinstance(sys.stdout, io.TextIOWrapper) and not (sys.stdout.encoding or "").lower().startswith("utf"):
        sys.stdout.reconfigure(errors="replace")
    # A pipe has no width of its own; COLUMNS, where it is set, is what someone wants.
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PIPED
    return Console(highlight=False, markup=False, emoji=False, width=width)
