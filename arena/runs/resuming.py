"""Going on where a run or a match stopped. What was recorded is read, not asked again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from arena.configs.load import load
from arena.configs.resolve import Resolved, resolve
from arena.errors import UsageError
from arena.models.clients import Calling
from arena.planning.instances import Instances
from arena.planning.plan import Planned
from arena.results.tally import Tally
from arena.runs import directory
from arena.runs.capacity import WAITING
from arena.runs.changes import refuse_changed
from arena.runs.deciding import stopping_of
from arena.runs.dialects import told
from arena.runs.engine import Engine
from arena.runs.jobs import Job, Work
from arena.runs.lock import locked
from arena.runs.means import Options, means_of_resumed
from arena.runs.playing import Watcher, resume
from arena.runs.pool import Shared, Step, play_each
from arena.runs.run import Result, kinds, played_out, ready, within
from arena.runs.stopping import Stopping
from arena.transcripts.codec import NAME
from arena.transcripts.ending import ending
from arena.transcripts.read import read

NO_RUN = "this is neither a transcript nor a run with a plan.jsonl that can be read"


AS_IT_WAS = Options()


def resume_match(path: Path, watcher: Watcher, calling: Calling | None = None, options: Options = AS_IT_WAS) -> Result:
    """Play one match on to its end; nothing is played where it is over. Raises TranscriptError, StorageError."""
    if read(path).table().closed is not None:
        return Result(path.parent, Tally())
    run = path.absolute().parent.parent
    shared = Shared(means_of_resumed(path, options), calling or Calling())
    if path.absolute().parent.name != "matches" or not directory.read_state(run):
        watcher.starts(path.parent, 1)
        outcome = play_each([Step(path.stem, partial(resume, path))], watcher, shared)
        if outcome.error is not None:
            raise outcome.error
        left = 1 - outcome.tally.ended - outcome.tally.failed
        return Result(path.parent, outcome.tally, outcome.interrupted, left, outcome.ended)
    with locked(run):
        directory.again(run, "resumed")
        return played_out(Work(run, [Job(path.stem)], 1, WAITING), None, watcher, shared)


def resume_run(
    path: Path,
    watcher: Watcher,
    calling: Calling | None = None,
    options: Options = AS_IT_WAS,
    against: Resolved | None = None,
    engine: Engine | None = None,
) -> Result:
    """Play every match of a run that is not over, begun or not; nothing is played where all are over.

    Without a plan (a directory of forks) those are its transcripts. against: a configuration that has to be the run's.
    Raises UsageError where it is no run, or not the one that was begun; StorageError where it is being played.
    """
    if not (path / "plan.jsonl").exists():
        return _begun(path, watcher, Shared(means_of_resumed(path, options), calling or Calling()), engine)
    resolved = configuration(path)
    refuse_changed(path, against)
    with locked(path):
        stopping = stopping_of(resolved, partial(planned, path, resolved), path)
        if not total(path, resolved, _unfinished, stopping):
            return Result(path, Tally())
        left = total(path, resolved, _unfinished)
        directory.again(path, "resumed")
        shared = shared_again(path, resolved, calling, options)
        work = Work(path, _jobs(path, resolved, stopping), left, kinds(resolved))
        return played_out(work, Instances(resolved), watcher, shared, engine, stopping)


def _unfinished(file: Path) -> bool:
    return not ending(file).over


def shared_again(path: Path, resolved: Resolved, calling: Calling | None, options: Options) -> Shared:
    """What the matches of a run share that was begun before: what it has spent counts, what was found out is known.

    Raises UsageError where an agent cannot be seated any more.
    """
    ready(resolved, within(resolved, calling))
    files = (directory.match_path(path, match.id) for match in planned(path, resolved))
    dialects = told(resolved.config, files, os.environ)
    return Shared(means_of_resumed(path, options), within(resolved, calling), dialects)


def total(path: Path, resolved: Resolved, wanted: Callable[[Path], bool], stopping: Stopping | None = None) -> int:
    """How many matches of a run's plan have a transcript (or a place for one) that is wanted, and are needed by a
    comparison that is not decided. Raises UsageError."""
    needed = (match for match in planned(path, resolved) if stopping is None or stopping.wanted(match))
    return sum([wanted(directory.match_path(path, match.id)) for match in needed])


def configuration(path: Path) -> Resolved:
    """The configuration that a run was begun with. Raises UsageError, also where its plan cannot be read."""
    next(_rows(path), None)
    file = path / "config.yaml"
    return resolve(load(file), path, str(file))


def planned(path: Path, resolved: Resolved) -> Iterator[Planned]:
    """The plan of a run, match by match. Raises UsageError where it is not the plan of its configuration."""
    for match in _rows(path):
        if match.entry not in range(len(resolved.entries)) or not NAME.fullmatch(match.id):
            raise UsageError(f"{path / 'plan.jsonl'}: {match.id!r} is no match of the configuration beside it")
        yield match


def _rows(path: Path) -> Iterator[Planned]:
    decoder = msgspec.json.Decoder(Planned)
    try:
        with (path / "plan.jsonl").open("rb") as file:
            yield from map(decoder.decode, file)
    except (OSError, msgspec.MsgspecError):
        raise UsageError(f"{path}: {NO_RUN}") from None


def _jobs(path: Path, resolved: Resolved, stopping: Stopping | None) -> Iterator[Job]:
    """What is left to play of a run with a plan."""
    left = (match for match in planned(path, resolved) if _unfinished(directory.match_path(path, match.id)))
    for match in left if stopping is None else stopping.chosen(left):
        yield Job(match.id, match)


def _begun(path: Path, watcher: Watcher, shared: Shared, engine: Engine | None) -> Result:
    """Play on what is left of the transcripts of a directory without a plan."""
    files = sorted((path / "matches").glob("*.jsonl"))
    if not files:
        raise UsageError(f"{path}: {NO_RUN}")
    left = [file for file in files if not ending(file).over]
    if not left:
        return Result(path, Tally())
    with locked(path):
        directory.again(path, "resumed")
        work = Work(path, [Job(file.stem) for file in left], len(left), WAITING)
        return played_out(work, None, watcher, shared, engine)
