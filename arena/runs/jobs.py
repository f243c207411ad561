"""Matches that are to be played, as data: any process that sees the run's directory can play them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from msgspec import Struct

from arena.errors import StorageError
from arena.planning.instances import Instances
from arena.planning.plan import Planned, header
from arena.runs import directory
from arena.runs.playing import Played, Room, begin, resume
from arena.runs.pool import Step
from arena.transcripts.ending import ending
from arena.transcripts.log import discard
from arena.transcripts.read import read


class Job(Struct, frozen=True, omit_defaults=True):
    """A match of a run, by its id. planned: how it is begun; None where its transcript has its header already.

    aside: the name under `retried/` to which the transcript that there is goes first, unless it went there already.
    """

    match: str
    planned: Planned | None = None
    aside: str | None = None


class Work(Struct, frozen=True):
    """What is to be played: so many jobs of the run at `path`, in the order of its plan, of these kinds of agents."""

    path: Path
    jobs: Iterable[Job]
    total: int
    kinds: frozenset[str]


def fresh(planned: Iterable[Planned]) -> Iterable[Job]:
    """The matches of a plan, each to be begun, or gone on with where it was begun."""
    return (Job(match.id, match) for match in planned)


async def perform(job: Job, run: Path, known: Instances | None, room: Room) -> Played:
    """Play a match of the run at `run` to its end, whatever became of it so far.

    One that is over is read, so that it counts. `known`: the instances of the run's configuration; None where no job is
    planned. Raises UsageError, TranscriptError, StorageError.
    """
    file = directory.match_path(run, job.match)
    if job.aside is not None and known is not None and job.planned is not None:
        header(known.resolved, job.planned, known)  # what cannot be dealt any more stays where it is
        set_aside(run, file, job.aside)
    found = ending(file)
    if found.over:
        return _over(file, room)
    if found.begun or job.planned is None or known is None:
        return await resume(file, room)
    if file.exists():
        discard(file)  # it died in its header
    return await begin(header(known.resolved, job.planned, known), file, room)


def steps(work: Work, known: Instances | None) -> Iterable[Step]:
    """The jobs as one process plays them."""
    return (Step(job.match, partial(perform, job, work.path, known)) for job in work.jobs)


def _over(file: Path, room: Room) -> Played:
    found = read(file)
    lines, times = tuple([line.es for line in found.lines]), tuple([line.t for line in found.lines])
    room.watcher.begins(found.header, found.game, lines)
    return Played(found.header, found.table(), lines, file, times)


def aside_of(run: Path, file: Path) -> str:
    """A name under `retried/` that is free for this transcript."""
    number = 1
    while (run / "retried" / f"{file.stem}.{number}.jsonl").exists():
        number += 1
    return f"{file.stem}.{number}.jsonl"


def set_aside(run: Path, file: Path, name: str) -> None:
    """Move a transcript out of the way, unless that was done already. Raises StorageError."""
    kept = run / "retried" / name
    try:
        kept.parent.mkdir(exist_ok=True)
        if not kept.exists():
            file.rename(kept)
    except OSError as error:
        raise StorageError(f"{kept.parent}: {error.strerror or error}") from None
