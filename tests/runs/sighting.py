"""Observations made up for tests: of matches that were never played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan
from pathlib import Path

from arena.results.observed import Observation


def sighted(
    instance: str = "i0",
    agents: Sequence[str] = ("a", "b"),
    *,
    gain: tuple[float, float] | None = None,
    payoff: Sequence[float] | None = None,
    status: str = "completed",
    scenario: str = "pool",
    rotation: int = 0,
    repeat: int = 0,
    values: Mapping[str, float] | None = None,
    run: str = "run",
) -> Observation:
    """A match; `gain` is V - F and V* - F. Void where its status says so."""
    void = status == "void"
    share = gain if gain is not None else (nan, nan)
    return Observation(
        run,
        f"{instance}-{'+'.join(agents)}-{repeat}",
        Path(run) / "matches" / f"{instance}.jsonl",
        scenario,
        f"00-{scenario}",
        scenario,
        instance,
        0,
        rotation,
        repeat,
        tuple(agents),
        tuple("ABCDEFGH"[: len(agents)]),
        status,
        "cut" if void else None,
        {} if void else {"settled": float(status in ("agreed", "completed")), **(values or {})},
        {"coordination_gain": (nan, share[1]) if void else share},
        {} if void or payoff is None else {"payoff": tuple(payoff)},
    )
