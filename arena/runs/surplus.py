"""Matches that were under way when the last comparison that needed them was decided: kept, and counted nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from arena.errors import StorageError
from arena.results.score import graded
from arena.results.tally import INTERRUPTED, Tally
from arena.transcripts.ending import ending

SURPLUS = "surplus"


def set_aside(path: Path, matches: Collection[str]) -> None:
    """Move the transcripts of these matches of the run at `path` to `surplus/`. Raises StorageError."""
    folder = path / SURPLUS
    try:
        for match in matches:
            file = path / "matches" / f"{match}.jsonl"
            if file.exists():
                folder.mkdir(exist_ok=True)
                file.replace(folder / file.name)
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror or error}") from None


def recounted(tally: Tally, files: Iterable[Path]) -> Tally:
    """A tally of these transcripts alone, with the failures of another."""
    made = Tally()
    made.failures, made.failed = tally.failures, tally.failed
    for file in files:
        found, end = graded(file), ending(file)
        made.ends(found.header, file, found.card, None if end.over else end.halted or INTERRUPTED)
    return made
