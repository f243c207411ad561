"""What the matches of a run come to, counted as they end: how they ended, and a few figures with their intervals."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from arena.results.measured import estimator, seating, shares
from arena.results.observed import Observation
from arena.statistics.estimate import Estimate
from arena.statistics.families import across
from arena.statistics.points import Point


class Totals(Struct, frozen=True):
    """Figures over all matches that are not void, those without a deal included unless said otherwise.

    statuses: how many ended how, void ones among them. agreement_rate: of bargains, the share with a deal. mean_points:
    of bargains, the mean utility of a seat. pareto_optimal_share: of the deals, those that no deal dominates.
    joint_share: of bargains, the points that all seats have together, as a share of the most they could have agreed on:
    sum W / sum (W_d + V*). welfare_ratio: the mean of those defined. coordination_gain: sum (V - F) / sum (V* - F).
    Over several families, the mean of theirs.
    """

    matches: int
    statuses: dict[str, int]
    agreement_rate: Estimate
    mean_points: Estimate
    pareto_optimal_share: Estimate
    joint_share: Estimate
    welfare_ratio: Estimate
    coordination_gain: Estimate


class Column:
    """Points of one measure, kept as numbers: 24 bytes each, and every instance and cell once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._instances, self._cells = array("l"), array("l")
        self._values, self._wholes = array("d"), array("d")

    def add(self, instance: str, cell: tuple[str, ...], value: float, whole: float = 1.0) -> None:
        """Keep a point."""
        self._instances.append(self._names.place((instance,)))
        self._cells.append(self._names.place(cell))
        self._values.append(value)
        self._wholes.append(whole)

    def points(self) -> Iterable[Point]:
        """What was kept."""
        names = self._names.names
        for instance, cell, *share in zip(self._instances, self._cells, self._values, self._wholes, strict=True):
            yield Point(names[instance][0], names[cell], *share)


class Names:
    """Names of instances and cells, each kept once."""

    def __init__(self) -> None:
        self.names: list[tuple[str, ...]] = []
        self._places: dict[tuple[str, ...], int] = {}

    def place(self, name: tuple[str, ...]) -> int:
        """Where a name is kept."""
        if name not in self._places:
            self._places[name] = len(self.names)
            self.names.append(name)
        return self._places[name]


class Columns:
    """Points of several measures, by whatever they are told apart by, each of one family."""

    def __init__(self) -> None:
        self._names = Names()
        self._columns: dict[tuple[str, ...], Column] = {}

    def add(self, key: tuple[str, ...], measure: str, each: Observation, agent: str | None = None) -> None:
        """Keep what a measure says of a match, or of the seats of an agent in it."""
        column = self._columns.setdefault((*key, measure, each.scenario), Column(self._names))
        for share in shares(each, measure, agent):
            column.add(each.instance, seating(each), *share)

    def estimate(self, key: tuple[str, ...], measure: str) -> Estimate:
        """The figure of a measure, over the families there are."""
        found = [column for name, column in sorted(self._columns.items()) if name[:-1] == (*key, measure)]
        return across([estimator(measure)(column.points()) for column in found])


# The measure behind each figure; what is about deals is over the matches that are bargains.
FIGURES = {
    "agreement_rate": "agreed",
    "mean_points": "utility",
    "pareto_optimal_share": "pareto_optimal",
    "joint_share": "joint_share",
    "welfare_ratio": "welfare_ratio",
    "coordination_gain": "coordination_gain",
}
OF_BARGAINS = frozenset(FIGURES) - {"coordination_gain"}


class Adding:
    """Takes matches one by one, of which it keeps a few numbers; whatever their order, the figures are the same."""

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._columns = Columns()

    def add(self, each: Observation) -> None:
        """Count a match."""
        self._statuses[each.status] += 1
        if each.void is not None:
            return
        for name, measure in FIGURES.items():
            if name not in OF_BARGAINS or "agreed" in each.values:
                self._columns.add((), measure, each)

    def totals(self) -> Totals:
        """The figures over what was added."""
        figures = {name: self._columns.estimate((), measure) for name, measure in FIGURES.items()}
        return Totals(self._statuses.total(), dict(sorted(self._statuses.items())), **figures)


def totals(found: Iterable[Observation]) -> Totals:
    """The figures over these matches."""
    adding = Adding()
    for each in found:
        adding.add(each)
    return adding.totals()
