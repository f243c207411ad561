"""What there is to see of a dilemma: each seat's choices, what they mean in this game, and the points."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from arena.report.plots.picture import Record
from arena.scenarios.dilemma.outcome import dealt
from arena.scenarios.dilemma.stage import stage

KINDS: Final = {
    "prisoner": "a prisoner's dilemma",
    "stag": "a stag hunt",
    "chicken": "a game of chicken",
    "public_goods": "a public goods game",
    "traveller": "a traveller's dilemma",
    "sexes": "a battle of the sexes",
    "coordination": "a game of pure coordination",
}


@dataclass(frozen=True)
class Scene:
    """A dilemma to be drawn.

    chosen, points: (rounds gone, seats), the actions by number and what they brought. `good`: the action that
    cooperates, or, where none is declared, None; `bad`: that which defects. `together`: what counts as good in a round
    of a game in which no action is declared so: that all choose the same. `best`: of a round, the largest sum;
    `rounds`: how many there are in all, known to the seats or not.
    """

    kind: str
    names: tuple[str, ...]
    actions: tuple[str, ...]
    chosen: tuple[tuple[int, ...], ...]
    points: tuple[tuple[float, ...], ...]
    good: int | None
    bad: int | None
    together: bool
    best: float
    rounds: int

    @property
    def sums(self) -> tuple[tuple[float, ...], ...]:
        """(seats, rounds gone + 1): the points of each seat so far, from 0 on."""
        by_seat = zip(*self.points, strict=True) if self.points else [()] * len(self.names)
        return tuple([tuple(accumulate(row, initial=0.0)) for row in by_seat])

    def times(self, seat: int) -> int:
        """In how many rounds a seat did what is good for all; where no action is, in how many all met."""
        if self.together:
            return sum(len(set(row)) == 1 for row in self.chosen)
        return sum(row[seat] == self.good for row in self.chosen)


def scene(of: Record) -> Scene:
    """The scene of a match that was dealt."""
    w = of.table.world
    rules, fate = w.common.rules, w.own.fate
    seats = range(len(rules.names))
    chosen = tuple([played.actions for played in w.common.played])
    paid = [[p.points for p in w.own.paid if p.seat == seat] for seat in seats]
    return Scene(
        kind=KINDS[fate.game],
        names=of.game.names,
        actions=rules.actions,
        chosen=chosen,
        points=tuple(zip(*paid, strict=True)) if chosen else (),
        good=fate.cooperate,
        bad=fate.defect,
        together=rules.form == "match",
        best=stage(rules, dealt(w)).best()[0],
        rounds=fate.rounds,
    )
