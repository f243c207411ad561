"""A market in a terminal: a strip of prices for each unit, and one for each trade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.cells import set_cell_size
from rich.console import Group, RenderableType
from rich.text import Text

from arena.report.flow import Flow
from arena.report.numbers import count, number
from arena.report.plots.families.market.scene import Scene, pairs
from arena.report.plots.picture import Record

LARGEST: Final = 100
NARROW: Final = 64  # cells under which names are left out beside the trades
HEAD: Final = 18  # cells before a strip
BAND: Final = "░"


def strips(of: Record, scene: Scene, width: int) -> RenderableType:
    """The picture and its key for a terminal of so many cells. `scene`: that of the record."""
    beside = of.cast.width * 2 + 6 if width >= NARROW else 0
    cells = min(width, LARGEST) - HEAD - beside - 1
    high = max([u.worth for u in (*scene.wanted, *scene.offered)] + [o.price for o in scene.offers])
    scale = f"{'0':<{cells - len(number(high))}}{number(high)}"
    axis = Text(" " * HEAD + scale, "dim")
    rows = [*(_steps(scene, cells, high) if scene.alike else _each(of, scene, cells, high))]
    trades = [line for trade in range(len(scene.trades)) for line in _trade(of, scene, trade, cells, high, beside)]
    first = scene.first
    head = "trade round price"
    lines = [Text(head, "dim"), *trades] if trades else [Text("Nothing was traded.", "dim")]
    if first is not None and scene.alike:
        strip = _strip(cells, high, scene.band, {first.price: "☆"})
        lines.insert(1, Text(f"{'first offer':<11}{number(first.price):>6} ").append_text(strip))
    return Group(axis, *rows, Text(), *lines, Text(), *_key(of, scene))


def _strip(cells: int, high: float, band: tuple[float, float] | None, marks: dict[float, str]) -> Text:
    """Prices across; marks stand on a line from the lowest to the highest of them."""

    def at(price: float) -> int:
        return min(max(int(price / high * cells), 0), cells - 1)

    line = [(" ", "")] * cells
    if band is not None:
        for i in range(at(band[0]), at(band[1]) + 1):
            line[i] = (BAND, "dim")
    spots = [at(price) for price in marks]
    for i in range(min(spots, default=0), max(spots, default=-1) + 1):
        line[i] = ("─", "dim")
    for price, mark in marks.items():
        line[at(price)] = (mark, "bold")
    return Text.assemble(*line)


def _steps(scene: Scene, cells: int, high: float) -> Iterator[Text]:
    """The units of both sides, the most wanted beside the cheapest: the steps of demand and of supply."""
    yield Text("unit  value  cost", "dim")
    for i, (wanted, offered) in enumerate(pairs(scene)):
        marks = {} if offered is None else {offered.worth: "s" if offered.gone else "c"}
        marks |= {} if wanted is None else {wanted.worth: "b" if wanted.gone else "v"}
        value, cost = ("" if unit is None else number(unit.worth) for unit in (wanted, offered))
        yield Text(f"{i + 1:>4}{value:>7}{cost:>6} ").append_text(_strip(cells, high, scene.band, marks))


def _each(of: Record, scene: Scene, cells: int, high: float) -> Iterator[Text]:
    """The unit of each seller: its cost, and between which prices it is competitive."""
    yield Text("seller       cost", "dim")
    gone = {unit.seat: unit.gone for unit in scene.offered}
    for seller, cost, low, top in scene.prices:
        name = Text(set_cell_size(of.cast.label(seller).plain, 11), f"bold {of.cast.style(seller)}")
        strip = _strip(cells, high, (low, top), {cost: "s" if gone[seller] else "c"})
        yield name.append(f"{number(cost):>6} ", "not bold").append_text(strip)


def _trade(of: Record, scene: Scene, i: int, cells: int, high: float, beside: int) -> Iterator[Text]:
    """Its price between cost and value, in the competitive prices."""
    trade = scene.trades[i]
    band = next(each[2:] for each in scene.prices if each[0] == trade.seller)
    marks = {trade.cost: "c", trade.value: "v"}
    marks |= {trade.first: "☆"} if not scene.alike else {}
    marks[trade.price] = "×" if trade.loses else "●"
    line = Text(f"{trade.number:>5}{trade.round:>6}{number(trade.price):>6} ")
    line.append_text(_strip(cells, high, band, marks))
    if beside:
        buyer, seller = of.cast.label(trade.buyer), of.cast.label(trade.seller)
        line.append(" ").append_text(buyer).append(" from ").append_text(seller)
    yield line


def _key(of: Record, scene: Scene) -> Iterator[RenderableType]:
    gains = [of.cast.label(seat).append(f" {number(gain)}", "not bold") for seat, gain in enumerate(scene.gains)]
    yield Flow(Text("Gains ", "dim"), tuple(gains), Text())
    marks = [Text("c cost"), Text("v value"), Text("● price"), Text("× price at which one loses")]
    marks.append(Text("s b of units that were traded" if scene.alike else "s cost of a unit that was traded"))
    marks.append(Text("☆ the first offer" if scene.alike else "☆ the first offer for that unit"))
    yield Flow(Text("Marks ", "dim"), tuple(marks), Text())
    band = " to ".join([number(end) for end in scene.band]) if scene.alike else "of each unit"
    told = (Text(f"{BAND} competitive: {band}"), Text(f"{count(len(scene.offers), 'offer')} in all"))
    yield Flow(Text("Prices", "dim"), told, Text())
    if scene.moved:
        yield Text("Values changed on the way; units are shown as they were dealt.", "dim")
