"""What is needed to tell what a match cost: who sat there at what price, and when each line was written."""

from __future__ import annotations

from collections.abc import Sequence

from arena.core.events import AnyAddressed, Seated, Seats
from arena.core.price import Price
from arena.scoring.cost import Bill
from arena.transcripts.header import Header, Sitter


def bill_of(header: Header, times: Sequence[int], lines: Sequence[Sequence[AnyAddressed]]) -> Bill:
    """The bill of a match of these lines after the header, with these time offsets, in milliseconds."""
    prices, relieved = list[tuple[Price | None, ...]](), Seats()
    if header.fork is None and not header.newcomers:
        return Bill([_prices(header.sitters)] * len(lines), times)
    for n, line in enumerate(lines, start=2):
        prices.append(_prices(header.seated(n, relieved)))
        relieved = (*relieved, *[a.e.seat for a in line if isinstance(a.e, Seated)])
    return Bill(prices, times)


def _prices(sitters: Sequence[Sitter]) -> tuple[Price | None, ...]:
    return tuple([sitter.price for sitter in sitters])
