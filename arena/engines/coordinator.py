"""The coordinator of a run: hands out its matches, pays for its calls, counts what comes of them."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec
from msgspec import Struct

from arena.core.events import Addressed, AnyAddressed, Replied, Seated
from arena.engines.frames import (
    OF_WORKER,
    Answer,
    Answered,
    Began,
    Broke,
    Bye,
    Done,
    Ends,
    Fails,
    FromWorker,
    Hello,
    Hold,
    Leased,
    Settle,
    Stop,
    Want,
    receive,
)
from arena.engines.leases import DEATHS, Leases
from arena.engines.session import Session
from arena.errors import StorageError, TranscriptError, UsageError, WorkerFailed
from arena.models.budget import Funds
from arena.results.tally import Tally
from arena.runs import directory
from arena.runs.playing import Watcher
from arena.transcripts.header import Header

FRUITLESS = 3  # so many workers in a row may die before they begin a match
_LOG = logging.getLogger(__name__)
_KINDS = {kind.__name__: kind for kind in (StorageError, UsageError, TranscriptError)}


class _Over(Struct, frozen=True):
    """A match that a worker played."""

    header: Header
    path: Path
    void: str | None


class Coordinator:
    """Leases the matches of the run at `run` to workers, and counts what they come to, until all are over or `stopped`.

    A worker is one that `serve` is given the connection of. kill: ends a worker whose connection is lost.
    """

    def __init__(
        self,
        run: Path,
        leases: Leases,
        budget: Funds,
        watcher: Watcher,
        stopped: Callable[[], bool],
        kill: Callable[[Hello], None],
    ) -> None:
        self.tally = Tally()
        self.error: Exception | None = None
        self.finished = asyncio.Event()  # there is nothing more to begin
        self.begun = Counter[int]()  # matches, by the place of the worker
        self._run, self._leases, self._budget, self._watcher = run, leases, budget, watcher
        self._stopped, self._kill = stopped, kill
        self._sessions: dict[int, Session] = {}
        self._numbers = count()
        self._fruitless = 0
        self._empty = asyncio.Event()

    @property
    def places(self) -> set[int]:
        """The places of the workers that are there."""
        return {session.hello.place for session in self._sessions.values()}

    def stop(self) -> bool:
        """Whether nobody is to be asked any more."""
        return self.error is not None or self._stopped() or self._budget.ended is not None

    async def serve(self, reader: asyncio.StreamReader, session: Session) -> None:
        """Do as a worker asks, for as long as it is there."""
        session.number = next(self._numbers)
        self._sessions[session.number] = session
        try:
            self.look()
            while not session.left:
                self._heed(session, await receive(reader, OF_WORKER))
                self.look()
        except (EOFError, OSError, TranscriptError) as error:
            _LOG.debug("%s is lost", session, exc_info=error)
        except Exception as error:  # noqa: BLE001 - whoever watches failed; it is raised at the end
            self.error = self.error or error
        finally:
            self._lose(session)

    def died(self, place: int, begun: int, how: str) -> None:
        """The process in a place ended; the place had begun so many matches before it. Too many in vain end the run."""
        self._fruitless = 0 if self.begun[place] > begun else self._fruitless + 1
        if self._fruitless >= FRUITLESS:
            why = f"{self._fruitless} workers in a row ended before they began a match; the last one: {how}"
            self.error = self.error or WorkerFailed(f"{why}. What they said stands above")
        self.look()

    async def left(self) -> None:
        """Wait until the last word of the last worker is heard."""
        while self._sessions:
            self._empty.clear()
            await self._empty.wait()

    def look(self) -> None:
        """Hand out what is wanted, or tell everybody that nothing more is to be begun."""
        if not self.stop() and not self._leases.over:
            try:
                self._feed()
            except Exception as error:  # noqa: BLE001 - the plan itself cannot be gone on with
                self.error = self.error or error
        stop = self.stop()
        if stop or self._leases.over:
            self.finished.set()
            last = Stop(ended=self._budget.ended) if stop else Done()
            for session in self._sessions.values():
                if not session.told:
                    session.told = True
                    session.send(last)

    def _feed(self) -> None:
        for session in self._sessions.values():
            if session.wanted > 0 and (jobs := self._leases.give(session.number, session.wanted)):
                session.wanted -= len(jobs)
                session.send(Leased(tuple(jobs)))

    def _heed(self, session: Session, message: FromWorker) -> None:
        match message:
            case Want(matches=matches):
                session.wanted += matches
            case Began():
                self._begins(session, message)
            case Answered(replies=replies):
                for each in replies:
                    self._watcher.line(each.match, (_addressed(each),))
            case Ends():
                self._ends(session, message)
            case Fails(match=match, why=why):
                session.live.pop(match, None)
                if self._leases.ended(session.number, match):
                    self._fails(match, why)
            case Broke(kind=kind, why=why, trace=trace):
                error = _KINDS[kind](why) if kind in _KINDS else WorkerFailed(f"{session}: {why}")
                error.add_note(trace)
                self.error = self.error or error
            case Hold(number=number, expected=expected):
                session.hold(self._budget, number, expected)
            case Settle(expected=expected, actual=actual):
                session.settle(self._budget, expected, actual)
            case Bye():
                session.left = True
            case Hello():
                raise TranscriptError(f"{session} said hello twice")

    def _begins(self, session: Session, message: Began) -> None:
        header = msgspec.json.decode(message.header, type=Header)
        self._leases.begun(session.number, header.id)
        session.live[header.id] = header
        self.begun[session.hello.place] += 1
        lines: list[tuple[AnyAddressed, ...]] = [()] * message.lines
        if message.relieved:
            relieved = message.relieved.items()
            lines[-1] = tuple([_addressed(Answer(header.id, seat, newcomer=name)) for seat, name in relieved])
        self._watcher.begins(header, None, lines)

    def _ends(self, session: Session, message: Ends) -> None:
        header = session.live.pop(message.match, None)
        if header is None or not self._leases.ended(session.number, message.match):
            raise TranscriptError(f"{session} ended {message.match!r}, which it does not play")
        path = directory.match_path(self._run, message.match)
        self.tally.ends(header, path, message.card, message.void)
        self._watcher.ends(_Over(header, path, message.void), message.card)

    def _fails(self, match: str, why: str) -> None:
        self.tally.fails(match, why)
        self._watcher.fails(match, why)

    def _lose(self, session: Session) -> None:
        """A worker is gone: others go on with what it had."""
        del self._sessions[session.number]
        self._empty.set()
        session.close(self._budget)
        if not session.left:
            self._kill(session.hello)
        for match in self._leases.lost(session.number):
            self._fails(match, f"{DEATHS} workers or more died while they played it, the last of them playing it alone")
        self.look()


def _addressed(told: Answer) -> AnyAddressed:
    """The event that a worker told of, as far as it did."""
    if told.newcomer is not None:
        return Addressed((), Seated(told.seat, told.newcomer))
    return Addressed((told.seat,), Replied(told.seat, usage=told.usage, overflow=told.overflow))
