"""What a run is expected to cost, as a table: calls, tokens and money, each from low to high."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.core.price import Price
from arena.planning.estimate import Range
from arena.planning.forecast import Forecast
from arena.report.beside import Trimmed
from arena.report.numbers import rough, rough_money
from arena.report.visible import visible


def forecast_table(found: Forecast) -> RenderableType:
    """The forecast of a plan with models in it, its prices and its assumptions."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("expected")
    for name in ("calls", "tokens in", "tokens out", "cost"):
        table.add_column(name, justify="right")
    for name, each in found.agents.items():
        table.add_row(visible(name), *_cells(each))
    if len(found.agents) > 1:
        table.add_row(Text("in all", "bold"), *_cells(found.total))
    notes = [Text(line, "dim") for line in (*_prices(found), *found.assumptions)]
    return Trimmed(Group(table, Text(), *[Text(line) for line in _warnings(found)], *notes))


def _cells(each: Range) -> Iterator[str]:
    low, high = each.low, each.high
    yield _span(rough(low.calls), rough(high.calls))
    yield _span(rough(low.fresh + low.cached), rough(high.fresh + high.cached))
    yield _span(rough(low.output), rough(high.output))
    yield _span(rough_money(low.usd), rough_money(high.usd))


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} – {high}"


def _warnings(found: Forecast) -> Iterator[str]:
    if found.endless:
        yield f"not counted, since they have no deadline: {', '.join(found.endless)}"
    if found.limits:
        yield f"{' and '.join(found.limits)} may end the run before its plan; it can be resumed"


def _prices(found: Forecast) -> Iterator[str]:
    for name, price in found.prices.items():
        yield f"{visible(name)}: {priced(price)}"


def priced(price: Price | None) -> str:
    """A price in words, and where it comes from."""
    if price is None:
        return "price unknown; add price: {in: , out: } in USD per million tokens"
    if price.free:
        return "free"
    where = f" ({price.date}, {price.source})" if price.date else ""
    return f"${price.input:g} a million tokens in, ${price.cached:g} cached, ${price.output:g} out{where}"
