"""Seats as people name them on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from arena.errors import UsageError
from arena.report.visible import visible


def seat_of(names: Sequence[str], wanted: str) -> int:
    """The number of a seat from its name, capitals aside, or from its number (from 0).

    Raises UsageError, with the seats there are.
    """
    for same in (str, str.casefold):
        found = [seat for seat, name in enumerate(names) if same(name) == same(wanted)]
        if len(found) == 1:
            return found[0]
    if wanted.isascii() and wanted.isdigit() and int(wanted) < len(names):
        return int(wanted)
    close = get_close_matches(wanted.casefold(), [name.casefold() for name in names], n=1, cutoff=0.6)
    meant = next((f"did you mean {name!r}? " for name in names if name.casefold() in close), "")
    seats = ", ".join([f"{seat} {visible(name)}" for seat, name in enumerate(names)])
    raise UsageError(f"no seat named or numbered {wanted!r}; {meant or 'the seats are: ' + seats}")
