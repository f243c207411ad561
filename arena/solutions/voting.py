"""What a ballot decides, and with what chances when votes are drawn by lot: exact, by the counts that can come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

Rule = Literal["plurality", "majority", "unanimity"]
Lot = Mapping[int | None, float]
"""The chances of a vote: an option by its place, or None for no vote; they add up to 1."""


def winners(counts: Sequence[int], seats: int, rule: Rule) -> tuple[int, ...]:
    """The options that a ballot has chosen, by their place; several where a plurality is tied, none where it is open.

    counts: votes by option, whose sum may be less than `seats`, all that could vote. plurality: the most votes, at
    least one; majority: more than half of all seats; unanimity: all of them.
    """
    if rule == "plurality":
        return tuple(place for place, count in enumerate(counts) if count == max(counts) > 0)
    needed = seats if rule == "unanimity" else seats // 2 + 1
    return tuple(place for place, count in enumerate(counts) if count >= needed)


def chances(lots: Sequence[Lot], options: int, rule: Rule) -> dict[int | None, float]:
    """The chance of each option to be chosen in one ballot, and of None to be, when each seat votes by its own lot.

    Ties are settled by lot. The counts of votes are added up seat by seat, so that the time grows with the number of
    counts, (n + K choose K), and not with the K^n ballots.
    """
    spread: dict[tuple[int, ...], float] = {(0,) * options: 1.0}
    for lot in lots:
        after: dict[tuple[int, ...], float] = {}
        for counts, chance in spread.items():
            for vote, likely in lot.items():
                to = counts if vote is None else (*counts[:vote], counts[vote] + 1, *counts[vote + 1 :])
                after[to] = after.get(to, 0.0) + chance * likely
        spread = after
    found: dict[int | None, float] = {}
    for counts, chance in spread.items():
        won = winners(counts, len(lots), rule)
        for vote in won or (None,):
            found[vote] = found.get(vote, 0.0) + chance / max(len(won), 1)
    return found


def expected(worth: Sequence[float], status_quo: float, ballots: Sequence[Sequence[Lot]], rule: Rule) -> float:
    """The mean value of what is chosen over ballots that are taken until one decides; `status_quo` where none does.

    worth: the value of each option; ballots: the lots of each ballot. What one ballot can come to is worked out once
    for ballots in a row with the same lots.
    """
    total, still = 0.0, 1.0
    last: Sequence[Lot] | None = None
    for lots in ballots:
        if lots is not last:
            found, last = chances(lots, len(worth), rule), lots
        total += still * sum(chance * worth[vote] for vote, chance in found.items() if vote is not None)
        still *= found.get(None, 0.0)
    return total + still * status_quo
