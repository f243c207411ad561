"""What there is to see of a commons: the stock of each round, who took what of it, and what the optimum does."""

from __future__ import annotations

from dataclasses import dataclass

from arena.report.plots.picture import Record
from arena.scenarios.commons.growth import after
from arena.scenarios.commons.outcome import catches_of
from arena.scenarios.commons.terms import Fate, Rules
from arena.solutions.harvesting import Ints, plan, sustainable


@dataclass(frozen=True)
class Year:
    """A round that is over: the stock that it found, what was lost before it, what each seat landed, what lasts.

    `lost`: units that were gone before anyone harvested. `lasting`: the most that could be taken so that the next stock
    is no smaller.
    """

    number: int
    stock: int
    lost: int
    landed: tuple[int, ...]
    lasting: int

    @property
    def left(self) -> int:
        """What was left standing."""
        return self.stock - sum(self.landed)


@dataclass(frozen=True)
class Scene:
    """A commons to be drawn.

    `rounds`: how many there are in all, known or not. `stock`: what there is now. `best`: of the optimum as it was
    dealt, the stock that each round finds and what it takes of it. `known`: nobody is told the rate of regrowth where
    False, and the optimum is that of one who knows it.
    """

    names: tuple[str, ...]
    years: tuple[Year, ...]
    rounds: int
    capacity: int
    threshold: int
    stock: int
    collapsed: bool
    best: tuple[tuple[int, int], ...]
    known: bool

    @property
    def totals(self) -> tuple[int, ...]:
        """What each seat has landed in all."""
        return tuple([sum(year.landed[seat] for year in self.years) for seat in range(len(self.names))])


def scene(of: Record) -> Scene:
    """The scene of a match that was dealt."""
    w = of.table.world
    rules, fate = w.common.rules, w.own.fate
    assert rules is not None, "a match that was dealt has rules"
    table = after(fate.growth)
    rounds = list(zip(*[[c.units for c in catches_of(w, seat)] for seat in range(len(rules.names))], strict=True))
    grown = [rules.stock, *[season.stock for season in w.common.seasons]]
    years = [
        Year(t + 1, stock, grown[t] - stock, landed, sustainable(table, stock))
        for t, (stock, landed) in enumerate(zip(w.common.stocks, rounds, strict=True))
    ]
    return Scene(
        names=of.game.names,
        years=tuple(years),
        rounds=fate.rounds,
        capacity=fate.growth.capacity,
        threshold=max(fate.growth.threshold, 1),
        stock=w.common.stock,
        collapsed=bool(w.common.seasons and w.common.seasons[-1].collapsed),
        best=tuple(_best(rules, fate, table)),
        known=rules.growth.rate is not None or rules.growth.kind == "table",
    )


def _best(rules: Rules, fate: Fate, table: Ints) -> list[tuple[int, int]]:
    """The optimum's way: where the horizon is hidden, that of the plan with the largest expected yield."""
    hidden = rules.rounds is None
    made = plan(table, rules.most, 1 - rules.ending) if hidden else plan(table, fate.rounds)
    stock, way = rules.stock, list[tuple[int, int]]()
    for t in range(fate.rounds):
        left = int(made.keep[t, stock])
        way.append((stock, stock - left))
        stock = int(table[left])
    return way
