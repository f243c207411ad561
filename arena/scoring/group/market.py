"""How a market went: gains from trade, who had them, at which prices (measures, section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan, sqrt
from statistics import fmean
from typing import Any

from arena.accounts.trades import Exchange, Trades
from arena.solutions.market import assignment_market
from arena.solutions.space import Floats
from arena.solutions.tolerance import TOLERANCE
from arena.solutions.trading import Units, competitive, most, units_of


def market(account: Trades) -> dict[str, Any]:
    """The market set; competitive prices and best matchings are those of the market as it was dealt.

    `trades`: how many. `allocative_efficiency`: the sum of v - c over the largest such sum, at most 1 unless a shock
    has changed what units are worth, negative where trades lose more than they gain; NaN where that is 0 (Gode and
    Sunder 1993). `irrational_trades`: the share of trades in which a side loses; `misplaced_trades`: those of pairs
    that trade in no best matching; both in [0, 1], NaN without a trade. `price_dispersion`, `price_deviation`: see
    those. `buyers_share`: what buyers have of all gains, never clipped, NaN where the sum is not above 0;
    `buyers_share_competitive`: the same at the middle competitive prices. `first_offer_bias`: see that.

    One entry a seat: `traded`, units; `losing_trades`, how many of its trades lose it something; `beyond_competitive`,
    see that.
    """
    units = units_of(dict(account.wanted), dict(account.offered), account.alike)
    low, high = competitive(units)
    middle = _by_seller(units, (low + high) / 2)
    made, best = account.made, most(units)
    gained = sum(each.value - each.cost for each in made)
    kept = sum(each.value - each.price for each in made)
    losing = [each.value < each.price - TOLERANCE or each.price < each.cost - TOLERANCE for each in made]
    return {
        "trades": len(made),
        "allocative_efficiency": gained / best if best > TOLERANCE else nan,
        "irrational_trades": _share(losing),
        "misplaced_trades": _share(_misplaced(account, units)),
        "price_dispersion": dispersion(made, middle),
        "price_deviation": deviation(made, units, low, high),
        "buyers_share": kept / gained if gained > TOLERANCE else nan,
        "buyers_share_competitive": _competitive_share(account, units, (low + high) / 2, best),
        "first_offer_bias": first_offer_bias(made, units, low, high),
        "traded": tuple(sum(seat in (e.buyer, e.seller) for e in made) for seat in range(account.seats)),
        "losing_trades": tuple(sum(g < -TOLERANCE for g in _gains(made, seat)) for seat in range(account.seats)),
        "beyond_competitive": beyond(account, units, low, high),
    }


def dispersion(made: Sequence[Exchange], middle: dict[int, float]) -> float:
    """The standard deviation of prices less the middle competitive price of the unit, in points, at least 0.

    Of units that are alike that of the prices themselves. NaN with fewer than two trades.
    """
    apart = [each.price - middle[each.seller] for each in made]
    return sqrt(fmean((a - fmean(apart)) ** 2 for a in apart)) if len(apart) > 1 else nan


def deviation(made: Sequence[Exchange], units: Units, low: Floats, high: Floats) -> float:
    """The mean distance of prices from the interval of competitive ones, in points, at least 0; NaN without a trade."""
    lows, highs = _by_seller(units, low), _by_seller(units, high)
    apart = [max(lows[e.seller] - e.price, e.price - highs[e.seller], 0.0) for e in made]
    return fmean(apart) if apart else nan


def first_offer_bias(made: Sequence[Exchange], units: Units, low: Floats, high: Floats) -> float:
    """The share of trades whose price is nearer to the first offer than to the competitive price, in [0, 1].

    For a trade at p, with a the first price that anyone ever offered for such a unit (any unit where they are alike),
    and q the middle of its competitive prices: 1 if |p - a| < |p - q|, 0 if it is larger, 1/2 if they are equal. Left
    out are the trade that took that very offer, and trades of which a is itself a competitive price, since there the
    two cannot be told apart. NaN where none is left.
    """
    lows, highs, nearer = _by_seller(units, low), _by_seller(units, high), list[float]()
    for each in made:
        lowest, highest = lows[each.seller], highs[each.seller]
        if each.first is None or lowest - TOLERANCE <= each.first <= highest + TOLERANCE:
            continue
        to_first, to_middle = abs(each.price - each.first), abs(each.price - (lowest + highest) / 2)
        nearer.append(0.5 if abs(to_first - to_middle) <= TOLERANCE else float(to_first < to_middle))
    return fmean(nearer) if nearer else nan


def beyond(account: Trades, units: Units, low: Floats, high: Floats) -> tuple[float, ...]:
    """What each seat has more than at the competitive prices that are best for it, in points.

    Negative where it has less than at those that are worst for it; 0 between the two.
    """
    bought_low, sold_low = _payoffs(account, units, low)
    bought_high, sold_high = _payoffs(account, units, high)
    least, greatest = bought_high | sold_low, bought_low | sold_high
    gains = [sum(_gains(account.made, seat)) for seat in range(account.seats)]
    return tuple(g - min(max(g, least[seat]), greatest[seat]) for seat, g in enumerate(gains))


def _payoffs(account: Trades, units: Units, prices: Floats) -> tuple[dict[int, float], dict[int, float]]:
    """What each buyer and each seller has where it takes these prices, (n,), as given."""
    price = _by_seller(units, prices)
    sold = {seller: sum(max(price[seller] - cost, 0.0) for cost in costs) for seller, costs in account.offered}
    if account.alike:
        one = next(iter(price.values()))
        return {buyer: sum(max(value - one, 0.0) for value in values) for buyer, values in account.wanted}, sold
    sellers = [seller for seller, _ in account.offered]
    bought = {
        buyer: max(0.0, *[value - price[seller] for value, seller in zip(values, sellers, strict=True)])
        for buyer, values in account.wanted
    }
    return bought, sold


def _competitive_share(account: Trades, units: Units, prices: Floats, best: float) -> float:
    return sum(_payoffs(account, units, prices)[0].values()) / best if best > TOLERANCE else nan


def _misplaced(account: Trades, units: Units) -> list[bool]:
    """Whether each trade is of two seats that trade in no best matching: of the units that it was of."""
    may = assignment_market(units.values, units.costs).may_trade
    counts: dict[int, int] = {}
    found = []
    for each in account.made:
        row = _place(units.buyers, each.buyer, counts if account.alike else {})
        col = _place(units.sellers, each.seller, counts)
        counts[each.buyer], counts[each.seller] = counts.get(each.buyer, 0) + 1, counts.get(each.seller, 0) + 1
        found.append(not bool(may[row, col]))
    return found


def _place(owners: tuple[int, ...], seat: int, counts: dict[int, int]) -> int:
    """Where the next unit of a seat stands."""
    return owners.index(seat) + counts.get(seat, 0)


def _by_seller(units: Units, prices: Floats) -> dict[int, float]:
    return dict(zip(units.sellers, prices.tolist(), strict=True))


def _gains(made: Sequence[Exchange], seat: int) -> list[float]:
    return [e.value - e.price if e.buyer == seat else e.price - e.cost for e in made if seat in (e.buyer, e.seller)]


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else nan
