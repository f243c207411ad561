"""What was traded on a market."""

from __future__ import annotations

from msgspec import Struct


class Exchange(Struct, frozen=True):
    """A unit that was traded.

    value, cost: what it was worth to its buyer and cost its seller then. first: the price of the first offer that was
    ever made for such a unit, None where that very offer was the one taken.
    """

    buyer: int
    seller: int
    price: float
    value: float
    cost: float
    first: float | None


class Trades(Struct, frozen=True):
    """The trades made, and the market they were made on, as it was dealt.

    wanted: for each buyer, as (seat, values), its values: of the units it may buy where all are alike, else of the unit
    of each seller. offered: for each seller, as (seat, costs). seats: how many there are.
    """

    seats: int
    wanted: tuple[tuple[int, tuple[float, ...]], ...]
    offered: tuple[tuple[int, tuple[float, ...]], ...]
    alike: bool
    made: tuple[Exchange, ...]
