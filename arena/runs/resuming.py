"""Going on where a run or a match stopped. What was recorded is read, not asked again."""

from __future__ import annotations

from pathlib import Path

import msgspec

from arena.configs.load import load
from arena.configs.resolve import Resolved, resolve
from arena.errors import UsageError
from arena.runs import directory
from arena.runs.plan import Planned, header
from arena.runs.playing import Played, Room, Watcher, begin, resume
from arena.runs.run import Result, in_room, interruptible
from arena.transcripts.codec import NAME
from arena.transcripts.log import discard
from arena.transcripts.read import load as load_bytes
from arena.transcripts.read import read


def resume_match(path: Path, watcher: Watcher) -> Result:
    """Play one match on to its end. Raises TranscriptError, UsageError where it is over, StorageError."""

    async def work(room: Room) -> tuple[Played, ...]:
        return (await resume(path, room),)

    with interruptible() as interrupt:
        result = Result(path.parent, in_room(work, watcher, interrupt), interrupt.asked)
    run = path.absolute().parent.parent
    if path.absolute().parent.name == "matches" and directory.read_state(run):
        directory.finish(run, interrupt.asked)
    return result


def resume_run(path: Path, watcher: Watcher) -> Result:
    """Play every match of a run that is not over, begun or not. Raises UsageError where there is none."""
    resolved, planned = _run(path)
    open_ = [match for match in planned if not _over(_transcript(path, match))]
    if not open_:
        raise UsageError(f"{path}: every match of this run is over; there is nothing to resume")

    async def work(room: Room) -> tuple[Played, ...]:
        played = list[Played]()
        for match in open_:
            if room.stop():
                break
            file = _transcript(path, match)
            played.append(
                await resume(file, room) if file.exists() else await begin(header(resolved, match), file, room)
            )
        return tuple(played)

    with interruptible() as interrupt:
        played = in_room(work, watcher, interrupt)
    directory.finish(path, interrupt.asked)
    return Result(path, played, interrupt.asked, len(open_) - len(played))


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
