"""The bargain as a scenario: what the moderator, the transcript and the scorer call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.bargain import check, deal, dealings, forms, judged, outcome, params, solve, standing
from arena.scenarios.bargain.terms import BargainTask, Dealings, Fact, Move, Truth

if TYPE_CHECKING:
    from arena.core.protocol import Scenario


class Bargain:
    """Negotiation over issues with private points; see the modules that its methods come from."""

    name = "bargain"
    params_type = params.Params
    task_type = BargainTask
    move_types: Any = Move
    fact_types: Any = Fact

    # As they are, without a layer in between: three of these are called several times a turn.
    check = staticmethod(check.check)
    deal = staticmethod(deal.deal)
    evolve = staticmethod(dealings.evolve)
    moves = staticmethod(forms.moves)
    claims = staticmethod(forms.claims)
    refuse = staticmethod(forms.refuse)
    over = staticmethod(outcome.over)
    outcome = staticmethod(outcome.outcome)
    solve = staticmethod(solve.solve)
    standing = staticmethod(standing.standing)

    def open(self, task: BargainTask) -> tuple[Disclosed[Fact], ...]:
        """The rules to all, each seat its own sheet and goals; to nobody the true points, where sheets are noisy."""
        everyone = tuple(range(len(task.seats)))
        secrets: list[Disclosed[Fact]] = [Disclosed(sheet, (sheet.seat,)) for sheet in task.sheets]
        secrets += [Disclosed(goal, (goal.seat,)) for goal in task.goals]
        if task.truth != task.sheets:
            secrets.append(Disclosed(Truth(task.truth), ()))
        return (Disclosed(task.rules, everyone), *secrets)

    def blank(self) -> Dealings:
        return dealings.BLANK

    def absent(self, known: World[Dealings]) -> tuple[int, ...]:
        return known.common.away

    def settle(self, w: World[Dealings], phase: str, draw: Draw) -> tuple[Disclosed[Fact], ...]:
        """Nothing, since a bargain settles by its moves; after the last round of one that is judged, the judgement."""
        return judged.settle(w)

    def forfeit(self, w: World[Dealings], seat: int) -> None:
        """No move stands in for one that a seat could not make: a forfeit is a lost turn, and its offer stands on."""
        return


SCENARIO = Bargain()
if TYPE_CHECKING:
    _: Scenario[params.Params, BargainTask, Dealings, Move, Fact] = SCENARIO
