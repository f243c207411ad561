"""How many matches are alive at once: as many as keep the endpoints busy, and no more than memory and files allow."""

from __future__ import annotations

import resource
from collections.abc import Iterable

WAITING = frozenset({"model", "call", "url"})  # kinds of agents that are waited for; any other answers at once
MATCH = 64 * 1024  # bytes of a live match
MEMORY = 256 * 1024 * 1024  # bytes that live matches may take together
SPARE = 64  # descriptors for everything else
EACH = 2  # descriptors of a live match: its transcript and a connection


def live(kinds: Iterable[str], connections: int) -> int:
    """How many matches of agents of these kinds to play at once, where so many calls may be in flight.

    One where nobody is waited for: they would only wait for one another.
    """
    if WAITING.isdisjoint(kinds):
        return 1
    return max(1, min(connections, MEMORY // MATCH, (descriptors() - SPARE) // EACH))


def descriptors() -> int:
    """How many files this process may have open; raised to what it may ask for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return 1_000_000
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (ValueError, OSError):  # macOS has a limit of its own below an unlimited one
        return soft
    return 1_000_000 if hard == resource.RLIM_INFINITY else hard
