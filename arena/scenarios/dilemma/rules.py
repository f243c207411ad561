"""The dilemma as a scenario: what the moderator, the transcript and the scorer call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.dilemma import account, deal, forms, outcome, params, ring, solve, turn
from arena.scenarios.dilemma.policies.absent import stand_in
from arena.scenarios.dilemma.policies.silent import choose as fictitious
from arena.scenarios.dilemma.terms import Act, DilemmaTask, Fact, Move, Ring

if TYPE_CHECKING:
    from arena.core.protocol import Scenario


class Dilemma:
    """A small matrix game played again and again, by sealed choices; see the modules that its methods come from."""

    name = "dilemma"
    params_type = params.Params
    task_type = DilemmaTask
    move_types: Any = Move
    fact_types: Any = Fact
    floors = {"silent": fictitious}  # noqa: RUF012 (nobody writes on it)

    check = staticmethod(params.check)
    deal = staticmethod(deal.deal)
    evolve = staticmethod(ring.evolve)
    moves = staticmethod(forms.moves)
    claims = staticmethod(forms.claims)
    refuse = staticmethod(forms.refuse)
    settle = staticmethod(outcome.settle)
    shock = staticmethod(turn.shock)
    over = staticmethod(outcome.over)
    accounts = staticmethod(account.accounts)
    outcome = staticmethod(outcome.outcome)
    solve = staticmethod(solve.solve)

    def open(self, task: DilemmaTask) -> tuple[Disclosed[Fact], ...]:
        """The rules to all; payoffs to all, or each seat its own; goals to their seats; to nobody what it is."""
        everyone = tuple(range(len(task.seats)))
        told: list[Disclosed[Fact]] = [Disclosed(task.rules, everyone)]
        told += [Disclosed(sheet, (sheet.seat,) if task.rules.private else everyone) for sheet in task.sheets]
        told += [Disclosed(goal, (goal.seat,)) for goal in task.goals]
        return (*told, Disclosed(task.fate, ()))

    def blank(self) -> Ring:
        return ring.BLANK

    def absent(self, known: World[Ring]) -> tuple[int, ...]:
        return ()

    def forfeit(self, w: World[Ring], seat: int) -> Act | None:
        """Another action for each seat and round, so that nobody meets by not answering; nothing in a talk."""
        rules = w.common.rules
        return stand_in(rules, w.common.round, seat) if rules is not None and w.common.phase == "choose" else None


SCENARIO = Dilemma()
if TYPE_CHECKING:
    _: Scenario[params.Params, DilemmaTask, Ring, Move, Fact] = SCENARIO
