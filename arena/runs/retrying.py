"""Playing matches of a run again, from their beginning: those that are void, or that ended in some way.

Nothing is written over: what a match left before is kept in `retried/`. Playing again what did not please is choosing
among results; a run says in its run.json that it was done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import get_args

from arena.configs.resolve import Resolved
from arena.core.task import Status
from arena.errors import NotFound, UsageError
from arena.models.clients import Calling
from arena.planning.instances import Instances
from arena.results.tally import Tally
from arena.runs import directory
from arena.runs.changes import refuse_changed
from arena.runs.engine import Engine
from arena.runs.jobs import Job, Work, aside_of
from arena.runs.lock import locked
from arena.runs.means import Options
from arena.runs.playing import Watcher
from arena.runs.resuming import AS_IT_WAS, configuration, planned, shared_again, total
from arena.runs.run import Result, kinds, played_out
from arena.transcripts.ending import ending

STATUSES = ("void", *(status for status in get_args(Status) if status != "open"))


def retry_run(
    path: Path,
    statuses: Collection[str],
    watcher: Watcher,
    calling: Calling | None = None,
    options: Options = AS_IT_WAS,
    engine: Engine | None = None,
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
        work = Work(path, _jobs(path, resolved, statuses), wanted, kinds(resolved))
        return played_out(work, Instances(resolved), watcher, shared, engine)


def status_of(file: Path) -> str | None:
    """How the match of a transcript ended, `void` where it did not; None where it was never begun."""
    found = ending(file)
    return None if not found.begun else found.status if found.over else "void"


def _jobs(path: Path, resolved: Resolved, statuses: Collection[str]) -> Iterator[Job]:
    for match in planned(path, resolved):
        file = directory.match_path(path, match.id)
        if status_of(file) in statuses:
            yield Job(match.id, match, aside_of(path, file))
