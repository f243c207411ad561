"""The words of a market: its moves, its facts and claims, what is dealt, and the world they fold into. Types only."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from arena.core.task import Phase, Seat

Goods = Literal["alike", "different"]


# Moves ----------------------------------------------------------------------------------------------------------------


class PostAsk(Struct, frozen=True, tag="ask", tag_field="kind"):
    """Offer a unit for sale at a price, bindingly; it replaces the seat's older ask."""

    price: int


class PostBid(Struct, frozen=True, omit_defaults=True, tag="bid", tag_field="kind"):
    """Offer to buy a unit at a price, bindingly; it replaces the seat's older bid.

    `seller`: whose unit, by name, where units differ; else any seller may take it.
    """

    price: int
    seller: str = ""


class Take(Struct, frozen=True, tag="take", tag_field="kind"):
    """Take a standing offer of the other side, by its number: a unit is traded at its price at once."""

    offer: int


class Withdraw(Struct, frozen=True, tag="withdraw", tag_field="kind"):
    """Withdraw one's own standing offer."""


Move = PostAsk | PostBid | Take | Withdraw


# Facts: what the game tells -------------------------------------------------------------------------------------------


class Rules(Struct, frozen=True, omit_defaults=True, tag="rules", tag_field="kind"):
    """What everyone knows.

    `buyers`: the seats that buy, the others sell. `units`: how many each may trade. `highest`: the largest price.
    `goods`: whether a unit is worth the same to a buyer whoever sells it. `alignment` a: a payoff is
    a * V + (1 - a) * own.
    """

    setting: str
    names: tuple[str, ...]
    buyers: tuple[int, ...]
    highest: int
    rounds: int
    units: int = 1
    goods: Goods = "alike"
    alignment: float = 0.0

    @property
    def sellers(self) -> tuple[int, ...]:
        """The seats that sell, in seat order."""
        return tuple([seat for seat in range(len(self.names)) if seat not in self.buyers])


class Sheet(Struct, frozen=True, omit_defaults=True, tag="sheet", tag_field="kind"):
    """What units are worth to a seat, told to it alone.

    `worth` of a buyer: the value of its first, second, ... unit, falling; where units differ, of the one of each
    seller, in seat order of the sellers. Of a seller: the cost of its first, second, ... unit, rising. It holds for
    trades made after `since` trades of all seats.
    """

    seat: int
    worth: tuple[int, ...]
    since: int = 0
    canary: str = ""


class Goal(Struct, frozen=True, omit_defaults=True, tag="goal", tag_field="kind"):
    """A private goal: `bonus` points in the seat's payoff alone.

    `partner`: it trades with the seat `other`; `first`: it is in the first trade of the market.
    """

    seat: int
    what: Literal["partner", "first"]
    bonus: float
    other: int | None = None
    canary: str = ""


class Shift(Struct, frozen=True, tag="shift", tag_field="kind"):
    """From here on units are worth something else to a seat; told to it alone."""

    sheet: Sheet


# Claims: what a seat tells, truthfully or not -------------------------------------------------------------------------


class Worth(Struct, frozen=True, tag="worth", tag_field="kind"):
    """ "This is what units are worth to me": the numbers of a sheet."""

    points: tuple[int, ...]


class Intends(Struct, frozen=True, tag="intends", tag_field="kind"):
    """ "I mean to trade with this one, at this price." """

    partner: str
    price: int


Claimed = Worth | Intends
Fact = Rules | Sheet | Goal | Shift | Worth | Intends


# What is dealt --------------------------------------------------------------------------------------------------------

AGENDA = (Phase("trade"),)  # one phase, in which talk and moves mix


class MarketTask(Struct, frozen=True, omit_defaults=True):
    """A dealt market, secrets included."""

    seats: tuple[Seat, ...]
    agenda: tuple[Phase, ...]
    rounds: int | None
    rules: Rules
    sheets: tuple[Sheet, ...]
    goals: tuple[Goal, ...] = ()


# The world ------------------------------------------------------------------------------------------------------------


class Told(Struct, frozen=True):
    """A claim, and who made it."""

    seat: int
    fact: Claimed


class Offer(Struct, frozen=True):
    """A standing ask or bid; `seller`: the seat whose unit a bid is for, None where any will do, and for an ask."""

    number: int
    by: int
    price: int
    seller: int | None = None


class Trade(Struct, frozen=True):
    """A unit that went from seller to buyer at a price: the offer that was taken, by its number, and the round."""

    buyer: int
    seller: int
    price: int
    offer: int
    round: int


class Book(Struct, frozen=True):
    """The order book as somebody knows it, and what they were told.

    `asks`, `bids`: the standing offers, at most one a seat, the oldest first; `offered` numbers them from 1. `firsts`:
    the first offer that was ever made for the units of each seller, as (seller, offer), or for any where they are
    alike, as (-1, offer). `left`: how many units each seat may still trade; `done`: the seats that may trade none;
    `closed`: a side has none left.
    """

    rules: Rules | None = None
    sheets: tuple[Sheet, ...] = ()
    goals: tuple[Goal, ...] = ()
    round: int = 0
    asks: tuple[Offer, ...] = ()
    bids: tuple[Offer, ...] = ()
    offered: int = 0
    firsts: tuple[tuple[int, Offer], ...] = ()
    trades: tuple[Trade, ...] = ()
    left: tuple[int, ...] = ()
    done: tuple[int, ...] = ()
    closed: bool = False
    claims: tuple[Told, ...] = ()
