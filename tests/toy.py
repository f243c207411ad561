"""A toy family for testing the core: each round some talk, then a sealed pledge by everyone at once, then the total is
told.

A seat's secret is its `purse`. What a bargain has not, this has: phases played together, sealed moves, moves that are
owed.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs

from arena.core.draw import Draw
from arena.core.events import Disclosed, Moved, Said
from arena.core.game import Game
from arena.core.protocol import Refusal
from arena.core.task import Estimate, Outcome, Phase, Reference, Seat
from arena.core.view import MoveSpec, Whole, World


class Pledge(Struct, frozen=True, tag="pledge", tag_field="kind"):
    amount: int


class Leave(Struct, frozen=True, tag="leave", tag_field="kind"):
    pass


class Purse(Struct, frozen=True, tag="purse", tag_field="kind"):
    seat: int
    coins: int
    canary: str


class Total(Struct, frozen=True, tag="total", tag_field="kind"):
    amount: int


class Params(Struct, frozen=True, forbid_unknown_fields=True):
    seats: int = 3
    rounds: int = 2


class Task(Struct, frozen=True):
    seats: tuple[Seat, ...]
    agenda: tuple[Phase, ...]
    rounds: int | None
    purses: tuple[Purse, ...]


class State(Struct, frozen=True):
    purses: tuple[Purse, ...] = ()
    pledged: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()
    away: tuple[int, ...] = ()
    heard: int = 0


class Pool:
    name = "pool"
    params_type = Params
    task_type = Task
    move_types = Pledge | Leave
    fact_types = Purse | Total

    def check(self, params: Params) -> None:
        pass

    def deal(self, params: Params, draw: Draw) -> Task:
        n = params.seats
        purses = tuple(Purse(i, draw.of("coins", i).randint(1, 9), f"CANARY-{draw.number(i):016X}") for i in range(n))
        agenda = (Phase("talk", act="no"), Phase("pledge", talk=False, act="must", together=True))
        return Task(tuple(Seat(f"Seat{i}") for i in range(n)), agenda, params.rounds, purses)

    def open(self, task: Task) -> tuple[Disclosed[Any], ...]:
        return tuple(Disclosed(purse, (purse.seat,)) for purse in task.purses)

    def blank(self) -> State:
        return State()

    def evolve(self, w: State, e: Any) -> State:
        match e:
            case Disclosed(fact=Purse() as purse, by=None):
                return structs.replace(w, purses=(*w.purses, purse))
            case Disclosed(fact=Total(amount=amount)):
                return structs.replace(w, totals=(*w.totals, amount), pledged=())
            case Moved(move=Pledge(amount=amount)):
                return structs.replace(w, pledged=(*w.pledged, amount))
            case Moved(seat=seat, move=Leave()):
                return structs.replace(w, away=(*w.away, seat))
            case Said():
                return structs.replace(w, heard=w.heard + 1)
        return w

    def moves(self, known: World[State], seat: int) -> tuple[MoveSpec, ...]:
        coins = known.own.purses[0].coins if known.own.purses else 0
        return (MoveSpec("pledge", "act", (Whole("amount", 0, coins),)), MoveSpec("leave", "exit"))

    def claims(self, known: World[State], seat: int) -> tuple[MoveSpec, ...]:
        return ()

    def refuse(self, known: World[State], seat: int, move: Any) -> Refusal | None:
        return Refusal("odd", "Pledge an even number.") if getattr(move, "amount", 0) % 2 else None

    def absent(self, known: World[State]) -> tuple[int, ...]:
        return known.common.away + known.own.away

    def settle(self, w: World[State], phase: str, draw: Draw) -> tuple[Disclosed[Any], ...]:
        everyone = tuple(range(len(w.own.purses)))
        return (Disclosed(Total(sum(w.own.pledged)), everyone),) if phase == "pledge" else ()

    def forfeit(self, w: World[State], seat: int) -> Pledge:
        return Pledge(0)

    def over(self, w: World[State]) -> str | None:
        return "plenty" if sum(w.common.totals) >= 30 else None

    def outcome(self, w: World[State], ended: str | None, forfeits: frozenset[int]) -> Outcome:
        value = float(sum(w.common.totals))
        n = len(w.own.purses)
        return Outcome("completed" if ended else "open", (0.0,) * n, (0.0,) * n, value)

    def solve(self, w: World[State]) -> Reference:
        return Reference(30.0, 30.0, {"silent": Estimate(0.0)}, "silent", "exact")


SCENARIO = Pool()


def pool(seats: int = 3, rounds: int = 2, seed: int = 7) -> Game:
    """A dealt game of the toy family."""
    root = Draw.root(seed, "test")
    task = SCENARIO.deal(Params(seats, rounds), root.at("deal"))
    return Game(SCENARIO, task, root, tuple(range(seats)))
