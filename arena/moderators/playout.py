"""Bare playouts: the game alone, played on from any table by profiles that choose moves and say nothing.

The floors that nobody can work out in closed form are means of these. There is no talk in them, no limit and no
refusal; a phase in which seats act in turn is played in an order drawn afresh each time around, since an order of seat
numbers would be a convention that coordinates. What the environment draws is what the match itself would meet: only
the profile's own dice differ from one playout to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.events import Disclosed, Moved, PhaseOpened, audience
from arena.core.game import Game
from arena.core.protocol import Floored
from arena.core.table import Table
from arena.core.task import Estimate, Outcome, Phase, Reference
from arena.core.view import Chooser, World
from arena.solutions.sampled import sampled

PLAYOUTS = 64
PATIENCE = 1000  # rounds after which a playout of a game without a deadline is broken off


def certify(table: Table) -> Reference:
    """V*, V_hind and the floors of the game from where it stands (at the opening: of the whole match).

    What `Scenario.solve` works out, and beside it each floor that the scenario has a profile for and did not work out:
    the mean V of 64 bare playouts, with its standard error. Where a seat has fallen silent, what is worked out is for
    all seats together, and so a `bound`, while playouts leave it silent.
    """
    scenario = table.game.scenario
    solved = scenario.solve(table.world)
    profiles: Mapping[str, Chooser] = scenario.floors if isinstance(scenario, Floored) else {}
    marks = [solved.best, solved.hind, *(each.value for each in solved.floors.values())]
    simulated = {
        name: floor(table, choose, table.game.draw.at("floor", name), marks)
        for name, choose in profiles.items()
        if name not in solved.floors
    }
    if not table.silent:
        return replace(solved, floors=solved.floors | simulated) if simulated else solved
    worked_out = {name: replace(each, how="bound") for name, each in solved.floors.items()}
    return replace(solved, floors=worked_out | simulated, how="bound")


def floor(table: Table, choose: Chooser, draw: Draw, marks: Sequence[float] = (), playouts: int = PLAYOUTS) -> Estimate:
    """The mean V of bare playouts by one profile in every seat, and its standard error.

    Where the first playout has thrown no dice, every other would be the same: then it is exact, with an error of 0.
    marks: other values of V there are, by which an error is given where all playouts come out alike.
    """
    values = list[float]()
    for i in range(playouts):
        dice = draw.of(i)
        untouched = dice.getstate()
        values.append(playout(table, choose, dice).value)
        if i == 0 and dice.getstate() == untouched:
            return Estimate(values[0])
    return Estimate(*sampled(values, marks))


def playout(table: Table, choose: Chooser, dice: Random) -> Outcome:
    """How the game comes out when every seat moves by `choose` from here on.

    In a phase that has begun, seats that have had their turn have had it. A seat that has no move where one is owed
    makes the move that the game has for a forfeit, and so does one that has dropped out. dice: the profile's own.
    """
    spoken = [desk.spoken for desk in table.desks]
    own = [desk.own for desk in table.desks]
    play = _Play(table.game, choose, dice, table.common, table.hidden, own, spoken, table.silent)
    return play.out(table.round, table.phase)


@dataclass
class _Play:
    """A game that is being played: what is common, what is hidden, what is each seat's own.

    `spoken` are the turns that each seat has had in this phase.
    """

    game: Game
    choose: Chooser
    dice: Random
    common: Any
    hidden: Any
    own: list[Any]
    spoken: list[int]
    silent: tuple[int, ...] = ()

    @property
    def world(self) -> World[Any]:
        return World(self.common, self.hidden)

    def out(self, start: int, begun: int) -> Outcome:
        """Play to the end from the phase of the agenda that has begun in this round."""
        scenario, agenda, deadline = self.game.scenario, self.game.task.agenda, self.game.task.rounds
        last = start + PATIENCE if deadline is None else deadline
        for now in range(start, last + 1):
            for index, phase in enumerate(agenda):
                if now == start and index < begun:
                    continue
                if now > start or index > begun:
                    self._fold(PhaseOpened(now, phase.name))
                    self.spoken = [0] * len(self.own)
                over = scenario.over(self.world) or self._phase(phase, now)
                if over is not None:
                    return scenario.outcome(self.world, over, frozenset())
        return scenario.outcome(self.world, "deadline", frozenset())

    def _phase(self, phase: Phase, now: int) -> str | None:
        """Play a phase; why the game is over after it, or None."""
        scenario = self.game.scenario
        if phase.act != "no":
            for turn in range(phase.times):
                over = self._around(phase, turn)
                if over is not None:
                    return over
        for fact in scenario.settle(self.world, phase.name, self.game.draw.at("settle", now, phase.name)):
            self._fold(fact)
        return scenario.over(self.world)

    def _around(self, phase: Phase, turn: int) -> str | None:
        """Every seat's turn of this number: all at once, or one after another in a drawn order."""
        absent = self.game.scenario.absent(self.world)
        seats = [seat for seat in self.game.everyone if seat not in absent and self.spoken[seat] <= turn]
        if phase.together:
            for event in [self._move(phase, seat) for seat in seats]:
                self._fold(event)
            return None
        self.dice.shuffle(seats)
        for seat in seats:
            if seat not in self.game.scenario.absent(self.world):
                self._fold(self._move(phase, seat))
                over = self.game.scenario.over(self.world)
                if over is not None:
                    return over
        return None

    def _move(self, phase: Phase, seat: int) -> Moved[Any] | None:
        if seat in self.silent:
            stands_in = self.game.scenario.forfeit(self.world, seat)
            return None if stands_in is None else Moved(seat, stands_in, phase.together)
        known = self._known(seat)
        legal = tuple([spec for spec in self.game.scenario.moves(known, seat) if spec.legal])
        if not legal:
            return None
        move = self.choose(known, seat, legal, self.dice)
        if move is None and phase.act == "must":
            move = self.game.scenario.forfeit(self.world, seat)
        return None if move is None else Moved(seat, move, phase.together)

    def _known(self, seat: int) -> World[Any]:
        return World(self.common, self.own[seat])

    def _fold(self, event: Moved[Any] | Disclosed[Any] | PhaseOpened | None) -> None:
        """Let the game fold an event, as a table does."""
        if event is None:
            return
        evolve, to = self.game.scenario.evolve, audience(event, self.game.everyone)
        if len(to) == len(self.own):
            self.common = evolve(self.common, event)
            return
        self.hidden = evolve(self.hidden, event)
        for seat in to:
            self.own[seat] = evolve(self.own[seat], event)
