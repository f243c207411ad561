"""A scenario, as people add them: the game, not the meeting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar, runtime_checkable

from msgspec import Struct

from arena.core.draw import Draw
from arena.core.events import Disclosed, Moved, PhaseOpened, Said
from arena.core.task import Outcome, Reference, Task
from arena.core.view import Chooser, MoveSpec, World

P = TypeVar("P")
T = TypeVar("T", bound=Task)
W = TypeVar("W")
M = TypeVar("M")
F = TypeVar("F")


class Refusal(Struct, frozen=True):
    """Why a reply is not accepted: a code to count by, and words that tell the seat what to do instead."""

    code: str
    detail: str


class Scenario(Protocol[P, T, W, M, F]):
    """The game, not the meeting: it never knows who speaks next.

    Every method is pure. `moves`, `claims` and `refuse` are given a seat's own known world, so that they cannot tell
    more than it knows; `settle`, `forfeit`, `over`, `outcome` and `solve` are given the moderator's.
    """

    @property
    def name(self) -> str: ...
    @property
    def params_type(self) -> type[P]: ...
    @property
    def task_type(self) -> type[T]: ...
    @property
    def move_types(self) -> Any:
        """The closed union of the family's moves; the transcript's decoder is built from it."""

    @property
    def fact_types(self) -> Any:
        """The closed union of the family's facts and claims."""

    def check(self, params: P) -> None:
        """Raises BadParams, naming every impossible parameter at once."""

    def deal(self, params: P, draw: Draw) -> T:
        """A fresh instance, secrets included. Raises BadParams."""

    def open(self, task: T) -> tuple[Disclosed[F], ...]:
        """The briefs: what is told to all, to one seat, to nobody."""

    def blank(self) -> W:
        """The world of somebody who has seen nothing."""

    def evolve(self, w: W, e: Moved[M] | Disclosed[F] | PhaseOpened | Said) -> W:
        """The world after an event. Total on any subset of a match's events, in order."""

    def moves(self, known: World[W], seat: int) -> tuple[MoveSpec, ...]:
        """Every kind of move there is, with what is legal now."""

    def claims(self, known: World[W], seat: int) -> tuple[MoveSpec, ...]:
        """Every kind of typed disclosure there is."""

    def refuse(self, known: World[W], seat: int, move: M) -> Refusal | None:
        """Why this move is not legal, as tellingly as can be; None where only its form may be wrong, or nothing."""

    def absent(self, known: World[W]) -> tuple[int, ...]:
        """The seats that have left, a public fact; they are not asked again."""

    def settle(self, w: World[W], phase: str, draw: Draw) -> tuple[Disclosed[F], ...]:
        """The end of a phase: what happened, and who sees which of it."""

    def forfeit(self, w: World[W], seat: int) -> M | None:
        """The move that stands in for one that a seat could not make; None is a lost turn."""

    def over(self, w: World[W]) -> str | None:
        """Why the game has ended; None while it goes on."""

    def outcome(self, w: World[W], ended: str | None, forfeits: frozenset[int]) -> Outcome:
        """How it stands.

        `ended` is why the match closed, None where it goes on; `forfeits` are the seats that forfeited a turn.
        """

    def solve(self, w: World[W]) -> Reference:
        """V*, V_hind and the floors."""


@runtime_checkable
class Floored(Protocol):
    """A scenario with floors that are simulated: 64 bare playouts of a profile in every seat (`moderators.playout`).

    `solve` gives the floors that are worked out, and says which is the headline; one that is in both is the worked-out
    one.
    """

    @property
    def floors(self) -> Mapping[str, Chooser]:
        """The profiles, by the floor's name."""


@runtime_checkable
class Shocked(Protocol):
    """A scenario that something may befall while it is played."""

    def shock(self, w: World[Any], draw: Draw) -> tuple[Disclosed[Any], ...]:
        """What happens, and who sees which of it; nothing where nothing can. w: the moderator's world."""


AnyScenario = Scenario[Any, Any, Any, Any, Any]
Played = Moved[Any] | Disclosed[Any] | PhaseOpened | Said
