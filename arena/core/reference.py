"""What an outcome is measured against: the optimum and the floors, as numbers; it names nothing that was dealt."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Estimate(Struct, frozen=True, omit_defaults=True):
    """A number and its standard error (0: exact); a `bound` where it was worked out as if no seat had fallen silent."""

    value: float
    error: float = 0.0
    how: Literal["", "bound"] = ""


class Reference(Struct, frozen=True):
    """What an outcome is measured against.

    V* (`best`), V_hind, the named floors, which floor is the headline, how it was found.
    """

    best: float
    hind: float
    floors: dict[str, Estimate]
    headline: str
    how: Literal["exact", "bound"]
