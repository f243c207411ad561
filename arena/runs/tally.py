"""What the matches of a run came to, counted as they end: of a hundred thousand as little is kept as of ten."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from msgspec import Struct

from arena.scoring.cost_total import CostTotal
from arena.scoring.scorecard import Scorecard
from arena.scoring.totals import Adding
from arena.transcripts.header import Header

NAMED = 10  # so many of a kind are kept by name
INTERRUPTED = "interrupted"  # why a match is void that could be gone on with at once


class Void(Struct, frozen=True):
    """A match without a result: its id, why, and its transcript, if it has one."""

    match: str
    why: str
    path: Path | None = None


@dataclass
class Sum:
    """A sum and of how many."""

    total: float = 0.0
    n: int = 0

    def add(self, value: Any) -> None:
        """Count a value where it is defined."""
        if value is not None and isfinite(value):
            self.total += float(value)
            self.n += 1

    @property
    def mean(self) -> float | None:
        """None without any."""
        return self.total / self.n if self.n else None


@dataclass
class Line:
    """What an agent did in a scenario: the matches it sat in, how they ended, and sums over its seats.

    `value`, `room`: V - F and V* - F over those matches; their ratio is the coordination gain of a family (measures,
    section 3). `payoff`: over its seats. `asked`, `refused`: its replies.
    """

    matches: int = 0
    void: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    value: float = 0.0
    room: float = 0.0
    payoff: Sum = field(default_factory=Sum)
    asked: int = 0
    refused: int = 0

    @property
    def gain(self) -> float | None:
        """The coordination gain, as a ratio of sums; None where there was nothing to gain."""
        return self.value / self.room if self.room > 0 else None


class Tally:
    """Counts matches as they end."""

    def __init__(self) -> None:
        self.ended = 0
        self.figures, self.cost = Adding(), CostTotal()
        self.lines: dict[tuple[str, str], Line] = {}
        self.voids: list[Void] = []
        self.void = 0
        self.interrupted = 0  # of the void ones
        self.failures: list[Void] = []
        self.failed = 0
        self.paths: list[Path] = []  # of the first to end
        self.last: Path | None = None

    def ends(self, header: Header, path: Path, card: Scorecard, void: str | None) -> None:
        """Count a match that was played; `void`: why it has no result."""
        self.ended += 1
        self.figures.add(card)
        self.cost.add(card.scenario, card.cost, card.headline)
        self.last = path
        if len(self.paths) < NAMED:
            self.paths.append(path)
        if void is not None:
            self.void += 1
            self.interrupted += void == INTERRUPTED
            if len(self.voids) < NAMED:
                self.voids.append(Void(header.id, void, path))
        self._agents(scenario_of(header), card)

    def fails(self, match: str, why: str) -> None:
        """Count a match that could not be played."""
        self.failed += 1
        if len(self.failures) < NAMED:
            self.failures.append(Void(match, why))

    def _agents(self, scenario: str, card: Scorecard) -> None:
        for agent in dict.fromkeys(card.sitters):
            line = self.lines.setdefault((scenario, agent), Line())
            line.matches += 1
            line.statuses[card.status] += 1
            line.void += card.void is not None
            for seat, name in enumerate(card.sitters):
                if name == agent:
                    line.asked += card.conduct["calls"][seat]
                    line.refused += card.conduct["refused"][seat] + card.conduct["forfeits"][seat]
                    line.payoff.add(card.per_seat["payoff"][seat] if card.void is None else None)
            if card.void is None and isfinite(card.headline["coordination_gain"]):
                line.value += card.headline["value"] - card.headline["floor"]
                line.room += card.headline["optimum"] - card.headline["floor"]


def scenario_of(header: Header) -> str:
    """The scenario of a match as its plan numbers it, such as 00-bargain; as its header names it where it is in no
    plan."""
    return header.block.rsplit("-", 2)[0] if header.block else header.scenario
