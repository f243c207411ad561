"""The forecast of a plan: what each of its models will be asked, read, write and cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from msgspec import Struct

from arena.configs.resolve import Resolved
from arena.core.price import Price
from arena.planning.estimate import ASSUMPTIONS, Amount, Range, match_cost
from arena.planning.instances import deal
from arena.planning.plan import Planned, sitter
from arena.planning.rehearsal import Shape, mean, shapes
from arena.transcripts.header import Sitter

REHEARSED = 3  # instances of each scenario


class Forecast(Struct, frozen=True):
    """By the name of the agent, what it will take; all of them together; the prices; what was assumed.

    `endless`: scenarios without a deadline, of which no match is counted. `limits`: those that may end the run early.
    """

    agents: Mapping[str, Range]
    total: Range
    prices: Mapping[str, Price | None]
    endless: tuple[str, ...]
    limits: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ASSUMPTIONS


def forecast(resolved: Resolved, planned: Iterable[Planned]) -> Forecast:
    """What the models of a plan will cost; nothing where it has none. Raises UsageError as dealing them does."""
    matches = Counter((match.entry, match.seating) for match in planned)
    agents: dict[str, Range] = {}
    seated: dict[str, Sitter] = {}
    endless: dict[str, None] = {}
    rehearsed = _Rehearsed(resolved)
    for (entry, seating), count in matches.items():
        sitters = [sitter(resolved, name) for name in seating]
        seated |= {each.name: each for each in sitters if each.kind == "model"}
        if not any(each.kind == "model" for each in sitters):
            continue
        found = rehearsed.of(entry)
        if found is None:
            endless[resolved.entries[entry].use] = None
            continue
        for name, each in match_cost(found[0], sitters, resolved.entries[entry].meeting, found[1]).items():
            agents[name] = agents.get(name, Range()).plus(each.times(count))
    total = Range()
    for each in agents.values():
        total = total.plus(each)
    prices = {name: sitter.price for name, sitter in seated.items()}
    return Forecast(agents, total, prices, tuple(endless), _exceeded(resolved, total))


class _Rehearsed:
    """What the seats of each entry's matches are asked, and for how many rounds; rehearsed when it is first needed."""

    def __init__(self, resolved: Resolved) -> None:
        self._resolved = resolved
        self._found: dict[int, tuple[tuple[Shape, ...], int] | None] = {}

    def of(self, index: int) -> tuple[tuple[Shape, ...], int] | None:
        """Of an entry; None where its matches have no deadline."""
        if index not in self._found:
            entry, salt = self._resolved.entries[index], self._resolved.config.salt
            seeds = range(entry.seed, entry.seed + entry.instances)
            games = [deal(entry, seed, salt) for seed in islice(seeds, REHEARSED)]
            caps = [r for r in (games[0].task.rounds, entry.meeting.limits.rounds) if r is not None]
            found = (mean([shapes(game, entry.meeting) for game in games]), min(caps)) if caps else None
            self._found[index] = found
        return self._found[index]


def _exceeded(resolved: Resolved, total: Range) -> tuple[str, ...]:
    limits = resolved.config.limits
    most = {"usd": total.high.usd or 0, "tokens": tokens(total.high), "calls": total.high.calls}
    return tuple(f"limits.{name}" for name, high in most.items() if (cap := getattr(limits, name)) and high > cap)


def tokens(amount: Amount) -> float:
    """All tokens, read and written."""
    return amount.fresh + amount.cached + amount.output
