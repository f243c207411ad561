"""The forecast of a plan: what each of its models will be asked, read, write and cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from msgspec import Struct

from arena.configs.resolve import Resolved
from arena.core.price import Price
from arena.runs.estimate import ASSUMPTIONS, Amount, Range, match_cost
from arena.runs.plan import Planned, deal, sitters
from arena.runs.rehearsal import mean, shapes
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
    matches = Counter(match.entry for match in planned)
    agents: dict[str, Range] = {}
    seated: dict[str, Sitter] = {}
    endless: list[str] = []
    for entry, count in matches.items():
        found = _match(resolved, entry, seated)
        if found is None:
            endless.append(resolved.entries[entry].use)
            continue
        for name, each in found.items():
            agents[name] = agents.get(name, Range()).plus(each.times(count))
    total = Range()
    for each in agents.values():
        total = total.plus(each)
    prices = {name: sitter.price for name, sitter in seated.items()}
    return Forecast(agents, total, prices, tuple(endless), _exceeded(resolved, total))


def _match(resolved: Resolved, index: int, seated: dict[str, Sitter]) -> Mapping[str, Range] | None:
    """What one match of an entry will cost, by agent; None where it has no deadline."""
    entry = resolved.entries[index]
    seeds = range(resolved.config.seed, resolved.config.seed + entry.instances)
    games = [deal(entry, seed, resolved.config.salt) for seed in islice(seeds, REHEARSED)]
    who = sitters(resolved, len(games[0].everyone))
    models = {sitter.name: sitter for sitter in who if sitter.kind == "model"}
    seated |= models
    if not models:
        return {}
    caps = [r for r in (games[0].task.rounds, entry.meeting.limits.rounds) if r is not None]
    if not caps:
        return None
    return match_cost(mean([shapes(game, entry.meeting) for game in games]), who, entry.meeting, min(caps))


def _exceeded(resolved: Resolved, total: Range) -> tuple[str, ...]:
    limits = resolved.config.limits
    most = {"usd": total.high.usd or 0, "tokens": tokens(total.high), "calls": total.high.calls}
    return tuple(f"limits.{name}" for name, high in most.items() if (cap := getattr(limits, name)) and high > cap)


def tokens(amount: Amount) -> float:
    """All tokens, read and written."""
    return amount.fresh + amount.cached + amount.output
