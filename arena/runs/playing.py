"""Playing one match into its transcript: a new one, or on from where one stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic_ns
from typing import Protocol

from msgspec import Struct

from arena.core.events import AnyAddressed
from arena.core.table import Game, Table, fold
from arena.errors import UsageError
from arena.match import Stop, play
from arena.models.client import Clients
from arena.runs.seating import seat_agents
from arena.transcripts.header import Header
from arena.transcripts.log import Clock, Log
from arena.transcripts.read import Transcript, read
from arena.transcripts.sync import Syncer


class Watcher(Protocol):
    """Who looks on while matches are played."""

    def begins(self, header: Header, game: Game) -> None: ...
    def line(self, events: Sequence[AnyAddressed]) -> None: ...
    def ends(self, played: Played) -> None: ...


class Played(Struct, frozen=True):
    """A match as far as it went: its header, its last table, all its lines, and where its transcript lies."""

    header: Header
    table: Table
    lines: tuple[tuple[AnyAddressed, ...], ...]
    path: Path


class Room(Struct, frozen=True):
    """What matches of a run share: the clients of its models, the syncer of its logs, who watches, when to stop."""

    clients: Clients
    syncer: Syncer
    watcher: Watcher
    stop: Stop


class _Record:
    """Writes each line to the log, keeps it for scoring, and shows it."""

    def __init__(
        self, log: Log, lines: Sequence[tuple[AnyAddressed, ...]], show: Callable[[Sequence[AnyAddressed]], None]
    ):
        self._log, self._show = log, show
        self.lines = list(lines)

    def append(self, events: Sequence[AnyAddressed]) -> None:
        self._log.append(events)
        self.lines.append(tuple(events))
        self._show(events)


async def begin(header: Header, path: Path, room: Room) -> Played:
    """Play a match from its header into a new transcript at `path`. Raises StorageError."""
    log = Log.create(path, header, _clock(0))
    return await _play(header, header.game(), path, log, (), room)


async def resume(path: Path, room: Room) -> Played:
    """Play on from the last whole line of a transcript;

    nothing that was recorded is asked again. Raises TranscriptError.
    """
    transcript = read(path)
    log = Log.reopen(
        path, transcript.size, len(transcript.lines) + 1, transcript.digest, _clock(last_offset(transcript))
    )
    lines = [line.es for line in transcript.lines]
    return await _play(transcript.header, transcript.game, path, log, lines, room)


async def fork(transcript: Transcript, header: Header, path: Path, lines: int, room: Room) -> Played:
    """Play on from the first `lines` lines of a transcript into a new one at `path`, with the header's own sitters."""
    kept = transcript.lines[:lines]
    offsets = iter([line.t for line in kept])
    log = Log.create(path, header, lambda: next(offsets))
    for line in kept:
        log.append(line.es)
    log.clock = _clock(kept[-1].t if kept else 0)
    return await _play(header, transcript.game, path, log, [line.es for line in kept], room)


async def _play(
    header: Header, game: Game, path: Path, log: Log, lines: Sequence[tuple[AnyAddressed, ...]], room: Room
) -> Played:
    record = _Record(log, lines, room.watcher.line)
    room.syncer.add(log)
    try:
        table = fold(game, lines)
        if table.closed is not None:
            raise UsageError(f"{path}: this match is over; there is nothing to play on")
        agents = seat_agents(header, game, room.clients)
        room.watcher.begins(header, game)
        table = await play(table, header.meeting, agents, record, room.stop)
    finally:
        log.close()
    played = Played(header, table, tuple(record.lines), path)
    room.watcher.ends(played)
    return played


def last_offset(transcript: Transcript) -> int:
    """The time offset of the last line, in milliseconds; 0 without any."""
    return transcript.lines[-1].t if transcript.lines else 0


def _clock(offset: int) -> Clock:
    """Milliseconds since now, from an offset on."""
    start = monotonic_ns() - offset * 1_000_000
    return lambda: (monotonic_ns() - start) // 1_000_000
