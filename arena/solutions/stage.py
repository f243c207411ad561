"""One round of a game in which all choose at once, as payoff rules over choices: its payoffs, its best joint choice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod
from typing import Literal

import numpy as np

from arena.errors import TooLarge
from arena.solutions.space import LARGEST, Floats

Points = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Stage:
    """A round's payoffs.

    form `count`: points[i][a][j] is what seat i gets for action a of two when j of the others choose action 0; form
    `match`: points[i][a][0] where all others choose a too, else points[i][a][1]; form `claim`: the lowest of `claims`
    that are made is paid to all, `bonus` more to those who made it if somebody claimed more, `bonus` less to those who
    did (Basu 1994). actions: how many there are.
    """

    form: Literal["count", "match", "claim"]
    seats: int
    actions: int
    points: tuple[Points, ...] = ()
    claims: tuple[int, ...] = ()
    bonus: int = 0

    def payoff(self, seat: int, profile: Sequence[int]) -> float:
        """What a seat gets when the seats choose these actions."""
        own = profile[seat]
        match self.form:
            case "count":
                first = sum(action == 0 for other, action in enumerate(profile) if other != seat)
                return float(self.points[seat][own][first])
            case "match":
                return float(self.points[seat][own][0 if len(set(profile)) == 1 else 1])
            case "claim":
                claims = [self.claims[action] for action in profile]
                low = min(claims)
                if max(claims) == low:
                    return float(low)
                return float(low + self.bonus if claims[seat] == low else low - self.bonus)

    def payoffs(self, profile: Sequence[int]) -> tuple[float, ...]:
        """What each seat gets."""
        return tuple(self.payoff(seat, profile) for seat in range(self.seats))

    def worth(self, seat: int, action: int, chances: Sequence[Sequence[float]]) -> float:
        """What an action is worth to a seat when each of the others chooses by lot, independently.

        chances: (n - 1, actions), a distribution for each of the others, in seat order.
        """
        match self.form:
            case "count":
                first = np.ones(1)  # the distribution of how many of the others choose action 0
                for chance in chances:
                    first = np.convolve(first, (1 - chance[0], chance[0]))
                return float(first @ np.array(self.points[seat][action]))
            case "match":
                together = prod(chance[action] for chance in chances)
                same, apart = self.points[seat][action]
                return together * same + (1 - together) * apart
            case "claim":
                return sum(p * self._claimed(action, low) for low, p in self._lowest(chances)) + self._alike(
                    action, chances
                )

    def _claimed(self, action: int, low: int) -> float:
        """What a claim comes to where the lowest of the others is `low`, and somebody has claimed more than that."""
        own = self.claims[action]
        return own + self.bonus if own <= low else low - self.bonus

    def _lowest(self, chances: Sequence[Sequence[float]]) -> list[tuple[int, float]]:
        """The claims, each with the chance that it is the lowest of the others'."""
        found = []
        for low in self.claims:
            least = prod(sum(p for p, claim in zip(c, self.claims, strict=True) if claim >= low) for c in chances)
            more = prod(sum(p for p, claim in zip(c, self.claims, strict=True) if claim > low) for c in chances)
            found.append((low, least - more))
        return found

    def _alike(self, action: int, chances: Sequence[Sequence[float]]) -> float:
        """What is to be taken off because nobody gets a bonus where all claim the same."""
        return -self.bonus * prod(chance[action] for chance in chances)

    def best(self) -> tuple[float, tuple[int, ...]]:
        """The largest joint sum, and the first profile in lexicographic order that reaches it."""
        most, found = self.all_best(1)
        return most, found[0]

    def all_best(self, limit: int) -> tuple[float, list[tuple[int, ...]]]:
        """The largest joint sum, and the first profiles in lexicographic order that reach it, at most `limit`."""
        sums = self.sums()
        most = sums.max()
        places = np.flatnonzero(sums == most)[:limit]
        return float(most), [tuple(map(int, np.unravel_index(place, sums.shape))) for place in places]

    def mean(self) -> float:
        """The joint sum when every seat chooses by lot, all actions with equal chances."""
        return float(self.sums().mean())

    def sums(self) -> Floats:
        """The joint sum of every profile: an axis a seat, (actions,) * seats. Raises TooLarge above 10^6."""
        size = self.actions**self.seats
        if size > LARGEST:
            raise TooLarge(f"{size:,} profiles of choices; at most {LARGEST:,} are looked at")
        chosen = np.indices((self.actions,) * self.seats, sparse=True)
        match self.form:
            case "count":
                first = sum((each == 0).astype(np.int64) for each in chosen)
                rows = [np.array(points, np.float64) for points in self.points]
                return _total(row[own, first - (own == 0)] for row, own in zip(rows, chosen, strict=True))
            case "match":
                rows = [np.array(points, np.float64) for points in self.points]
                found = _total(row[own, 1] for row, own in zip(rows, chosen, strict=True))
                same = np.arange(self.actions)
                found[(same,) * self.seats] = _total(row[:, 0] for row in rows)
                return found
            case "claim":
                claims = [np.array(self.claims)[own] for own in chosen]
                low = reduce(np.minimum, claims)
                lowest = sum((each == low).astype(np.int64) for each in claims)
                apart = np.where(lowest == self.seats, 0, self.bonus * (2 * lowest - self.seats))
                return np.asarray(self.seats * low + apart, np.float64)


def _total(parts: Iterable[Floats]) -> Floats:
    """The sum of arrays that broadcast together."""
    return reduce(np.add, parts)
