"""The commons as a scenario: what the moderator, the transcript and the scorer call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.commons import account, deal, forms, outcome, params, settle, solve, storm, waters
from arena.scenarios.commons.policies.random import choose as at_random
from arena.scenarios.commons.terms import CommonsTask, Fact, Harvest, Move, Waters

if TYPE_CHECKING:
    from arena.core.protocol import Scenario


class Commons:
    """A stock that regrows and that all harvest; see the modules that its methods come from."""

    name = "commons"
    params_type = params.Params
    task_type = CommonsTask
    move_types: Any = Move
    fact_types: Any = Fact
    floors = {"random": at_random}  # noqa: RUF012 (nobody writes on it)

    check = staticmethod(params.check)
    deal = staticmethod(deal.deal)
    evolve = staticmethod(waters.evolve)
    moves = staticmethod(forms.moves)
    claims = staticmethod(forms.claims)
    refuse = staticmethod(forms.refuse)
    settle = staticmethod(settle.settle)
    shock = staticmethod(storm.shock)
    over = staticmethod(outcome.over)
    outcome = staticmethod(outcome.outcome)
    accounts = staticmethod(account.accounts)
    solve = staticmethod(solve.solve)

    def open(self, task: CommonsTask) -> tuple[Disclosed[Fact], ...]:
        """The rules to all, each seat its own sheet and goals; to nobody how long it will be and how it really
        grows."""
        secrets: list[Disclosed[Fact]] = [Disclosed(sheet, (sheet.seat,)) for sheet in task.sheets]
        secrets += [Disclosed(goal, (goal.seat,)) for goal in task.goals]
        return (Disclosed(task.rules, tuple(range(len(task.seats)))), *secrets, Disclosed(task.fate, ()))

    def blank(self) -> Waters:
        return waters.BLANK

    def absent(self, known: World[Waters]) -> tuple[int, ...]:
        return ()

    def forfeit(self, w: World[Waters], seat: int) -> Harvest | None:
        """A harvest of nothing; a vote that is forfeited is not cast."""
        return Harvest(0) if w.common.phase == "harvest" else None


SCENARIO = Commons()
if TYPE_CHECKING:
    _: Scenario[params.Params, CommonsTask, Waters, Move, Fact] = SCENARIO
