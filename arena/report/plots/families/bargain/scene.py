"""What there is to see of a bargain: its outcomes, frontier and solutions, the offers in order, and how it came out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from arena.core.events import Disclosed, Moved, PhaseOpened
from arena.errors import TranscriptError
from arena.report.plots.picture import Record
from arena.scenarios.bargain.standing import standing
from arena.scenarios.bargain.terms import Agreement, Deal, Dealings, Goal
from arena.scenarios.bargain.worth import row_of
from arena.solutions.bargaining import Solution, egalitarian, kalai_smorodinsky, nash, welfare
from arena.solutions.frontier import pareto_frontier
from arena.solutions.space import Floats, Indices, Space
from arena.solutions.tolerance import TOLERANCE

CONCEPTS: Final = {
    "N": ("Nash", nash),
    "K": ("Kalai-Smorodinsky", kalai_smorodinsky),
    "E": ("Egalitarian", egalitarian),
    "U": ("Utilitarian", welfare),
}


@dataclass(frozen=True)
class Offered:
    """An offer in the order of offers: whose it is, and the row of its deal; `before`: it was made before the fork."""

    number: int
    by: int
    row: int
    before: bool


@dataclass(frozen=True, eq=False)
class Scene:
    """A bargain to be drawn.

    `space` is at truth; `noisy`: the seats saw estimates of it. `solutions` by their letters, none where no outcome is
    rational; `frontier` that of X_IR, `outer` that of all outcomes, both ascending rows, the former within the latter.
    `deal` is the row of the deal, `agreed` the offer it came from. `realised` is what the seats have in the end (or
    would have now): discounted, and less the cost of messages. `goals`: some seat has a private one beside.
    """

    names: tuple[str, ...]
    space: Space
    solutions: dict[str, Solution]
    frontier: Indices
    outer: Indices
    offers: tuple[Offered, ...]
    deal: int | None
    agreed: Agreement | None
    realised: tuple[float, ...]
    noisy: bool
    division: bool
    goals: bool

    @property
    def at_once(self) -> Floats:
        """What the deal is worth at once, and without a deal the thresholds: what `realised` is to be compared with."""
        return self.space.disagreement if self.deal is None else self.space.utilities[self.deal]

    def spot(self, row: int) -> tuple[int, ...]:
        """What tells apart where deals lie: the same for all that are worth the same to everyone."""
        return tuple(np.rint(self.space.utilities[row] / TOLERANCE).astype(np.int64).tolist())

    @property
    def moved(self) -> bool:
        """Whether time or messages have taken something away."""
        return bool((np.abs(np.array(self.realised) - self.at_once) > TOLERANCE).any())


def scene(of: Record) -> Scene:
    """The scene of a match that was dealt. Raises TranscriptError where it records an offer that cannot be."""
    world, rules = of.table.world, of.table.world.common.rules
    stands = standing(world)
    space = stands.space
    found = {letter: concept(space) for letter, (_, concept) in CONCEPTS.items()}
    goals: Sequence[Goal] = world.own.goals
    return Scene(
        names=of.game.names,
        space=space,
        solutions={letter: solution for letter, solution in found.items() if solution is not None},
        frontier=space.frontier,
        outer=np.flatnonzero(pareto_frontier(space.utilities)),
        offers=tuple(_offers(of)),
        deal=stands.outcome,
        agreed=world.common.agreement,
        realised=of.outcome.utilities,
        noisy=bool(world.own.truth),
        division=bool(rules.division),
        goals=bool(goals),
    )


def _offers(of: Record) -> Iterator[Offered]:
    """Every offer that was put on the table, by the number that it was known by."""
    world: Dealings = of.game.scenario.blank()
    shared = 0 if of.header.fork is None else of.header.fork.line
    for line in of.lines:
        for event in [a.e for a in line.es if len(a.to) == len(of.game.everyone)]:
            if not isinstance(event, Moved):
                world = _after(of, world, event)
                continue
            before, world = world.proposed, _after(of, world, event)
            if world.proposed > before:
                offer = next(offer for offer in world.offers if offer.number == world.proposed)
                yield Offered(offer.number, offer.by, _row(of, world, offer.deal), line.n <= shared)


def _after(of: Record, world: Dealings, event: Any) -> Dealings:
    if isinstance(event, Moved | Disclosed | PhaseOpened):
        moved: Dealings = of.game.scenario.evolve(world, event)
        return moved
    return world


def _row(of: Record, world: Dealings, deal: Deal) -> int:
    assert world.rules is not None, "an offer follows the rules"
    try:
        return row_of(world.rules, deal)
    except ValueError:
        raise TranscriptError(
            f"{of.header.id}: it records an offer of options that there are not; `arena replay --verify` it"
        ) from None
