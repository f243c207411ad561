"""Playing one match into its transcript: a new one, or on from where one stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from time import monotonic_ns
from typing import Protocol

from msgspec import Struct

from arena.core.events import AnyAddressed
from arena.core.game import Game
from arena.core.table import Table, fold
from arena.core.view import Agent
from arena.errors import StorageError, TranscriptError, UsageError
from arena.match import Stop, play
from arena.models.clients import Clients
from arena.models.metered import Means
from arena.results.tally import INTERRUPTED
from arena.runs.dialects import recall
from arena.runs.seating import seat_agents
from arena.scoring.scorecard import Scorecard
from arena.transcripts.header import Header
from arena.transcripts.log import Clock, Log
from arena.transcripts.read import Transcript, read
from arena.transcripts.sync import Syncer


class Over(Protocol):
    """A match that was played as far as it goes, here or by another process."""

    @property
    def header(self) -> Header: ...
    @property
    def path(self) -> Path: ...
    @property
    def void(self) -> str | None:
        """Why it has no result; None where it has one."""


class Watcher(Protocol):
    """Who looks on while matches are played, many at once; `match` is the id of one.

    Of a match that another process plays there is no game to be had, its lines are empty, and of what comes then only
    replies that somebody was called for are shown, without their words.
    """

    def starts(self, run: Path, matches: int) -> bool:
        """So many matches are going to be played, of the run at `run`; whether several at a time can be followed."""

    def begins(self, header: Header, game: Game | None, lines: Sequence[Sequence[AnyAddressed]]) -> None:
        """A match begins, or goes on from these lines."""

    def line(self, match: str, events: Sequence[AnyAddressed]) -> None: ...
    def ends(self, played: Over, card: Scorecard) -> None:
        """A match was played as far as it goes; `card` is what it amounts to."""

    def fails(self, match: str, why: str) -> None:
        """A match could not be played at all, or not be written."""

    def stops(self) -> None:
        """Somebody asked to stop: what is in flight finishes, and nobody else is asked."""


class Played(Struct, frozen=True):
    """A match as far as it went: its header, its last table, all its lines, and where its transcript lies.

    `times`: the time offset of each line, in milliseconds.
    """

    header: Header
    table: Table
    lines: tuple[tuple[AnyAddressed, ...], ...]
    path: Path
    times: tuple[int, ...]

    @property
    def void(self) -> str | None:
        """Why it has no result; None where it has one."""
        return None if self.table.closed is not None else self.table.halted or INTERRUPTED


class Room(Struct, frozen=True):
    """What matches of a run share: the clients of its models, the syncer of its logs, who watches, when to stop, and
    what calls are paid from (None: nothing is capped, and there is no cache).
    """

    clients: Clients
    syncer: Syncer
    watcher: Watcher
    stop: Stop
    means: Means | None = None


class _Match(Struct, frozen=True):
    """A match that can be played on: its agents seated, its lines so far."""

    header: Header
    game: Game
    agents: tuple[Agent, ...]
    path: Path
    lines: tuple[tuple[AnyAddressed, ...], ...]
    times: tuple[int, ...]


class _Record:
    """Writes each line to the log, keeps it for scoring, and shows it."""

    def __init__(self, log: Log, match: _Match, show: Callable[[Sequence[AnyAddressed]], None]):
        self._log, self._show = log, show
        self.lines, self.times = list(match.lines), list(match.times)

    def append(self, events: Sequence[AnyAddressed]) -> None:
        self.times.append(self._log.append(events))
        self.lines.append(tuple(events))
        self._show(events)

    def flush(self) -> None:
        self._log.flush()


async def begin(header: Header, path: Path, room: Room) -> Played:
    """Play a match from its header into a new transcript at `path`. Raises StorageError."""
    game = header.game()
    agents = seat_agents(header, game, room.clients, room.means)
    log = Log.create(path, header, _clock(0))
    return await _play(_Match(header, game, agents, path, (), ()), log, room)


async def resume(path: Path, room: Room) -> Played:
    """Play on from the last whole line of a transcript.

    Nothing that was recorded is asked again. Raises TranscriptError, UsageError where it is over, StorageError.
    """
    found = read(path)
    if found.table().closed is not None:
        raise UsageError(f"{path}: this match is over; there is nothing to play on")
    if found.header.fork is not None and len(found.lines) + 1 < found.header.fork.line:
        raise TranscriptError(f"{path}: this fork died before it had its parent's lines; remove it and fork again")
    recall(found, room.clients.dialects, os.environ)
    match = _Match(
        found.header,
        found.game,
        seat_agents(found.header, found.game, room.clients, room.means),
        path,
        tuple([line.es for line in found.lines]),
        tuple([line.t for line in found.lines]),
    )
    read_bytes, n = found.size + found.torn, len(found.lines) + 1
    log = Log.reopen(path, read_bytes, found.size, n, found.digest, _clock(last_offset(found)))
    return await _play(match, log, room)


async def fork(transcript: Transcript, header: Header, path: Path, lines: int, room: Room) -> Played:
    """Play on from the first `lines` lines of a transcript into a new one at `path`, with the header's own sitters."""
    branch(transcript, header, path, lines)
    return await resume(path, room)


def branch(transcript: Transcript, header: Header, path: Path, lines: int) -> None:
    """A new transcript with this header and the first `lines` lines of another; to be resumed. Raises StorageError."""
    kept = transcript.lines[:lines]
    offsets = iter([line.t for line in kept])
    with closing(Log.create(path, header, lambda: next(offsets))) as log:
        for line in kept:
            log.append(line.es)


async def _play(match: _Match, log: Log, room: Room) -> Played:
    """Play into an open log; whatever happens, it is closed, at the latest by the syncer."""
    record = _Record(log, match, partial(room.watcher.line, match.header.id))
    room.syncer.add(log)
    try:
        room.watcher.begins(match.header, match.game, match.lines)
        table = fold(match.game, match.lines)
        table = await play(table, match.header.meeting, match.agents, record, room.stop)
    except BaseException:
        with suppress(StorageError):  # what stopped it is told instead
            room.syncer.close(log)
        raise
    room.syncer.close(log)
    return Played(match.header, table, tuple(record.lines), match.path, tuple(record.times))


def last_offset(transcript: Transcript) -> int:
    """The time offset of the last line, in milliseconds; 0 without any."""
    return transcript.lines[-1].t if transcript.lines else 0


def _clock(offset: int) -> Clock:
    """Milliseconds since now, from an offset on."""
    start = monotonic_ns() - offset * 1_000_000
    return lambda: (monotonic_ns() - start) // 1_000_000
