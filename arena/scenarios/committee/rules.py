"""The committee as a scenario: what the moderator, the transcript and the scorer call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.committee import account, correct, deal, forms, outcome, params, room, solve
from arena.scenarios.committee.terms import CommitteeTask, Fact, Move, Room

if TYPE_CHECKING:
    from arena.core.protocol import Scenario


class Committee:
    """A choice among options of which everyone knows a part; see the modules that its methods come from."""

    name = "committee"
    params_type = params.Params
    task_type = CommitteeTask
    move_types: Any = Move
    fact_types: Any = Fact

    check = staticmethod(params.check)
    deal = staticmethod(deal.deal)
    evolve = staticmethod(room.evolve)
    moves = staticmethod(forms.moves)
    claims = staticmethod(forms.claims)
    refuse = staticmethod(forms.refuse)
    settle = staticmethod(outcome.settle)
    shock = staticmethod(correct.shock)
    over = staticmethod(outcome.over)
    outcome = staticmethod(outcome.outcome)
    accounts = staticmethod(account.accounts)
    solve = staticmethod(solve.solve)

    def open(self, task: CommitteeTask) -> tuple[Disclosed[Fact], ...]:
        """The rules to all, each seat its own facts, stakes and goals."""
        secrets: tuple[Any, ...] = (*task.sheets, *task.stakes, *task.goals)
        told = tuple(Disclosed(secret, (secret.seat,)) for secret in secrets)
        return (Disclosed(task.rules, tuple(range(len(task.seats)))), *told)

    def blank(self) -> Room:
        return room.BLANK

    def absent(self, known: World[Room]) -> tuple[int, ...]:
        return ()

    def forfeit(self, w: World[Room], seat: int) -> None:
        """A vote that is forfeited is not cast."""
        return


SCENARIO = Committee()
if TYPE_CHECKING:
    _: Scenario[params.Params, CommitteeTask, Room, Move, Fact] = SCENARIO
