"""Scores beside the transcripts that they belong to: a file a scorer and version, a row a match.

A run may have a hundred thousand of them: what is kept in memory is where each row begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec
from msgspec import Struct

from arena.errors import StorageError
from arena.results.score import Graded
from arena.scoring.scorecard import Scorecard
from arena.scoring.version import NAME, VERSION

SAVED = Path("scores") / f"{NAME}@{VERSION}.jsonl"


class Saved(Struct, frozen=True):
    """A scorecard as it is saved: by which scorer, when, and of which transcript, by the digest of its last line.

    What is not defined is null there, and None here.
    """

    scorer: str
    when: str
    digest: str
    score: Scorecard


class SavedScores:
    """The scores that this version's scorer saved beside the transcripts of a run; what cannot be read is left out."""

    def __init__(self, run: Path) -> None:
        self._file = run / SAVED
        self._places = places(self._file)

    def __contains__(self, match: str) -> bool:
        return match in self._places

    def get(self, match: str) -> Saved | None:
        """The score of a match, None where it has none."""
        if match not in self._places:
            return None
        try:
            with self._file.open("rb") as file:
                found = _decoder.decode(_row(file, self._places[match]))
        except (OSError, msgspec.MsgspecError):
            return None
        return found if found.score.match == match else None


class Saving:
    """Writes scorecards beside their transcripts as they come; leaving the context puts them in their places.

    A match that was scored before is scored anew there, the others' rows stay. Raises StorageError.
    """

    def __init__(self) -> None:
        self.places: list[Path] = []
        self._when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._open = ExitStack()
        self._new: dict[Path, tuple[BinaryIO, dict[str, Place]]] = {}

    def __enter__(self) -> Saving:
        return self

    def add(self, each: Graded) -> None:
        """Save one."""
        run = each.path.parent.parent if each.path.parent.name == "matches" else each.path.parent
        place = run / SAVED
        try:
            if place not in self._new:
                place.parent.mkdir(exist_ok=True)
                self._new[place] = (self._open.enter_context(_spool(place).open("w+b")), {})
            file, known = self._new[place]
            row = msgspec.json.encode(Saved(f"{NAME}@{VERSION}", self._when, each.digest, each.card)) + b"\n"
            known[each.card.match] = (file.tell(), len(row))
            file.write(row)
        except OSError as error:
            raise StorageError(f"{place}: {error.strerror or error}") from None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            for place, (file, known) in self._new.items() if error is None else ():
                try:
                    _put(place, file, known)
                except OSError as failed:
                    raise StorageError(f"{place}: {failed.strerror or failed}") from None
                self.places.append(place)
        finally:
            with suppress(OSError):  # what could not be written is told by what could not be put
                self._open.close()
            for place in self._new:
                _spool(place).unlink(missing_ok=True)


def _spool(place: Path) -> Path:
    return place.with_suffix(".scored")


Place = tuple[int, int]  # of a row in its file: where it begins, how long it is


def _put(place: Path, new: BinaryIO, known: Mapping[str, Place]) -> None:
    """Put new rows among those that are there, by match."""
    fresh, before = place.with_suffix(".new"), places(place)
    with ExitStack() as files:
        old = files.enter_context(place.open("rb")) if before else new
        out = files.enter_context(fresh.open("wb"))
        for match in sorted(before.keys() | known.keys()):
            out.write(_row(new, known[match]) if match in known else _row(old, before[match]))
    fresh.replace(place)


def places(file: Path) -> dict[str, Place]:
    """Where the rows of a file of scores are, by match; what cannot be read is left out, since it can be had again."""
    return dict(_places(file)) if file.exists() else {}


def _places(file: Path) -> Iterator[tuple[str, Place]]:
    at = 0
    with file.open("rb") as rows:
        for row in rows:
            with suppress(msgspec.MsgspecError):
                yield _names.decode(row).score.match, (at, len(row))
            at += len(row)


def _row(file: BinaryIO, place: Place) -> bytes:
    file.seek(place[0])
    return file.read(place[1]).rstrip(b"\n") + b"\n"


class _Scored(Struct):
    match: str


class _Row(Struct):
    score: _Scored


_decoder, _names = msgspec.json.Decoder(Saved), msgspec.json.Decoder(_Row)
