"""Seats as people name them on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from arena.errors import NotFound


def seat_of(names: Sequence[str], wanted: str) -> int:
    """The number of a seat from its name, capitals aside, or from its number (from 0). Raises NotFound."""
    for same in (str, str.casefold):
        found = [seat for seat, name in enumerate(names) if same(name) == same(wanted)]
        if len(found) == 1:
            return found[0]
    if wanted.isascii() and wanted.isdigit() and int(wanted) < len(names):
        return int(wanted)
    raise NotFound("seat", wanted, names)
