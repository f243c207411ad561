"""From the accounts that a scenario gives of a match to the measures of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

from arena.accounts.choices import Choices
from arena.accounts.harvests import Harvests
from arena.accounts.pooling import Pooling
from arena.accounts.trades import Trades
from arena.accounts.work import Work
from arena.core.view import World
from arena.scoring.group.commons import commons
from arena.scoring.group.market import market
from arena.scoring.group.pooling import pooling
from arena.scoring.group.repeated import repeated
from arena.scoring.group.work import shared


@runtime_checkable
class Accounted(Protocol):
    """A scenario that gives an account of what its group did."""

    def accounts(self, w: World[Any]) -> tuple[Any, ...]:
        """What was done, as far as it has come: structs of `arena.accounts`. w: the world as the moderator knows it."""


# One line a kind of account: its measures by name, a tuple where there is one for each seat.
MEASURES: dict[type, Callable[[Any], dict[str, Any]]] = {
    Choices: repeated,
    Harvests: commons,
    Pooling: pooling,
    Trades: market,
    Work: shared,
}


def measured(scenario: object, w: World[Any]) -> dict[str, Any]:
    """All measures of all accounts that a scenario gives; {} of one that gives none."""
    accounts = scenario.accounts(w) if isinstance(scenario, Accounted) else ()
    return {name: value for account in accounts for name, value in MEASURES[type(account)](account).items()}
