"""Cycles: a is ahead of b, b of c, and c of a. No ranking can show them, so their share stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from msgspec import Struct

TOLERANCE = 1e-9  # differences up to it are none


class Cycles(Struct, frozen=True):
    """How many triples of players go in a circle, of those in which each two are told apart by majority."""

    cyclic: int
    triples: int


def cycles(wins: Sequence[Sequence[float]]) -> Cycles:
    """From how often each (row) came before each other (column)."""

    def ahead(i: int, j: int) -> int:
        margin = wins[i][j] - wins[j][i]
        return 0 if abs(margin) <= TOLERANCE else 1 if margin > 0 else -1

    found = [(ahead(a, b), ahead(b, c), ahead(c, a)) for a, b, c in combinations(range(len(wins)), 3)]
    decided = [triple for triple in found if 0 not in triple]
    return Cycles(sum(len(set(triple)) == 1 for triple in decided), len(decided))
