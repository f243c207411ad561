"""How a market looks: offers and trades in a line each, at the end who traded with whom, and who should have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.core.protocol import Played
from arena.report.cast import Cast
from arena.report.families.plain import described
from arena.report.numbers import count, number
from arena.report.visible import visible
from arena.scenarios.market.book import BLANK, evolve
from arena.scenarios.market.params import RANGES
from arena.scenarios.market.settings import SETTINGS
from arena.scenarios.market.terms import (
    Book,
    Fact,
    Goal,
    Intends,
    Move,
    Offer,
    PostAsk,
    PostBid,
    Rules,
    Sheet,
    Shift,
    Take,
    Withdraw,
    Worth,
)
from arena.scenarios.market.worth import units
from arena.solutions.trading import competitive, matching, most


@dataclass(frozen=True)
class Market:
    """The look of a market to one who has seen what `world` is folded from."""

    world: Book = BLANK

    def after(self, event: Played) -> Market:
        return replace(self, world=evolve(self.world, event))

    def move(self, cast: Cast, seat: int, move: Move) -> RenderableType:
        match move:
            case PostAsk(price=price):
                return Text.assemble("asks ", (str(price), "bold"), self._number(seat, price))
            case PostBid(price=price, seller=name):
                whose = f" for the unit of {visible(name)}" if name else ""
                return Text.assemble("bids ", (str(price), "bold"), whose, self._number(seat, price))
            case Take(offer=offer):
                return self._taken(cast, seat, offer)
            case Withdraw():
                return Text("withdraws its offer")

    def fact(self, cast: Cast, fact: Fact) -> RenderableType:
        match fact:
            case Rules():
                return _rules(cast, fact)
            case Sheet():
                return self._sheet(cast, fact)
            case Shift(sheet=sheet):
                return Text.assemble("from now on, ", self._sheet(cast, sheet))
            case Goal(other=None):
                return Text.assemble(
                    cast.name(fact.seat), f" wants to be in the first trade, for {number(fact.bonus)} points more"
                )
            case Goal(other=int(other)):
                points = f", for {number(fact.bonus)} points more"
                return Text.assemble(cast.name(fact.seat), " wants to trade with ", cast.name(other), points)
            case _:
                return described(cast, fact)

    def claim(self, cast: Cast, seat: int, fact: Fact) -> RenderableType:
        match fact:
            case Worth(points=points):
                what = "value" if self.world.rules is None or seat in self.world.rules.buyers else "cost"
                return Text(f"[worth] {what} {', '.join(map(str, points))}")
            case Intends(partner=partner, price=price):
                return Text(f"[intends] to trade with {visible(partner)} at {price}")
            case _:
                return described(cast, fact)

    def ending(self, cast: Cast, why: str) -> RenderableType | None:
        if not self.world.trades:
            return None
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        for title in ("buyer", "seller"):
            table.add_column(title)
        for title in ("price", "round"):
            table.add_column(title, justify="right")
        for trade in self.world.trades:
            table.add_row(cast.name(trade.buyer), cast.name(trade.seller), str(trade.price), str(trade.round))
        return table

    def best(self, cast: Cast) -> RenderableType | None:
        rules, sheets = self.world.rules, self.world.sheets
        if rules is None or {sheet.seat for sheet in sheets} != set(range(len(rules.names))):
            return None
        dealt = units(rules, sheets)
        pairs = matching(dealt)
        low, high = competitive(dealt)
        lines = [
            Text(f"Most in all, {number(most(dealt))} points, is gained if {count(len(pairs), 'unit')} changes hands:")
        ]
        for row, col in pairs:
            price = f" at {number(float(low[col]))} to {number(float(high[col]))}"
            lines.append(
                Text.assemble("  ", cast.name(dealt.buyers[row]), " buys from ", cast.name(dealt.sellers[col]), price)
            )
        return Group(*lines)

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        return RANGES

    def settings(self) -> Sequence[str]:
        return tuple(setting.name for setting in SETTINGS)

    def _number(self, seat: int, price: int) -> str:
        """The number under which an offer stands; nothing where it has gone already."""
        found = [o.number for o in (*self.world.asks, *self.world.bids) if (o.by, o.price) == (seat, price)]
        return f" (offer {found[0]})" if found else ""

    def _taken(self, cast: Cast, seat: int, offer: int) -> Text:
        trade = next((each for each in self.world.trades if each.offer == offer), None)
        if trade is None or seat not in (trade.buyer, trade.seller):
            standing = next((o for o in (*self.world.asks, *self.world.bids) if o.number == offer), None)
            return self._takes(cast, seat, offer, standing)
        buys = trade.buyer == seat
        other = cast.name(trade.seller if buys else trade.buyer)
        verb = "buys from " if buys else "sells to "
        return Text.assemble(verb, other, " at ", (str(trade.price), "bold"), f" (offer {offer})")

    def _takes(self, cast: Cast, seat: int, number_: int, standing: Offer | None) -> Text:
        """A take that is about to be folded, or that has lapsed."""
        if standing is None:
            return Text(f"takes offer {number_}, which no longer stands")
        buys = self.world.rules is not None and seat in self.world.rules.buyers
        verb = "buys from " if buys else "sells to "
        return Text.assemble(verb, cast.name(standing.by), " at ", (str(standing.price), "bold"), f" (offer {number_})")

    def _sheet(self, cast: Cast, sheet: Sheet) -> Text:
        rules = self.world.rules
        if rules is None:
            return Text.assemble(cast.name(sheet.seat), " ", ", ".join(map(str, sheet.worth)))
        worth: list[str | Text] = [str(each) for each in sheet.worth]
        if rules.goods == "different" and sheet.seat in rules.buyers:
            pairs = zip(rules.sellers, sheet.worth, strict=True)
            worth = [cast.name(seller).append(f" {value}", "not bold") for seller, value in pairs]
        parts = Text(", ").join([Text(w) if isinstance(w, str) else w for w in worth])
        return Text.assemble(
            cast.name(sheet.seat), " values " if sheet.seat in rules.buyers else " has a cost of ", parts
        )


def _rules(cast: Cast, rules: Rules) -> RenderableType:
    def named(seats: Sequence[int]) -> Text:
        return Text(", ").join([cast.name(seat) for seat in seats])

    units_ = "a unit" if rules.units == 1 else count(rules.units, "unit")
    goods = "; each seller's is different" if rules.goods == "different" else ""
    return Group(
        Text.assemble("Buyers: ", named(rules.buyers)),
        Text.assemble("Sellers: ", named(rules.sellers)),
        Text(f"Each may trade {units_}{goods}; prices 0 to {rules.highest}; {count(rules.rounds, 'round')}."),
    )
