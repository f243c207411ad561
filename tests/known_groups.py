"""Known groups: what is claimed of scripted teams in each family, and what comes of it over a hundred instances.

`python -m tests.known_groups [--instances N]` prints the table of docs/known-groups.md.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from arena.core.game import Game
from arena.statistics.differences import difference
from arena.statistics.estimate import Estimate
from arena.statistics.points import Point
from arena.statistics.ratios import ratio
from tests.teams import deal, reference, value

Cast = Callable[[Game], Sequence[str]]
"""Who sits where in a game."""


@dataclass(frozen=True)
class Team:
    """A team by name; by default the policy of that name in every seat."""

    name: str
    cast: Cast | None = None

    def names(self, game: Game) -> Sequence[str]:
        return self.cast(game) if self.cast is not None else [self.name] * len(game.everyone)


@dataclass(frozen=True)
class Claim:
    """What is claimed: a team gains more than another, as much, or `least` and more of what there is to gain."""

    family: str
    team: Team
    params: dict[str, Any] = field(default_factory=dict)
    against: Team | None = None
    how: Literal["more", "the same", "no more claimed"] = "more"
    least: float = -float("inf")

    @property
    def what(self) -> str:
        """The family, and its parameters."""
        params = ", ".join(f"{name}: {value}" for name, value in self.params.items())
        return f"{self.family} {params}".strip()

    def __str__(self) -> str:
        return f"{self.what}: {self.team.name}" + (f", {self.how} than {self.against.name}" if self.against else "")


def last(policy: str) -> Team:
    """Planners, but for the last seat."""
    return Team(f"planners, one {policy}", lambda game: ["planner"] * (len(game.everyone) - 1) + [policy])


def keenest(policy: str) -> Team:
    """Planners, but for the buyer with the largest value, who is in every best matching."""

    def cast(game: Game) -> list[str]:
        task: Any = game.task
        best = max(task.rules.buyers, key=lambda seat: task.sheets[seat].worth)
        return [policy if seat == best else "planner" for seat in game.everyone]

    return Team(f"planners, one {policy}", cast)


P, R, S = Team("planner"), Team("random"), Team("silent")
EXACT = 1 - 1e-9


def _saboteurs() -> Iterator[Claim]:
    """One saboteur where the seat is pivotal."""
    yield Claim("bargain", P, against=last("saboteur"))
    yield Claim("commons", P, against=last("saboteur"))
    for kind in ("prisoner", "stag", "public_goods", "coordination"):
        yield Claim("dilemma", P, {"kind": kind, "seats": 3}, against=last("saboteur"))
    yield Claim("market", P, against=keenest("saboteur"))
    yield Claim("committee", P, {"voting": "unanimity"}, against=last("saboteur"))
    yield Claim("workshop", P, against=last("saboteur"))


CLAIMS: tuple[Claim, ...] = (
    Claim("bargain", P, least=EXACT),
    Claim("bargain", Team("conceder"), against=R),
    Claim("commons", P, least=EXACT),
    Claim("commons", P, against=Team("greedy")),
    Claim("commons", Team("sustainable"), against=Team("greedy")),
    Claim("commons", Team("sustainable"), against=Team("zero")),
    *[Claim("dilemma", P, {"kind": kind}, S, least=EXACT) for kind in ("prisoner", "stag", "chicken")],
    Claim("dilemma", P, {"kind": "public_goods", "seats": 3}, S, least=EXACT),
    Claim("market", P, {"seats": 4}, Team("zi-unconstrained"), least=0.95),
    Claim("market", P, against=Team("zi-unconstrained"), least=0.95),
    Claim("market", P, {"goods": "different"}, Team("zi-unconstrained"), least=0.95),
    Claim("market", P, against=Team("selfish"), how="no more claimed"),
    Claim("committee", Team("sharer"), against=Team("hoarder")),
    Claim("committee", Team("sharer"), against=Team("selfish"), how="the same"),
    Claim("committee", Team("sharer"), {"stakes": 4}, Team("selfish")),
    Claim("workshop", P, against=S, least=EXACT),
    Claim("workshop", P, against=Team("claimer")),
    Claim("workshop", Team("claimer"), against=S),
    *_saboteurs(),
)


@dataclass(frozen=True)
class Found:
    """V of a claim's teams over instances, with what there was to gain: (V - F, V* - F) of each instance."""

    claim: Claim
    team: tuple[tuple[float, float], ...]
    against: tuple[tuple[float, float], ...] | None


def found(claim: Claim, instances: int) -> Found:
    """A claim's teams, played on the same instances: those of the seeds from 0 on."""
    games = [deal(claim.family, seed, **claim.params) for seed in range(instances)]
    return Found(claim, _gains(games, claim.team), None if claim.against is None else _gains(games, claim.against))


def _gains(games: Sequence[Game], team: Team) -> tuple[tuple[float, float], ...]:
    rows = []
    for game in games:
        floor = reference(game).floors[reference(game).headline].value
        rows.append((value(game, team.names(game)) - floor, reference(game).best - floor))
    return tuple(rows)


@dataclass(frozen=True)
class Row:
    """A line of the table: what a team and another gain, with intervals, and whether that is what is claimed."""

    claim: Claim
    gain: Estimate
    other: Estimate | None
    apart: Estimate | None

    @property
    def holds(self) -> bool:
        """The team gains `least` or more, and more (or the same) by an interval that leaves no doubt of it."""
        enough = self.gain.value >= self.claim.least
        match self.claim.how, self.apart:
            case "more", Estimate(low=low):
                return enough and low > 0
            case "the same", Estimate(low=low, high=high):
                return enough and low <= 0 <= high
        return enough


def row(claim: Claim, instances: int) -> Row:
    """A claim, played over so many instances: ratios of sums, jackknife over instances; differences paired."""
    played = found(claim, instances)
    one = _points(played.team)
    if played.against is None:
        return Row(claim, ratio(one), None, None)
    other = _points(played.against)
    return Row(claim, ratio(one), ratio(other), difference(one, other, ratios=True).estimate)


def _points(rows: Sequence[tuple[float, float]]) -> list[Point]:
    return [Point(str(seed), (), part, whole) for seed, (part, whole) in enumerate(rows)]


def _shown(estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    return f"{estimate.value + 0.0:.2f} [{estimate.low + 0.0:.2f}, {estimate.high + 0.0:.2f}]"


def line(found: Row) -> str:
    """A row as a line of the table."""
    claim = found.claim
    said = {"more": "more", "the same": "the same", "no more claimed": "nothing"}[claim.how] if claim.against else ""
    least = f"at least {claim.least:.2f}" if claim.least > -float("inf") else ""
    cells = (
        claim.what,
        claim.team.name,
        _shown(found.gain),
        claim.against.name if claim.against else "",
        _shown(found.other),
        ", ".join(filter(None, (least, said))),
        _shown(found.apart),
        "holds" if found.holds else "DOES NOT HOLD",
    )
    return f"| {' | '.join(cells)} |"


HEADING = "| family | team | gain | against | gain | claimed | difference | |\n|---|---|---|---|---|---|---|---|"


def main() -> None:
    """Print the table, a line as soon as it is known."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=100)
    asked = parser.parse_args()
    print(HEADING)
    for claim in CLAIMS:
        print(line(row(claim, asked.instances)), flush=True)


if __name__ == "__main__":
    main()
