"""Which worker plays which match: matches are leased, and come back from a worker that is lost. Pure.

A match that a lost worker had begun may be what it died of. The first time that is nobody's fault. From the second time
on such matches are played among an eighth as many as before, until one is alone: if its worker dies again, it fails,
and no other match does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arena.runs.jobs import Job

DEATHS = 3  # of workers that had begun a match, the last of them alone with it: then it fails
FEWER = 8
AHEAD = 64  # matches that a worker may have waiting, at most


@dataclass
class _Lease:
    job: Job
    begun: bool = False


@dataclass
class _Suspect:
    """A match whose workers died, so often; among how many it may be played, None: any."""

    deaths: int = 0
    among: int | None = None


class Leases:
    """The matches of a run, so many in all, among so many workers, each of which plays `live` at once.

    Fresh ones go out in their order. Raises what making them raises.
    """

    def __init__(self, jobs: Iterable[Job], total: int, workers: int, live: int) -> None:
        self._jobs: Iterator[Job] = iter(jobs)
        self._next = next(self._jobs, None)
        self._left, self._workers, self._live = total, max(workers, 1), live
        self._back: deque[Job] = deque()
        self._apart: deque[Job] = deque()  # those that may be played among few only
        self._suspects: dict[str, _Suspect] = {}
        self._held: dict[int, dict[str, _Lease]] = {}

    @property
    def over(self) -> bool:
        """Whether no match is left, and none is with a worker."""
        return self._next is None and not (self._back or self._apart or any(self._held.values()))

    def give(self, worker: int, wanted: int) -> list[Job]:
        """Matches for a worker that can play so many more; fewer towards the end, so that all have something to do."""
        held = self._held.setdefault(worker, {})
        left = self._left + len(self._back)
        ahead = min(max(left // (2 * self._workers), 1), AHEAD)
        room = min(wanted, self._live + ahead - len(held))
        given = list[Job]()
        while self._apart and len(given) < room and self._may(held, self._apart[0]):
            given.append(self._lease(held, self._apart.popleft()))
        if not self._apart and self._among(held) is None:
            while len(given) < room and (job := self._one()) is not None:
                given.append(self._lease(held, job))
        return given

    def begun(self, worker: int, match: str) -> None:
        """A worker begins a match."""
        lease = self._held.get(worker, {}).get(match)
        if lease is not None:
            lease.begun = True

    def ended(self, worker: int, match: str) -> bool:
        """A worker is done with a match; whether it was leased to it."""
        self._suspects.pop(match, None)
        return self._held.get(worker, {}).pop(match, None) is not None

    def lost(self, worker: int) -> list[str]:
        """A worker is gone: what it had goes to others. The matches that do not, since it died of them."""
        leases = list(self._held.pop(worker, {}).values())
        begun = sum([lease.begun for lease in leases])
        failed = list[str]()
        for lease in leases:
            suspect = self._suspects.get(lease.job.match, _Suspect())
            if lease.begun:
                self._suspects[lease.job.match] = suspect
                suspect.deaths += 1
                if suspect.deaths >= DEATHS and begun == 1:
                    failed.append(lease.job.match)
                    continue
                if suspect.deaths > 1:
                    suspect.among = max(begun // FEWER, 1)
            (self._back if suspect.among is None else self._apart).append(lease.job)
        return failed

    def _one(self) -> Job | None:
        if self._back:
            return self._back.popleft()
        job = self._next
        if job is not None:
            self._left -= 1
            self._next = next(self._jobs, None)
        return job

    def _lease(self, held: dict[str, _Lease], job: Job) -> Job:
        held[job.match] = _Lease(job)
        return job

    def _may(self, held: dict[str, _Lease], job: Job) -> bool:
        """Whether a match that is played among few can join those that a worker has."""
        bounds = [bound for bound in (self._among(held), self._suspects[job.match].among) if bound is not None]
        return len(held) < min(bounds)

    def _among(self, held: dict[str, _Lease]) -> int | None:
        """Among how many at most those that a worker has may be played; None: any."""
        bounds = [suspect.among for match, suspect in self._suspects.items() if match in held]
        return min([bound for bound in bounds if bound is not None], default=None)
