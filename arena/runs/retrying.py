"""Playing matches of a run again, from their beginning: those that are void, or that ended in some way.

Nothing is written over: what a match left before is kept in `retried/`. Playing again what did not please is choosing
among results; a run says in its run.json that it was done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import get_args

from arena.configs.resolve import Resolved
from arena.core.task import Status
from arena.errors import NotFound, StorageError, UsageError
from arena.models.clients import Calling
from arena.runs import directory
from arena.runs.changes import refuse_changed
from arena.runs.instances import Instances
from arena.runs.lock import locked
from arena.runs.means import Options
from arena.runs.plan import Planned, header
from arena.runs.playing import Played, Room, Watcher, begin
from arena.runs.pool import Step
from arena.runs.resuming import AS_IT_WAS, configuration, planned, shared_again, total
from arena.runs.run import Result, kinds, played_out
from arena.runs.tally import Tally
from arena.transcripts.ending import ending

STATUSES = ("void", *(status for status in get_args(Status) if status != "open"))


def retry_run(
    path: Path,
    statuses: Collection[str],
    watcher: Watcher,
    calling: Calling | None = None,
    options: Options = AS_IT_WAS,
) -> Result:
    """Play the matches of a run again that stand so; a match that is not over is `void`.

    Raises NotFound for a status that there is not, UsageError where it is no run with a plan, StorageError.
    """
    for status in statuses:
        if status not in STATUSES:
            raise NotFound("status", status, STATUSES)
    if not (path / "plan.jsonl").exists():
        raise UsageError(
            f"{path}: it has no plan.jsonl; `arena retry` takes the directory of a run, not of forks or of an import"
        )
    resolved = configuration(path)
    refuse_changed(path)
    with locked(path):
        wanted = total(path, resolved, lambda file: status_of(file) in statuses)
        if not wanted:
            return Result(path, Tally())
        directory.again(path, "retried")
        shared = shared_again(path, resolved, calling, options)
        return played_out(path, _steps(path, resolved, statuses), wanted, kinds(resolved), watcher, shared)


def status_of(file: Path) -> str | None:
    """How the match of a transcript ended, `void` where it did not; None where it was never begun."""
    found = ending(file)
    return None if not found.begun else found.status if found.over else "void"


def _steps(path: Path, resolved: Resolved, statuses: Collection[str]) -> Iterator[Step]:
    known = Instances(resolved)

    async def anew(match: Planned, file: Path, room: Room) -> Played:
        first = header(resolved, match, known)
        set_aside(path, file)
        return await begin(first, file, room)

    for match in planned(path, resolved):
        file = directory.match_path(path, match.id)
        if status_of(file) in statuses:
            yield Step(match.id, partial(anew, match, file))


def set_aside(path: Path, file: Path) -> Path:
    """Move a transcript out of the way; where it lies now. Raises StorageError."""
    folder = path / "retried"
    try:
        folder.mkdir(exist_ok=True)
        number = 1
        while (kept := folder / f"{file.stem}.{number}.jsonl").exists():
            number += 1
        return file.rename(kept)
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror or error}") from None
