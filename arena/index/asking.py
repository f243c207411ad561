"""Which runs are asked for: by scenario, agent, model, status and date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase

from msgspec import Struct

from arena.errors import NotFound, UsageError
from arena.index.listing import Listed

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
AGO = re.compile(r"(\d{1,6})([mhdw])")


class Asked(Struct, frozen=True):
    """What a run has to have; "" asks for nothing. All but `since` may be patterns as a shell has them (`openai/*`).

    `since`: when it was begun at the earliest, as run.json has times.
    """

    scenario: str = ""
    agent: str = ""
    model: str = ""
    status: str = ""
    since: str = ""


def chosen(runs: Sequence[Listed], asked: Asked) -> list[Listed]:
    """Those that were asked for. Raises NotFound where there are runs, and none of them has such a thing at all."""
    found = list(runs)
    for what in ("scenario", "agent", "model", "status"):
        if pattern := getattr(asked, what):
            known = {name for run in runs for name in _names(run, what)}
            if runs and not _any(known, pattern):
                raise NotFound(f"{what} in these runs", pattern, known)
            found = [run for run in found if _any(_names(run, what), pattern)]
    return [run for run in found if not asked.since or (run.started or "") >= asked.since]


def _names(run: Listed, what: str) -> tuple[str, ...]:
    names: tuple[str, ...] = (run.status,) if what == "status" else getattr(run, f"{what}s")
    return names


def _any(names: Iterable[str], pattern: str) -> bool:
    return any([fnmatchcase(name, pattern) for name in names])


def moment(text: str, now: datetime) -> str:
    """A date (2026-11-22), a time (2026-11-22T07:50), or how long ago (90m, 12h, 7d, 2w), as run.json has times.

    What names no zone is UTC. Raises UsageError.
    """
    try:
        if ago := AGO.fullmatch(text):
            found = now - timedelta(**{UNITS[ago[2]]: int(ago[1])})
        else:
            found = datetime.fromisoformat(text)
        found = found.astimezone(UTC) if found.tzinfo is not None else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"--since {text}: expected a date such as 2026-11-22, or how long ago, such as 7d") from None
    return found.strftime("%Y-%m-%dT%H:%M:%SZ")
