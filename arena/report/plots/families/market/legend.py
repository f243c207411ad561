"""The key of a market's picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arena.report.numbers import number, signed
from arena.report.plots.families.market.scene import Scene
from arena.report.plots.fitting import fitted, width
from arena.report.plots.key import INDENT, Entry
from arena.report.plots.look import WORDS
from arena.report.plots.palette import FAINT, INK, PAPER, RATIONAL, REGION, STAR, colour, shape

NAME = 178 - INDENT  # pixels of a seat's name and its gain


def entries(scene: Scene) -> list[Entry]:
    """The key beside the picture."""
    sellers = [seat for seat in range(len(scene.names)) if seat not in scene.buyers]
    return [
        *_seats("Buyers, what they gained", scene, scene.buyers),
        *_seats("Sellers", scene, sellers),
        *_units(scene),
        *_trades(scene),
    ]


def _seats(head: str, scene: Scene, seats: Sequence[int]) -> Iterator[Entry]:
    yield Entry(head, head=True)
    for seat in seats:
        gain = f" {signed(scene.gains[seat])}" if scene.gains[seat] else " 0"
        name = fitted(scene.names[seat], NAME - width(gain, WORDS), WORDS)
        yield Entry(name + gain, shape(seat), colour(seat), PAPER, 1, 90)


def _units(scene: Scene) -> Iterator[Entry]:
    yield Entry("Units: filled if traded", head=True)
    if scene.alike:
        yield Entry("values, falling: demand", stroke=INK, line=1.8)
        yield Entry("costs, rising: supply", stroke=INK, line=1.8, dash=(4, 2))
    band = f"competitive: {' to '.join([number(end) for end in scene.band])}" if scene.alike else "competitive prices"
    yield Entry(band, "square", REGION, RATIONAL, 0.8, 130)


def _trades(scene: Scene) -> Iterator[Entry]:
    yield Entry("Offers and trades", head=True)
    if any(offer.ask for offer in scene.offers):
        yield Entry("an ask", "triangle-down", PAPER, INK, 1.1, 40)
    if not all(offer.ask for offer in scene.offers):
        yield Entry("a bid", "triangle-up", PAPER, INK, 1.1, 40)
    if scene.offers:
        yield Entry("the first offer" if scene.alike else "first offer for a unit", STAR, PAPER, INK, 1.4, 130)
    if scene.trades:
        yield Entry("a trade at its price", "circle", INK, INK, 1, 130)
        yield Entry("from cost to value", stroke=FAINT, line=5)
    if any(trade.loses for trade in scene.trades):
        yield Entry("at which somebody loses", "circle", PAPER, INK, 1.4, 130)
