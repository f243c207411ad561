"""The pictures of a report, as svg: how the gain is spread, what it cost, and a telling match or two of each family."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import fsum, isfinite, nan

from msgspec import Struct

from arena.errors import ArenaError
from arena.report.labels import words
from arena.report.numbers import count
from arena.report.page.gathered import Gathered
from arena.report.visible import visible
from arena.results.measured import PRIMARY, figure
from arena.results.observed import Observation
from arena.transcripts.read import read

MOST = 30  # agents of a picture
TOLD = 2  # matches of a family that are shown


class Drawn(Struct, frozen=True):
    """A picture: what stands above it, the svg, and the match that it is of, if it is of one."""

    title: str
    svg: str
    match: Observation | None = None


def spreads(of: Gathered) -> Iterator[Drawn]:
    """For each family, the gains of the matches of each agent."""
    from arena.report.plots.drawing import drawn_chart
    from arena.report.plots.runs.spread import Spread, spread

    for family in of.families:
        found = [each for each in of.matches if each.scenario == family and each.void is None]
        names = sorted({name for each in found for name in each.agents})[:MOST]
        rows = [Spread(name, _gains(found, name), figure(found, PRIMARY, name).overall) for name in names]
        if not any(map(isfinite, (value for row in rows for value in row.values))):
            continue
        title = f"{words(PRIMARY).capitalize()}: {visible(family)}"
        about = f"bars: the matches in which an agent sat, {count(len(found), 'match', 'matches')} in all"
        subtitle = [about, "diamond: their mean, as the tables have it, on its 95% interval"]
        made = drawn_chart(partial(spread, rows, words(PRIMARY), title, subtitle), f"{title}; {about}")
        yield Drawn(title, made.decode())


def _gains(found: list[Observation], agent: str) -> tuple[float, ...]:
    return tuple(each.values.get(PRIMARY, nan) for each in found if agent in each.agents)


def costs(of: Gathered) -> Iterator[Drawn]:
    """For each family in which models sat, what each agent cost a match against what came of it."""
    from arena.report.plots.drawing import drawn_chart
    from arena.report.plots.runs.cost import Paid, cost

    for family in of.families:
        found = [each for each in of.matches if each.scenario == family and each.void is None]
        names = sorted({name for each in found for name in each.agents})[:MOST]
        unit = "usd" if all(isfinite(usd) for each in found for usd in each.per_seat.get("usd", ())) else "tokens"
        paid = [Paid(name, _each(found, name, unit), figure(found, PRIMARY, name).overall) for name in names]
        paid = [each for each in paid if isfinite(each.gain.value)]
        if not any(each.each for each in paid):
            continue
        across = "USD a match" if unit == "usd" else "tokens a match, read and written"
        title = f"Cost against outcome: {visible(family)}"
        about = "each agent: its own calls, and the matches in which it sat, with 95% intervals"
        made = drawn_chart(partial(cost, paid, across, words(PRIMARY), title, [about]), f"{title}; {about}")
        yield Drawn(title, made.decode())


def _each(found: list[Observation], agent: str, unit: str) -> float:
    """What an agent's calls cost in a match in which it sat."""
    kinds = ("usd",) if unit == "usd" else ("fresh", "cached", "output")
    sat = [each for each in found if agent in each.agents]
    parts = [
        each.per_seat[kind][seat]
        for each in sat
        for kind in kinds
        if kind in each.per_seat
        for seat, name in enumerate(each.agents)
        if name == agent
    ]
    return fsum(parts) / len(sat)


def telling(of: Gathered) -> Iterator[Drawn]:
    """Of each family the match that is nearest to its mean gain, and the one with the least."""
    from arena.report.plots.drawing import drawn
    from arena.report.plots.find import find
    from arena.report.plots.picture import record

    for family in of.families:
        for why, each in _chosen(of, family):
            try:
                match = record(read(each.path))
                svg = drawn(find(match, None), match, ".svg").decode()
            except ArenaError:  # there is none of such a match
                continue
            yield Drawn(f"{visible(family)}, {why}", svg, each)


def _chosen(of: Gathered, family: str) -> list[tuple[str, Observation]]:
    known = [each for each in of.matches if each.scenario == family and isfinite(each.values.get(PRIMARY, nan))]
    if not known:
        return []
    mean = figure(known, PRIMARY).overall.value
    usual = min(known, key=lambda each: (abs(each.values[PRIMARY] - mean), each.match))
    worst = min(known, key=lambda each: (each.values[PRIMARY], each.match))
    found = [("a match near the mean", usual)]
    return found if worst == usual else [*found, ("the match that gained least", worst)][:TOLD]
