"""The market as a scenario: what the moderator, the transcript and the scorer call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.market import account, book, deal, forms, outcome, params, shock, solve
from arena.scenarios.market.policies.random import choose as at_random
from arena.scenarios.market.policies.zi_constrained import choose as without_intelligence
from arena.scenarios.market.terms import Book, Fact, MarketTask, Move

if TYPE_CHECKING:
    from arena.core.protocol import Scenario


class Market:
    """A market of buyers and sellers with private values and costs; see the modules that its methods come from."""

    name = "market"
    params_type = params.Params
    task_type = MarketTask
    move_types: Any = Move
    fact_types: Any = Fact
    floors = {"silent": without_intelligence, "random": at_random}  # noqa: RUF012 (nobody writes on it)

    check = staticmethod(params.check)
    deal = staticmethod(deal.deal)
    evolve = staticmethod(book.evolve)
    moves = staticmethod(forms.moves)
    claims = staticmethod(forms.claims)
    refuse = staticmethod(forms.refuse)
    shock = staticmethod(shock.shock)
    over = staticmethod(outcome.over)
    outcome = staticmethod(outcome.outcome)
    accounts = staticmethod(account.accounts)
    solve = staticmethod(solve.solve)

    def open(self, task: MarketTask) -> tuple[Disclosed[Fact], ...]:
        """The rules to all, each seat its own sheet and goals."""
        secrets: list[Disclosed[Fact]] = [Disclosed(sheet, (sheet.seat,)) for sheet in task.sheets]
        secrets += [Disclosed(goal, (goal.seat,)) for goal in task.goals]
        return (Disclosed(task.rules, tuple(range(len(task.seats)))), *secrets)

    def blank(self) -> Book:
        return book.BLANK

    def absent(self, known: World[Book]) -> tuple[int, ...]:
        """The seats that have traded all they may: nothing is left for them to do."""
        return known.common.done

    def settle(self, w: World[Book], phase: str, draw: Draw) -> tuple[Disclosed[Fact], ...]:
        """Nothing, since a market settles by its moves."""
        return ()

    def forfeit(self, w: World[Book], seat: int) -> None:
        """No move stands in for one that a seat could not make: a forfeit is a lost turn, and its offer stands on."""
        return


SCENARIO = Market()
if TYPE_CHECKING:
    _: Scenario[params.Params, MarketTask, Book, Move, Fact] = SCENARIO
