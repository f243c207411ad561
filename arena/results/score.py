"""Scoring transcripts: found, read, graded; nothing here needs a model."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from arena import assets
from arena.errors import NotFound, TranscriptError, UsageError
from arena.results.bill import bill_of
from arena.scoring.scorecard import Scorecard, scorecard
from arena.transcripts.header import Header
from arena.transcripts.read import Transcript, read


class Graded(Struct, frozen=True):
    """A transcript that was scored: where it lies, its header, the digest of its last line, its scorecard."""

    path: Path
    header: Header
    digest: str
    card: Scorecard


def transcripts(paths: Sequence[Path]) -> list[Path]:
    """The transcripts that these paths stand for, in order.

    Files, directories, run directories, directories of those, names of samples. Raises NotFound, TranscriptError.
    """
    files: list[Path] = []
    for path in paths:
        found = _inside(path) or [file for run in runs(path) for file in _inside(run)]
        if path.is_dir() and not found:
            raise TranscriptError(f"{path}: no transcripts (*.jsonl) in this directory")
        files += found if path.is_dir() else [transcript(path)]
    return files


def one(path: Path) -> Path:
    """The one transcript that a path or a name stands for. Raises UsageError, NotFound, TranscriptError."""
    if path.is_dir() and not _inside(path) and (among := runs(path)):
        newest = max(among, key=lambda run: run.stat().st_mtime)
        raise UsageError(f"{path}: a directory of {len(among)} runs; name one of them, such as the newest, {newest}")
    files = transcripts([path])
    if len(files) > 1:
        some = ", ".join(file.name for file in files[:3])
        raise UsageError(f"{path}: {len(files)} transcripts ({some}, ...); name the one that is meant")
    return files[0]


def runs(path: Path) -> list[Path]:
    """The run directories one level down that hold a transcript, in order."""
    found = {file.parent.parent for file in path.glob("*/matches/*.jsonl")}
    return sorted(run for run in found if not run.name.startswith("."))  # a hidden one was being made when it stopped


def unplayed(paths: Sequence[Path]) -> list[tuple[Path, int, int]]:
    """Of these, the runs that were stopped before all of their plan was begun: how many matches lack, of how many.

    Those that no comparison needed any more lack nothing.
    """
    found = []
    for run in [run for path in paths if path.is_dir() for run in (path, *runs(path))]:
        with suppress(OSError, msgspec.MsgspecError):
            rows = (run / "plan.jsonl").read_bytes().splitlines()
            planned = {msgspec.json.decode(row, type=_Planned).id for row in rows}
            missing = len(planned - {file.stem for file in _inside(run)}) - _saved_in(run)
            if missing > 0:
                found.append((run, missing, len(planned)))
    return found


def _saved_in(run: Path) -> int:
    """How many matches of a run its comparisons did not need."""
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode((run / "run.json").read_bytes(), type=_State).totals.saved
    return 0


class _Planned(Struct):
    id: str


class _Counts(Struct, frozen=True):
    saved: int = 0


class _State(Struct, frozen=True):
    totals: _Counts = _Counts()


def _inside(path: Path) -> list[Path]:
    return sorted((path / "matches" if (path / "matches").is_dir() else path).glob("*.jsonl"))


def transcript(path: Path) -> Path:
    """The transcript at a path, or the sample of that name. Raises NotFound."""
    if path.exists():
        return path
    known = assets.names("samples", ".jsonl")
    if path.parent == Path() and path.name.removesuffix(".jsonl") in known:
        return assets.path("samples", f"{path.name.removesuffix('.jsonl')}.jsonl")
    raise NotFound("transcript", str(path), known)


def score(path: Path) -> Scorecard:
    """The scorecard of a transcript. Raises TranscriptError, and Tampered where it is not the one that was written."""
    return graded(path).card


def graded(path: Path) -> Graded:
    """A transcript, scored. Raises as `score` does."""
    found = read(path)
    try:
        return Graded(path, found.header, found.digest, _card(found))
    except (ArithmeticError, LookupError, ValueError) as error:  # it was made up, digests and all
        what = f"{type(error).__name__}: {error}"
        raise TranscriptError(
            f"{path}: what it records cannot be scored ({what}); `arena replay --verify` it"
        ) from error


def _card(found: Transcript) -> Scorecard:
    sitters = tuple(sitter.name for sitter in found.header.sitters)
    lines = [line.es for line in found.lines]
    bill = bill_of(found.header, [line.t for line in found.lines], lines)
    return scorecard(found.header.id, sitters, found.header.reference, found.table(), lines, bill)
