"""How a commons stands for the seat that is asked: read once from its view, for any policy to decide on."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from arena.core.view import Ask, View, World
from arena.errors import UsageError
from arena.scenarios.commons.terms import Estimates, Rules, Sheet, Waters
from arena.solutions.harvesting import Ints, lasting
from arena.solutions.regrowth import next_stocks

PERCENT = 100


@dataclass(frozen=True)
class Situation:
    """What a seat decides on: `table` is how it believes the stock regrows, (K + 1,)."""

    seat: int
    seats: int
    rules: Rules
    sheet: Sheet
    stock: int
    round: int
    phase: str
    table: Ints
    manager: int | None
    landed: tuple[tuple[int, ...], ...]

    @property
    def last(self) -> bool:
        """Whether this round is known to be the last."""
        return self.rules.rounds is not None and self.round >= self.rules.rounds

    @property
    def rounds_left(self) -> int:
        """Rounds to come, this one included; of a hidden horizon, the most that there can be."""
        return (self.rules.rounds or self.rules.most) - self.round + 1

    @property
    def survival(self) -> float:
        """The chance that another round comes after this one, as it looks before the horizon."""
        return 1.0 if self.rules.rounds is not None else 1 - self.rules.ending

    @property
    def fair(self) -> int:
        """What a seat may take, if all take as much, so that it can be taken again and again."""
        return lasting(self.table, self.stock) // self.seats

    @property
    def pool_share(self) -> int:
        """An equal share of all there is."""
        return self.stock // self.seats


def situation(view: View, ask: Ask | None = None) -> Situation:
    """The situation that a view holds. Raises UsageError where the seat has not been told the rules."""
    return of_world(view.known, view.seat)


def of_world(known: World[Waters], seat: int) -> Situation:
    """The situation that a seat's known world holds."""
    now = known.common
    if now.rules is None:
        raise UsageError("a harvester was asked before it was told the rules; open the match first")
    sheet = next((each for each in known.own.sheets if each.seat == seat), Sheet(seat, 0))
    return Situation(
        seat,
        len(now.rules.names),
        now.rules,
        sheet,
        now.stock,
        now.round,
        now.phase,
        _table(known, now.rules, sheet),
        now.manager,
        now.landed,
    )


def _table(known: World[Waters], rules: Rules, sheet: Sheet) -> Ints:
    """How the stock regrows by the rate that is known, or else by the mean of all estimates that one has."""
    growth, rate = rules.growth, rules.growth.rate
    if rate is None:
        told = {told.seat: told.fact.percent / PERCENT for part in (known.common, known.own)
                for told in part.claims if isinstance(told.fact, Estimates)}  # fmt: skip
        own = {} if sheet.estimate is None else {sheet.seat: sheet.estimate}
        rate = fmean((told | own).values()) if told or own else 0.0
    return next_stocks(growth.kind, growth.capacity, growth.threshold, rate, growth.steps)
