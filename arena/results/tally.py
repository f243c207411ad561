"""What the matches of a run came to, counted as they end: of a hundred thousand as little is kept as of ten."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct

from arena.results.observed import Observation, observation
from arena.results.totals import Adding, Columns
from arena.scoring.cost_total import CostTotal
from arena.scoring.scorecard import Scorecard
from arena.statistics.estimate import Estimate
from arena.transcripts.header import Header

NAMED = 10  # so many of a kind are kept by name
COUNTED = ("settled", "coordination_gain", "payoff")  # of each agent in each scenario
INTERRUPTED = "interrupted"  # why a match is void that could be gone on with at once


class Void(Struct, frozen=True):
    """A match without a result: its id, why, and its transcript, if it has one."""

    match: str
    why: str
    path: Path | None = None


@dataclass
class Line:
    """What an agent did in a scenario: the matches it sat in, how many of them are void, its replies, and how many of
    those were refused.
    """

    matches: int = 0
    void: int = 0
    asked: int = 0
    refused: int = 0


class Tally:
    """Counts matches as they end."""

    def __init__(self) -> None:
        self.ended = 0
        self.figures, self.cost = Adding(), CostTotal()
        self.lines: dict[tuple[str, str], Line] = {}  # by scenario and agent
        self.agents = Columns()  # `COUNTED` of each
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
        seen = observation(header, card, path)
        self.figures.add(seen)
        self.cost.add(card.scenario, card.cost, card.headline)
        self.last = path
        if len(self.paths) < NAMED:
            self.paths.append(path)
        if void is not None:
            self.void += 1
            self.interrupted += void == INTERRUPTED
            if len(self.voids) < NAMED:
                self.voids.append(Void(header.id, void, path))
        self._sat(seen, card)

    def fails(self, match: str, why: str) -> None:
        """Count a match that could not be played."""
        self.failed += 1
        if len(self.failures) < NAMED:
            self.failures.append(Void(match, why))

    def figure(self, scenario: str, agent: str, measure: str) -> Estimate:
        """What one of `COUNTED` comes to for an agent in a scenario."""
        return self.agents.estimate((scenario, agent), measure)

    def _sat(self, seen: Observation, card: Scorecard) -> None:
        for agent in dict.fromkeys(seen.agents):
            line = self.lines.setdefault((seen.entry, agent), Line())
            line.matches += 1
            line.void += seen.void is not None
            for seat, name in enumerate(seen.agents):
                if name == agent:
                    line.asked += card.conduct["calls"][seat]
                    line.refused += card.conduct["refused"][seat] + card.conduct["forfeits"][seat]
            for measure in COUNTED if seen.void is None else ():
                self.agents.add((seen.entry, agent), measure, seen, agent)
