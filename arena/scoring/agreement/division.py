"""Is a division of items fair? For games in which the outcome is who gets which items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan

from arena.solutions.division import Division, Shares
from arena.solutions.space import Space
from arena.solutions.tolerance import TOLERANCE


@dataclass(frozen=True)
class Fairness:
    """One entry for each party, amounts >= 0 in that party's own utility; NaN throughout without a deal.

    envy: max_j (u_i(A_j) - u_i(A_i))+. envy_but_one: what of it is left when one item, the best for that, is taken out
    of each bundle envied; ef1: whether that is 0 (Budish 2011). shortfall: (u_i(everything) / n - u_i(A_i))+;
    proportional: whether that is 0 (Steinhaus 1948). NaN also where the outcome to compare with is not in the space;
    yes-or-no entries are NaN where their amounts are.
    """

    envy: tuple[float, ...]
    envy_but_one: tuple[float, ...]
    ef1: tuple[bool | float, ...]
    shortfall: tuple[float, ...]
    proportional: tuple[bool | float, ...]


def fairness(space: Space, division: Division, outcome: int | None) -> Fairness:
    """Envy, EF1 and proportionality of the division that an outcome is: of the utilities at once, before any delay.

    u_i(A_j) is what i has in the outcome in which i and j have exchanged their bundles (Velez 2016); where utilities
    are additive, that is the worth of j's bundle to i, and it stays defined where they are not. An item taken out of
    j's bundle stays with j. u_i(everything) is i's utility where i is given all there is. Raises ValueError where
    the division does not fit the space or the outcome is not in it.
    """
    if division.shape != space.shape or division.parties != space.parties:
        raise ValueError(f"a division of shape {division.shape} does not fit a space of shape {space.shape}")
    if outcome is None:
        unknown = (nan,) * space.parties
        return Fairness(unknown, unknown, unknown, unknown, unknown)
    everyone = range(space.parties)
    envy = tuple(_envy(space, division, outcome, party) for party in everyone)
    but_one = tuple(_envy_but_one(space, division, outcome, party) for party in everyone)
    shortfall = tuple(_shortfall(space, division, outcome, party) for party in everyone)
    return Fairness(envy, but_one, _none_left(but_one), shortfall, _none_left(shortfall))


def _envy(space: Space, division: Division, outcome: int, party: int) -> float:
    held = division.at(outcome)
    exchanged = [_exchanged(held, party, other) for other in range(space.parties) if other != party]
    return _most([_utility(space, division, shares, party) for shares in exchanged], space, outcome, party)


def _envy_but_one(space: Space, division: Division, outcome: int, party: int) -> float:
    """For each other bundle the item counts that leaves the least to envy; taking none out is allowed as well."""
    held = division.at(outcome)
    left = []
    for other in range(space.parties):
        if other != party:
            whole = _exchanged(held, party, other)
            without = [whole, *_without_one(whole, held, party, other)]
            worths = [_utility(space, division, shares, party) for shares in without]
            left.append(nan if any(worth != worth for worth in worths) else min(worths))
    return _most(left, space, outcome, party)


def _shortfall(space: Space, division: Division, outcome: int, party: int) -> float:
    everything = [tuple(supply if one == party else 0 for one in range(space.parties)) for supply in division.supply]
    return _most([_utility(space, division, everything, party) / space.parties], space, outcome, party)


def _most(compared: list[float], space: Space, outcome: int, party: int) -> float:
    """How far the largest of these lies above what the party has; NaN where one of them is."""
    if any(worth != worth for worth in compared):
        return nan
    own = float(space.utilities[outcome, party])
    return max([0.0, *(worth - own for worth in compared)])


def _utility(space: Space, division: Division, shares: list[Shares], party: int) -> float:
    row = division.row(shares)
    return nan if row is None else float(space.utilities[row, party])


def _exchanged(held: tuple[Shares, ...], one: int, other: int) -> list[Shares]:
    """All kinds, with the shares of two parties exchanged."""
    places = {one: other, other: one}
    return [tuple(shares[places.get(party, party)] for party in range(len(shares))) for shares in held]


def _without_one(exchanged: list[Shares], held: tuple[Shares, ...], party: int, other: int) -> Iterator[list[Shares]]:
    """The exchange in which `other` keeps one item, for each kind that it holds any of."""
    for kind, shares in enumerate(held):
        if shares[other]:
            kept = list(exchanged[kind])
            kept[party], kept[other] = kept[party] - 1, kept[other] + 1
            yield [*exchanged[:kind], tuple(kept), *exchanged[kind + 1 :]]


def _none_left(amounts: tuple[float, ...]) -> tuple[bool | float, ...]:
    return tuple(nan if amount != amount else amount <= TOLERANCE for amount in amounts)
