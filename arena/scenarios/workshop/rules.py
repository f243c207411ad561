"""The workshop as a scenario: what the moderator, the transcript and the scorer call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.workshop import account, deal, forms, mishap, outcome, params, settle, shop, solve
from arena.scenarios.workshop.terms import Fact, Idle, Move, Shop, WorkshopTask

if TYPE_CHECKING:
    from arena.core.protocol import Scenario


class Workshop:
    """Tasks that wait for each other, and private skills; see the modules that its methods come from."""

    name = "workshop"
    params_type = params.Params
    task_type = WorkshopTask
    move_types: Any = Move
    fact_types: Any = Fact

    check = staticmethod(params.check)
    deal = staticmethod(deal.deal)
    evolve = staticmethod(shop.evolve)
    moves = staticmethod(forms.moves)
    claims = staticmethod(forms.claims)
    refuse = staticmethod(forms.refuse)
    settle = staticmethod(settle.settle)
    shock = staticmethod(mishap.shock)
    over = staticmethod(outcome.over)
    outcome = staticmethod(outcome.outcome)
    accounts = staticmethod(account.accounts)
    solve = staticmethod(solve.solve)

    def open(self, task: WorkshopTask) -> tuple[Disclosed[Fact], ...]:
        """The tasks to all, to each seat its own skills and goal."""
        secrets: list[Disclosed[Fact]] = [Disclosed(sheet, (sheet.seat,)) for sheet in task.sheets]
        secrets += [Disclosed(goal, (goal.seat,)) for goal in task.goals]
        return (Disclosed(task.rules, tuple(range(len(task.seats)))), *secrets)

    def blank(self) -> Shop:
        return shop.BLANK

    def absent(self, known: World[Shop]) -> tuple[int, ...]:
        return ()

    def forfeit(self, w: World[Shop], seat: int) -> Idle | None:
        """A round without work; what is in hand stays there."""
        return Idle() if w.common.phase == "work" else None


SCENARIO = Workshop()
if TYPE_CHECKING:
    _: Scenario[params.Params, WorkshopTask, Shop, Move, Fact] = SCENARIO
