"""Stopping early: a comparison of two agents ends when it is decided; matches that no comparison needs are left out.

In each scenario each two agents that are compared have a confidence sequence over its instances, in the order of the
plan. A pair looks at an instance once every match of it with one of the two has ended, and at none before the ones that
stand before it; so what is decided, and where, depends on the plan and on what was played, not on how many matches were
under way. Matches beyond that were under way are kept in `surplus/` and counted nowhere. The level is shared among all
pairs and scenarios (Bonferroni): the chance that any verdict of a run is wrong is 5%.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from msgspec import Struct

from arena.configs.resolve import Resolved
from arena.configs.schema import StopConfig
from arena.planning.designs import seatings
from arena.planning.plan import Planned, seats_of
from arena.results.observed import Observation
from arena.results.opposed import Side, opposed
from arena.statistics.differences import pairs
from arena.statistics.sequence import ALPHA, Sequence, Verdict


class Decision(Struct, frozen=True):
    """A verdict on two agents in a scenario (its index): after how many instances of the plan, and on what interval.

    verdict: `first` or `second` does better, or they are `equal`, closer than delta.
    """

    scenario: int
    first: str
    second: str
    verdict: Verdict
    after: int
    difference: float
    low: float
    high: float


class _Contest:
    """Two agents in one scenario: how far it has been looked at, and what was decided."""

    def __init__(self, entry: int, first: str, second: str, matches: int, planned: int, alpha: float) -> None:
        self.entry, self.first, self.second = entry, first, second
        self.matches = matches  # of an instance, with one of the two
        self.looked = 0  # instances
        self.decision: Decision | None = None
        self._sequence = Sequence(planned, alpha)

    def concerns(self, agents: Iterable[str]) -> bool:
        return self.first in agents or self.second in agents

    def needs(self, instance: int) -> bool:
        """Whether the instance (by its place in the plan, from 0) is still looked at."""
        return self.decision is None or instance < self.decision.after

    def look(self, ended: list[Observation], stop: StopConfig) -> None:
        """Look at the next instance, all of whose matches have ended."""
        self.looked += 1
        one, other = (Side(name, _with(ended, name), name) for name in (self.first, self.second))
        for family in {each.scenario for each in ended}:  # of one entry: one
            found, _ = pairs(*opposed(one, other, stop.metric, family))
            for pair in found.values():
                self._sequence.add(pair)
        if decided := self._sequence.verdict(stop.delta):
            e, verdict = decided.estimate, decided.verdict
            self.decision = Decision(self.entry, one.name, other.name, verdict, self.looked, e.value, e.low, e.high)


class Stopping:
    """Decides comparisons as matches end, and says which matches are wanted."""

    def __init__(
        self,
        resolved: Resolved,
        stop: StopConfig,
        plan: Callable[[], Iterable[Planned]],
        known: Iterable[Decision] = (),
    ) -> None:
        self.skipped = 0
        self._stop, self._plan = stop, plan
        self._seeds = [entry.seed for entry in resolved.entries]
        self._contests = [_contests(resolved, entry) for entry in range(len(resolved.entries))]
        self._ended: dict[tuple[int, int], list[tuple[Planned, Observation | None]]] = {}
        self._issued: dict[str, Planned] = {}
        self._beyond: list[Planned] = []
        for decision in known:
            for contest in self._contests[decision.scenario]:
                if (contest.first, contest.second) == (decision.first, decision.second):
                    contest.decision = decision

    @property
    def decisions(self) -> list[Decision]:
        """What is decided, in the order of the scenarios and agents."""
        return [contest.decision for each in self._contests for contest in each if contest.decision is not None]

    def wanted(self, match: Planned) -> bool:
        """Whether a comparison that is not decided needs a match, or it is about nobody who is compared."""
        instance = match.seed - self._seeds[match.entry]
        touched = [contest for contest in self._contests[match.entry] if contest.concerns(match.seating)]
        return not touched or any(contest.needs(instance) for contest in touched)

    def chosen(self, planned: Iterable[Planned]) -> Iterator[Planned]:
        """The matches of a plan that are wanted when their turn comes; the others are counted in `skipped`."""
        for match in planned:
            if self.wanted(match):
                self._issued[match.id] = match
                yield match
            else:
                self.skipped += 1

    def seen(self, match: Planned, found: Observation | None) -> None:
        """A match ended; None: it could not be played."""
        key = (match.entry, match.seed - self._seeds[match.entry])
        self._ended.setdefault(key, []).append((match, found))
        for contest in self._contests[match.entry]:
            while contest.decision is None and self._complete(contest):
                contest.look(self._of(contest), self._stop)
        self._forget(match.entry)

    def ended(self, match: str, found: Observation | None) -> None:
        """The same of a match that was `chosen`, by its id."""
        if match in self._issued:
            self.seen(self._issued.pop(match), found)

    @property
    def saved(self) -> int:
        """How many matches of the plan no comparison needs."""
        return sum(not self.wanted(match) for match in self._plan())

    @property
    def surplus(self) -> list[str]:
        """The matches that have ended and that no verdict stands on, since all they could tell was decided before."""
        waiting = [match for some in self._ended.values() for match, _ in some]
        return list(dict.fromkeys(match.id for match in (*waiting, *self._beyond) if not self.wanted(match)))

    def _complete(self, contest: _Contest) -> bool:
        ended = self._ended.get((contest.entry, contest.looked), ())
        return sum(contest.concerns(match.seating) for match, _ in ended) == contest.matches

    def _of(self, contest: _Contest) -> list[Observation]:
        ended = self._ended[contest.entry, contest.looked]
        return [found for match, found in ended if found is not None and contest.concerns(match.seating)]

    def _forget(self, entry: int) -> None:
        """Let go of instances that every comparison of the scenario has looked at."""
        undecided = [contest.looked for contest in self._contests[entry] if contest.decision is None]
        for key in [key for key in self._ended if key[0] == entry and undecided and key[1] < min(undecided)]:
            self._beyond += [match for match, _ in self._ended.pop(key) if not self.wanted(match)]


def _contests(resolved: Resolved, entry: int) -> list[_Contest]:
    agents = resolved.casting.agents
    teams = [each.agents for each in seatings(resolved.casting, seats_of(resolved, entry))]
    count = len(agents) * (len(agents) - 1) // 2 * len(resolved.entries)
    instances, repeats = resolved.entries[entry].instances, resolved.config.repeats

    def matches(first: str, second: str) -> int:
        return repeats * sum(first in team or second in team for team in teams)

    return [
        _Contest(entry, first, second, matches(first, second), instances, ALPHA / max(1, count))
        for first, second in combinations(agents, 2)
    ]


def _with(found: Iterable[Observation], agent: str) -> tuple[Observation, ...]:
    return tuple([each for each in found if agent in each.agents])
