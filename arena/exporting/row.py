"""A match as plain values."""

from __future__ import annotations

from math import isfinite
from typing import Any

from msgspec import Struct

from arena.results.observed import Observation


class Row(Struct):
    """One match: what an observation says, what is not defined as None, infinities among it; what JSON can hold.

    `transcript`: its path, as the run's was given. The rest is as `Observation` has it; a measure that is called as one
    of these fields is `measure.NAME`.
    """

    run: str
    match: str
    transcript: str
    scenario: str
    entry: str
    parameters: str
    instance: str
    block: str
    seed: int
    rotation: int
    repeat: int
    agents: list[str]
    seats: list[str]
    status: str
    void: str | None
    usd: float | None
    tokens: int
    values: dict[str, float | None]
    ratios: dict[str, list[float | None]]
    per_seat: dict[str, list[float | None]]


def row(seen: Observation) -> Row:
    """The match as it is exported."""
    return Row(
        seen.run,
        seen.match,
        seen.path.as_posix(),
        seen.scenario,
        seen.entry,
        seen.label,
        seen.instance,
        seen.block,
        seen.seed,
        seen.rotation,
        seen.repeat,
        list(seen.agents),
        list(seen.seats),
        seen.status,
        seen.void,
        seen.usd,
        seen.tokens,
        {_own(name): _finite(value) for name, value in sorted(seen.values.items())},
        {name: [_finite(each) for each in pair] for name, pair in sorted(seen.ratios.items())},
        {name: [_finite(each) for each in values] for name, values in sorted(seen.per_seat.items())},
    )


def _own(measure: str) -> str:
    return f"measure.{measure}" if measure in Row.__struct_fields__ else measure


def _finite(value: Any) -> float | None:
    return float(value) if value is not None and isfinite(value) else None
