"""Who plays the matches of a run, where it is not the process that was asked to."""

from __future__ import annotations

from typing import Protocol

from arena.models.clients import Calling
from arena.runs.jobs import Work
from arena.runs.playing import Watcher
from arena.runs.pool import Outcome, Shared


class Engine(Protocol):
    """Plays the matches of a run by several workers; what comes of it is what one process makes of it."""

    def expect(self, matches: int, calling: Calling) -> None:
        """Raises UsageError where so many matches, with so many calls at once, cannot be shared among the workers."""

    def play(self, work: Work, watcher: Watcher, shared: Shared) -> Outcome:
        """Play them; as `runs.pool.play_each` does."""
