"""What several matches cost together, added up as they end."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from arena.scoring.cost import per_gain


class CostTotal:
    """Sums over scorecards' costs; void matches cost too.

    `usd` is None as soon as one of them is not known. What a unit of V - F costs is a ratio of sums over the matches
    that are not void (measures, section 3), and is there for one scenario only, since families have units of their own.
    """

    def __init__(self) -> None:
        self.fresh = self.cached = self.output = self.hits = self.matches = 0
        self.usd: float | None = 0.0
        self._scored: float | None = 0.0
        self._gain = 0.0
        self._scenarios: set[str] = set()

    def add(self, scenario: str, cost: Mapping[str, Any], headline: Mapping[str, Any]) -> None:
        """Count a match by its scorecard; one that asked no endpoint is left out."""
        if not cost:
            return
        self.matches += 1
        self.fresh += sum(cost["fresh"])
        self.cached += sum(cost["cached"])
        self.output += sum(cost["output"])
        self.hits += sum(cost["hits"])
        paid = cost["total_usd"]
        self.usd = None if self.usd is None or paid is None else self.usd + paid
        gain = headline["value"] - headline["floor"] if headline else float("nan")
        if isfinite(gain):
            self._scenarios.add(scenario)
            self._scored = None if self._scored is None or paid is None else self._scored + paid
            self._gain += gain

    @property
    def usd_per_gain(self) -> float | None:
        """USD for each unit of V - F; NaN where that is not above 0, None where it is not known or not one family's."""
        return per_gain(self._scored, self._gain) if len(self._scenarios) == 1 else None
