"""The terminal that reports are printed on."""

from __future__ import annotations

import io
import sys

from rich.console import Console


def stdout() -> Console:
    """Where people read: plain lines without a terminal, without colour where NO_COLOR is set."""
    # A bar or a dash that the encoding does not know must not end a report in the middle.
    if isinstance(sys.stdout, io.TextIOWrapper) and not (sys.stdout.encoding or "").lower().startswith("utf"):
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False, markup=False, emoji=False)
