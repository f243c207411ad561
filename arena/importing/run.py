"""An import: files of a format become a run directory, and what could not be understood becomes a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Any

from msgspec import Struct, structs

from arena.errors import StorageError
from arena.importing.formats import Reader
from arena.importing.making import Made, made
from arena.importing.reading import text_of
from arena.importing.record import Doubt, Misread, Record
from arena.runs import directory

AGAIN = "games.yaml"  # the same games as a configuration, for others to play
ROUNDS = 10  # in it, where people had no deadline


class Imported(Struct, frozen=True):
    """What became of an import.

    path: the run directory, None where nothing could be imported. matches: the ids of the transcripts, and void: how
    many of them were broken off. skipped: what could not be understood and is left out. doubts: what was kept as words.
    """

    path: Path | None
    matches: tuple[str, ...]
    void: int
    skipped: tuple[Doubt, ...]
    doubts: tuple[Doubt, ...]


def import_files(name: str, files: Iterable[Path], reader: Reader, out: Path) -> Imported:
    """Make transcripts of all records in these files, in a new run directory under `out`. Raises StorageError."""
    finished: dict[str, Made] = {}
    skipped: list[Doubt] = []
    doubts: list[Doubt] = []
    for found in _records(files, reader):
        if isinstance(found, Doubt):
            skipped.append(found)
            continue
        try:
            if found.id in finished:
                raise Misread("its name", f"a record called {found.id} was imported before it")
            finished[found.id] = made(found)
            doubts += found.doubts
        except Misread as misread:
            source = found.source
            skipped.append(Doubt(f"{source.file}, {source.record}, {misread.place}", misread.reason))
    void = sum([one.table.closed is None for one in finished.values()])
    path = _write(name, finished, out, skipped) if finished else None
    return Imported(path, tuple(finished), void, tuple(skipped), tuple(doubts))


def _records(files: Iterable[Path], reader: Reader) -> Iterator[Record | Doubt]:
    """Each record, or where and why there is none."""
    for file in files:
        try:
            for found in reader(text_of(file), file.name):
                if isinstance(found, Misread):
                    yield Doubt(f"{file.name}, {found.place}", found.reason)
                else:
                    yield found
        except Misread as misread:
            place = misread.place if misread.place == file.name else f"{file.name}, {misread.place}"
            yield Doubt(place, misread.reason)


def _write(name: str, finished: dict[str, Made], out: Path, skipped: list[Doubt]) -> Path:
    """The run directory; whole or not at all, since a part of an import would be scored as if it were all of it."""
    matches = list(finished.values())
    path = directory.make(out, name, _state(name, matches, skipped))
    staged = path.with_name(f".{path.name}.new")
    try:
        path.rename(staged)
        for one in matches:
            with directory.match_path(staged, one.header.id).open("xb") as file:
                file.write(one.written())
        (staged / AGAIN).write_text(again(name, matches), encoding="utf-8")
        staged.rename(path)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}; choose another place with --out") from None
    finally:
        rmtree(staged, ignore_errors=True)
    return path


def _state(name: str, matches: Sequence[Made], skipped: Sequence[Doubt]) -> dict[str, Any]:
    void = sum([one.table.closed is None for one in matches])
    return {
        "status": "complete with void matches" if void else "complete",
        "imported": name,
        "skipped": [structs.asdict(each) for each in skipped],
        "ended": directory.now(),
        "totals": {"planned": len(matches), "played": len(matches), "void": void},
    }


def again(name: str, matches: Iterable[Made]) -> str:
    """A configuration that plays the same games in the same order, among scripted agents until others are named."""
    rows = [
        "# The games of an import, in its order: `arena run` plays them again, and --set seats others.",
        f"name: {name}-again",
        "agents:",
        "  a: {scripted: conceder}",
        "design: self_play",
        "scenarios:",
    ]
    for one in matches:
        params: dict[str, Any] = dict(one.header.params)
        if params["game"].get("rounds") == "none":
            params["rounds"] = ROUNDS
        rows.append(f"  - {json.dumps({'use': one.header.scenario, 'params': params}, ensure_ascii=False)}")
    return "\n".join(rows) + "\n"
