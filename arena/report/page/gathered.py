"""What a report is made of: a run's own files, and its matches as the statistics see them."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from math import fsum
from pathlib import Path
from typing import Any

from msgspec import Struct

from arena.errors import TranscriptError
from arena.results.observed import Observation, observed
from arena.runs.directory import read_state
from arena.runs.lock import held


class Gathered(Struct, frozen=True, dict=True):
    """A run and its matches, in the order of its plan; `state` is its run.json, {} where it has none.

    `unread`: why transcripts could not be read; they are in no figure.
    """

    path: Path
    state: dict[str, Any]
    matches: tuple[Observation, ...]
    unread: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of its directory, which no other run has."""
        return self.path.resolve().name

    @property
    def status(self) -> str:
        """How the run stands; `stopped` where the process that played it has died."""
        status = str(self.state.get("status", "unknown"))
        return "stopped" if status == "running" and not held(self.path) else status

    @cached_property
    def statuses(self) -> dict[str, int]:
        """How many matches ended how."""
        return dict(sorted(Counter(each.status for each in self.matches).items()))

    @property
    def void(self) -> int:
        """How many are void."""
        return self.statuses.get("void", 0)

    @property
    def planned(self) -> int | None:
        """How many were planned, where that is known."""
        found = self.state.get("planned", self.totals.get("planned"))
        return found if isinstance(found, int) else None

    @property
    def removed(self) -> int:
        """Transcripts that were there when the run ended, and are not any more."""
        return max(int(self.totals.get("played") or 0) - len(self.matches) - len(self.unread), 0)

    @property
    def totals(self) -> dict[str, Any]:
        """What run.json counted when the run ended."""
        found = self.state.get("totals")
        return found if isinstance(found, dict) else {}

    @cached_property
    def families(self) -> list[str]:
        """The scenarios that were played."""
        return sorted({each.scenario for each in self.matches})

    @cached_property
    def agents(self) -> list[str]:
        """Who sat in some seat."""
        return sorted({name for each in self.matches for name in each.agents})

    @cached_property
    def usd(self) -> float | None:
        """What all matches cost, void ones too; None where that is not known."""
        known = [each.usd for each in self.matches if each.usd is not None]
        return fsum(known) if len(known) == len(self.matches) else None

    @property
    def tokens(self) -> int:
        """All tokens, read and written."""
        return sum(each.tokens for each in self.matches)

    @property
    def configuration(self) -> dict[str, Any]:
        """As it was resolved; {} for forks and imported records, that have none."""
        found = self.state.get("configuration")
        return found if isinstance(found, dict) else {}


def gathered(path: Path) -> Gathered:
    """A run as a report needs it. Raises TranscriptError where none of its transcripts can be read."""
    unread: list[str] = []
    found = tuple(observed([path], unread.append))
    if not found:
        raise TranscriptError(f"{path}: none of its transcripts can be read; the first: {unread[0]}")
    return Gathered(path, read_state(path), found, tuple(unread))
