"""What stays the same through a match."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import force_setattr

from arena.core.draw import Draw
from arena.core.events import Seats
from arena.core.protocol import AnyScenario
from arena.core.task import Phase, Seat, Task


class Setting(Struct, frozen=True):
    """What is public of any task; no secrets were dealt in it, and its deadline is not told."""

    seats: tuple[Seat, ...]
    agenda: tuple[Phase, ...]
    rounds: None = None


class Game(Struct, frozen=True):
    """The scenario, the dealt task, the draws, all seats.

    `names` and `phases` are what the seats and the phases of the agenda are called. `public` is the game as everyone
    knows it, with dice that nothing hangs on; None where it is that itself.
    """

    scenario: AnyScenario
    task: Task
    draw: Draw
    everyone: Seats
    names: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    public: Game | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.task, Setting):
            setting = Setting(self.task.seats, self.task.agenda)
            force_setattr(self, "public", Game(self.scenario, setting, Draw(b""), self.everyone))
        force_setattr(self, "names", tuple([seat.name for seat in self.task.seats]))
        force_setattr(self, "phases", tuple([phase.name for phase in self.task.agenda]))
