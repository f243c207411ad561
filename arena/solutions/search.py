"""A schedule of a given length, each task run through without a break, by depth-first search over who begins what.

Tasks begin when something ends (or at once): of the schedules without breaks, some shortest one does so, since whatever
begins between can begin earlier (semi-active schedules; Brucker and Knust 2012, ch. 3). The most urgent task is placed
first, with the seat that is good for least else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from arena.solutions.shopfloor import Project

NODES: Final = 4000  # after so many steps the search gives up
Busy = tuple[tuple[int, int], ...]  # by seat: until when, and at which task; what lies in the past is over
Start = tuple[int, int, int, int]  # seat, task, begin, rounds


class Job(NamedTuple):
    """A task that is left: so many rounds of work (0: done), not before a round."""

    rounds: int
    release: int


class Search:
    """The search for a schedule of at most `length` rounds.

    jobs, tails: (tasks,), what is left of each and the rounds that have to come after it. busy: (seats,), who is at
    what until when; the tasks named there are begun.
    """

    def __init__(
        self, project: Project, jobs: Sequence[Job], busy: Sequence[tuple[int, int]], tails: Sequence[int], length: int
    ) -> None:
        self.project, self.jobs, self.busy, self.length = project, jobs, tuple(busy), length
        self.latest = [length - tail - job.rounds for tail, job in zip(tails, jobs, strict=True)]
        self.nodes = 0
        self.failed = set[tuple[int, Busy, frozenset[int]]]()

    def plan(self) -> list[Start] | None:
        """Who begins what when, what is in hand already included; None where no such schedule is found."""
        begun = frozenset(task for _, task in self.busy if task >= 0)
        under_way = [(seat, task, 0, until) for seat, (until, task) in enumerate(self.busy) if task >= 0]
        found = self._at(0, self.busy, begun)
        return None if found is None else under_way + found

    def _at(self, now: int, busy: Busy, begun: frozenset[int]) -> list[Start] | None:
        """The rest of a schedule from an instant at which something has ended."""
        todo = [task for task, job in enumerate(self.jobs) if job.rounds and task not in begun]
        if not todo:
            return []
        key = (now, tuple([each if each[0] > now else (0, -1) for each in busy]), begun)
        if key in self.failed or self._hopeless(now, busy, todo):
            return None
        doing = {task for until, task in busy if until > now}
        open_ = {*todo, *doing}
        ready = [task for task in todo if self.jobs[task].release <= now and open_.isdisjoint(self.project.after[task])]
        waiting = [self.jobs[task].release for task in todo if self.jobs[task].release > now]
        found = self._place(now, sorted(ready, key=lambda task: self.latest[task]), waiting, busy, begun)
        if found is None:
            self.failed.add(key)
        return found

    def _place(
        self, now: int, ready: list[int], events: list[int], busy: Busy, begun: frozenset[int]
    ) -> list[Start] | None:
        """Give the first of the ready tasks to a free seat, or leave it for later; then the next; then go on in time.

        events: the instants besides the ends of tasks at which something may begin.
        """
        self.nodes += 1
        if self.nodes > NODES:
            return None
        if not ready:
            coming = [until for until, _ in busy if until > now] + events
            return self._at(min(coming), busy, begun) if coming else None
        task, rounds = ready[0], self.jobs[ready[0]].rounds
        for seat in self._candidates(now, task, busy):
            given = (*busy[:seat], (now + rounds, task), *busy[seat + 1 :])
            found = self._place(now, ready[1:], events, given, begun | {task})
            if found is not None:
                return [(seat, task, now, rounds), *found]
        if self.latest[task] > now:
            return self._place(now, ready[1:], events, busy, begun)
        return None

    def _candidates(self, now: int, task: int, busy: Busy) -> list[int]:
        """The free seats with the skill for a task, those with the fewest skills first, one of each set of skills."""
        able, kind = self.project.able, self.project.kinds[task]
        free = [seat for seat, (until, _) in enumerate(busy) if until <= now and kind in able[seat]]
        one_of_each = {able[seat]: seat for seat in reversed(free)}
        return sorted(one_of_each.values(), key=lambda seat: (len(able[seat]), seat))

    def _hopeless(self, now: int, busy: Busy, todo: list[int]) -> bool:
        """Whether a task comes too late, or the seats with a skill have not the time for all that needs it."""
        if any([self.latest[task] < now for task in todo]):
            return True
        by_kind = Counter[int]()
        for task in todo:
            by_kind[self.project.kinds[task]] += self.jobs[task].rounds
        time = [self.length - max(now, until) for until, _ in busy]
        return any(
            rounds > sum([left for left, able in zip(time, self.project.able, strict=True) if kind in able])
            for kind, rounds in by_kind.items()
        ) or by_kind.total() > sum(time)
