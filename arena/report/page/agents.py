"""The tables of a report that are about agents: what they are, and what each did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum, isnan
from typing import Any
from urllib.parse import urlsplit

from arena.report.estimates import interval
from arena.report.numbers import NONE, count, money
from arena.report.page.gathered import Gathered
from arena.report.page.tables import Cell, Table
from arena.report.visible import clipped, visible
from arena.results.measured import PRIMARY, figure
from arena.results.observed import Observation
from arena.statistics.estimate import FEW

LONGEST = 200  # characters of a setting
ADDRESSES = ("base_url", "url")
SETTINGS = (
    *("model", "scripted", "script", "call", *ADDRESSES, "dialect", "api", "roles", "temperature", "top_p"),
    *("max_output_tokens", "context", "price", "cache"),
)
HEADS = ("agent", "matches", "void", "settled", "coordination gain", "payoff")
OVER = "Over the matches in which an agent sat; payoff over its own seats"
OWN = "; cost of its own calls, void matches aside"


def agents(of: Gathered) -> Table:
    """Who took part, and as what."""
    found = of.configuration.get("agents")
    told = found if isinstance(found, dict) else {}
    rows = [(Cell(visible(name)), Cell(_settings(told.get(name, {})))) for name in [*of.agents, *_idle(of, told)]]
    return Table("Agents", ("agent", "settings"), tuple(rows))


def _idle(of: Gathered, told: dict[str, Any]) -> list[str]:
    return sorted(name for name in told if name not in of.agents)


def _settings(settings: Any) -> str:
    """What an agent is, by the settings that hold no secret; headers and the like are left out."""
    plain = settings if isinstance(settings, dict) else {}
    told = [f"{name}: {_told(name, plain[name])}" for name in SETTINGS if plain.get(name) is not None]
    return clipped(", ".join(told), LONGEST) if told else NONE


def _told(name: str, value: Any) -> str:
    match value:
        case str() if name in ADDRESSES:
            parts = urlsplit(value)
            return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        case dict():
            return " ".join(f"{key} {each}" for key, each in value.items())
        case list():
            return f"{count(len(value), 'reply', 'replies')}"
        case _:
            return str(value)


def by_agent(of: Gathered) -> Iterator[Table]:
    """A table for each family: what each agent did in the matches in which it sat."""
    for family in of.families:
        found = [each for each in of.matches if each.scenario == family]
        paid = any("usd" in each.per_seat for each in found)
        names = sorted({name for each in found for name in each.agents})
        rows = tuple((*_row(found, name), *([Cell(_paid(found, name), True)] if paid else [])) for name in names)
        note = f"{OVER}{OWN if paid else ''}.{_few(found)}"
        yield Table(f"By agent: {visible(family)}", (*HEADS, *(("cost",) if paid else ())), rows, note)


def _row(found: Sequence[Observation], agent: str) -> tuple[Cell, ...]:
    sat = [each for each in found if agent in each.agents]
    void = sum([each.void is not None for each in sat])
    settled, gain, payoff = (figure(sat, name, agent).overall for name in ("settled", PRIMARY, "payoff"))
    figures = (interval(settled, 0, percent=True), interval(gain, 2), interval(payoff, 1))
    return (Cell(visible(agent)), *[Cell(text, True) for text in (f"{len(sat):,}", f"{void:,}", *figures)])


def _few(found: Sequence[Observation]) -> str:
    """A warning where there are few instances."""
    instances = len({each.instance for each in found if each.void is None})
    if not 0 < instances < FEW:
        return ""
    return f" Few instances: {instances}; intervals of skewed measures may cover much less than 95%."


def _paid(found: Sequence[Observation], agent: str) -> str:
    parts = [
        usd
        for each in found
        for name, usd in zip(each.agents, each.per_seat.get("usd", ()), strict=False)
        if name == agent
    ]
    return money(None if any(map(isnan, parts)) else fsum(parts))
