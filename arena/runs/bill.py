"""What is needed to tell what a match cost: who sat there at what price, and when each line was written."""

from __future__ import annotations

from collections.abc import Sequence

from arena.scoring.cost import Bill
from arena.transcripts.header import Header


def bill_of(header: Header, times: Sequence[int]) -> Bill:
    """The bill of a match whose lines after the header have these time offsets, in milliseconds."""
    prices = [tuple(sitter.price for sitter in header.seated(n)) for n in range(2, len(times) + 2)]
    return Bill(prices, times)
