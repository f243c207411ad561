"""A space whose outcomes are divisions: each issue a kind of item, each option who gets how many of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from arena.solutions.space import deal_at, index_of

Shares = tuple[int, ...]  # how many of one kind each party gets


@dataclass(frozen=True)
class Division:
    """What the options of a space hand out.

    ways[k][option]: the shares of kind k, one whole number >= 0 for each party; supply[k]: how many of it there are.
    Raises ValueError where a way has another number of parties, hands out less than nothing or more than there is, or
    occurs twice.
    """

    ways: tuple[tuple[Shares, ...], ...]
    supply: Shares

    def __post_init__(self) -> None:
        parties = {len(shares) for ways in self.ways for shares in ways}
        if len(parties) != 1 or len(self.supply) != len(self.ways):
            raise ValueError(f"{len(self.supply)} supplies and shares for {sorted(parties)} parties do not fit")
        for kind, (ways, supply) in enumerate(zip(self.ways, self.supply, strict=True)):
            if len(set(ways)) != len(ways):
                raise ValueError(f"kind {kind} is shared out in the same way by two options; name each way once")
            for shares in ways:
                if min(shares) < 0 or sum(shares) > supply:
                    raise ValueError(f"{shares} of kind {kind} are handed out of {supply}; expected at most that, >= 0")

    @property
    def parties(self) -> int:
        return len(self.ways[0][0])

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(ways) for ways in self.ways)

    def at(self, outcome: int) -> tuple[Shares, ...]:
        """Who gets how many of each kind. Raises ValueError for a row that is not there."""
        return tuple(ways[option] for ways, option in zip(self.ways, deal_at(outcome, self.shape), strict=True))

    def row(self, shares: Sequence[Shares]) -> int | None:
        """The row of the outcome that hands out just this, None where there is none."""
        options = [places.get(tuple(each)) for places, each in zip(self._places, shares, strict=True)]
        found = [option for option in options if option is not None]
        return index_of(found, self.shape) if len(found) == len(options) else None

    @cached_property
    def _places(self) -> tuple[dict[Shares, int], ...]:
        return tuple({shares: option for option, shares in enumerate(ways)} for ways in self.ways)
