"""Going on where a run or a match stopped. What was recorded is read, not asked again."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import msgspec

from arena.configs.load import load
from arena.configs.resolve import Resolved, resolve
from arena.errors import UsageError
from arena.models.clients import Calling
from arena.models.probing import Dialects
from arena.runs import directory
from arena.runs.dialects import told
from arena.runs.means import Options, means_of_resumed
from arena.runs.plan import Planned, header
from arena.runs.playing import Watcher, begin, resume
from arena.runs.run import Result, Step, play_each
from arena.transcripts.codec import NAME
from arena.transcripts.log import discard
from arena.transcripts.read import load as load_bytes
from arena.transcripts.read import read

AS_IT_WAS = Options()


def resume_match(path: Path, watcher: Watcher, calling: Calling | None = None, options: Options = AS_IT_WAS) -> Result:
    """Play one match on to its end; nothing is played where it is over. Raises TranscriptError, StorageError."""
    if read(path).table().closed is not None:
        return Result(path.parent, (), False)
    run = path.absolute().parent.parent
    means = means_of_resumed(path, options)
    played, interrupted = play_each([partial(resume, path)], watcher, means, calling)
    ended = means.budget.ended
    if path.absolute().parent.name == "matches" and directory.read_state(run):
        directory.finish(run, interrupted, ended)
    return Result(path.parent if played else path, played, interrupted, 1 - len(played), ended)


def resume_run(path: Path, watcher: Watcher, calling: Calling | None = None, options: Options = AS_IT_WAS) -> Result:
    """Play every match of a run that is not over, begun or not; nothing is played where all are over.

    Without a plan (a directory of forks) those are its transcripts. Raises UsageError where it is no run.
    """
    calling, dialects = calling or Calling(), Dialects()
    if (path / "plan.jsonl").exists():
        resolved, planned = _run(path)
        calling = calling.within(resolved.config.limits.connections)
        steps = _planned(path, resolved, planned)
        dialects = told(resolved.config, (_transcript(path, match) for match in planned), os.environ)
    else:
        steps = _begun(path)
    if not steps:
        return Result(path, (), False)
    means = means_of_resumed(path, options)
    played, interrupted = play_each(steps, watcher, means, calling, dialects)
    directory.finish(path, interrupted, means.budget.ended)
    return Result(path, played, interrupted, len(steps) - len(played), means.budget.ended)


def _planned(path: Path, resolved: Resolved, planned: list[Planned]) -> list[Step]:
    """What is left to play of a run with a plan."""
    left = [(match, _transcript(path, match)) for match in planned if not _over(_transcript(path, match))]
    return [
        partial(resume, file) if file.exists() else partial(begin, header(resolved, match), file)
        for match, file in left
    ]


def _begun(path: Path) -> list[Step]:
    """What is left to play of the transcripts of a directory without a plan."""
    files = sorted((path / "matches").glob("*.jsonl"))
    if not files:
        raise UsageError(f"{path}: this is neither a transcript nor a run with a plan.jsonl that can be read")
    return [partial(resume, file) for file in files if read(file).table().closed is None]


def _run(path: Path) -> tuple[Resolved, list[Planned]]:
    try:
        rows = (path / "plan.jsonl").read_bytes().splitlines()
        planned = [msgspec.json.decode(row, type=Planned) for row in rows]
    except (OSError, msgspec.MsgspecError):
        raise UsageError(f"{path}: this is neither a transcript nor a run with a plan.jsonl that can be read") from None
    config = path / "config.yaml"
    resolved = resolve(load(config), path, str(config))
    for match in planned:
        if match.entry not in range(len(resolved.entries)) or not NAME.fullmatch(match.id):
            raise UsageError(f"{path / 'plan.jsonl'}: {match.id!r} is no match of the configuration beside it")
    return resolved, planned


def _transcript(path: Path, match: Planned) -> Path:
    return directory.match_path(path, match.id)


def _over(file: Path) -> bool:
    """Whether a match is over; a transcript that died in its header was never begun, and is cleared away."""
    if not file.exists():
        return False
    if file.stat().st_size == 0 or b"\n" not in load_bytes(file):
        discard(file)
        return False
    return read(file).table().closed is not None
