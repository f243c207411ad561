"""A market as a picture: the steps of supply and demand, and beside them the offers and trades in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import altair as alt

from arena.report.numbers import count, number
from arena.report.plots.caption import caption
from arena.report.plots.families.market.frame import AXIS, BETWEEN, HEIGHT, STEPS, TIME, TOP, Frame, framed
from arena.report.plots.families.market.legend import entries
from arena.report.plots.families.market.scene import Scene, Unit
from arena.report.plots.key import key
from arena.report.plots.look import Chart, Row, finished
from arena.report.plots.palette import FAINT, GRID, INK, PAPER, QUIET, RATIONAL, REGION, STAR, colour, shape
from arena.report.plots.picture import Record
from arena.report.plots.pixels import boxes, marks, strokes, texts

KEY: Final = 178
BELOW: Final = 34  # pixels under the panels
TITLE: Final = "What units are worth, and at which prices they went"
RIGHT: Final = AXIS + STEPS + BETWEEN
CLEAR: Final = 12.5  # pixels between the middle of a trade's circle and that of a seat's mark
THIN: Final = 3  # pixels that prices take at the least
APART: Final = 16  # pixels between the numbers of rounds


def floor(of: Record, scene: Scene) -> Chart:
    """Prices upwards; to the left units, to the right time. `scene`: that of the record."""
    frame = framed(scene)
    layers = [
        boxes(list(_bands(scene, frame)), strokeWidth=0.8),
        strokes(list(_grid(scene, frame)), strokeWidth=1),
        *_steps(scene, frame),
        strokes(list(_gains(scene, frame)), strokeWidth=5),
        strokes(list(_taken(scene, frame)), strokeWidth=1.2),
        marks([*_units(scene, frame), *_offers(scene, frame), *_trades(scene, frame)]),
        texts(list(_numbers(scene, frame)), fontSize=9, fontWeight="bold"),
        *_words(scene, frame),
    ]
    high = TOP + HEIGHT + BELOW
    chart = alt.layer(*layers).properties(width=RIGHT + TIME, height=high)
    beside = alt.hconcat(chart, key(entries(scene), KEY, high), spacing=14)
    told: Chart = finished(beside, TITLE, [*caption(of), *_notes(scene)])
    return told


def _notes(scene: Scene) -> list[str]:
    loses = sum(trade.loses for trade in scene.trades)
    losing = f", {count(loses, 'of them', 'of them')} at a loss to somebody" if loses else ""
    moved = "; values changed on the way, units are shown as they were dealt" if scene.moved else ""
    return [f"{count(len(scene.offers), 'offer')}, {count(len(scene.trades), 'trade')}{losing}{moved}"]


def _grid(scene: Scene, frame: Frame) -> Iterator[Row]:
    for price in frame.ticks():
        for left, wide in ((AXIS, STEPS), (RIGHT, TIME)):
            y = frame.y(price)
            yield {"x": left, "x2": left + wide, "y": y, "y2": y, "colour": QUIET if price == 0 else GRID}
    for at in scene.rounds[1:]:
        x = _edge(frame, at)
        yield {"x": x, "x2": x, "y": TOP, "y2": TOP + HEIGHT, "colour": GRID}


def _edge(frame: Frame, at: int) -> float:
    """Half way between what is before a moment and what follows it."""
    before = frame.places[at - 1] if at else RIGHT
    after = frame.places[at] if at < len(frame.places) else min(2 * before - RIGHT, RIGHT + TIME) if at else RIGHT
    return (before + after) / 2 if at < len(frame.places) else min(before + 10, RIGHT + TIME)


def _bands(scene: Scene, frame: Frame) -> Iterator[Row]:
    """The competitive prices: of all units across both panels, or of each seller's unit above it."""
    if scene.alike:
        spans = [(float(AXIS), float(AXIS + STEPS), *scene.band), (float(RIGHT), float(RIGHT + TIME), *scene.band)]
    else:
        edge = frame.wide * 0.2
        spans = [(frame.x(i) + edge, frame.x(i + 1) - edge, *each[2:]) for i, each in enumerate(scene.prices)]
    for left, right, low, high in spans:
        ends = {"y": min(frame.y(high), frame.y(low) - THIN), "y2": frame.y(low)}
        yield {"x": left, "x2": right, **ends, "fill": REGION, "stroke": RATIONAL, "low": low, "high": high}


def _steps(scene: Scene, frame: Frame) -> Iterator[alt.Chart]:
    if scene.alike:
        yield strokes(_stairs(scene.wanted, frame), strokeWidth=1.8)
        yield strokes(_stairs(scene.offered, frame), strokeWidth=1.8, strokeDash=[4, 2])


def _stairs(units: Sequence[Unit], frame: Frame) -> list[Row]:
    rows: list[Row] = []
    for i, unit in enumerate(units):
        y = frame.y(unit.worth)
        rows.append({"x": frame.x(i), "x2": frame.x(i + 1), "y": y, "y2": y, "colour": INK})
        if i + 1 < len(units):
            next_y = frame.y(units[i + 1].worth)
            rows.append({"x": frame.x(i + 1), "x2": frame.x(i + 1), "y": y, "y2": next_y, "colour": INK})
    return rows


def _units(scene: Scene, frame: Frame) -> Iterator[Row]:
    """The seat's mark on each step: filled where the unit was traded."""
    if scene.alike:
        sides = ((scene.wanted, 0.36), (scene.offered, 0.64))  # beside each other where they are worth the same
        spots = [(i + aside, unit, unit.worth) for units, aside in sides for i, unit in enumerate(units)]
    else:
        gone = {unit.seat: unit for unit in scene.offered}
        spots = [(i + 0.5, gone[seller], cost) for i, (seller, cost, _, _) in enumerate(scene.prices)]
    for i, unit, worth in spots:
        tone = colour(unit.seat)
        at = {"x": frame.x(i), "y": frame.y(worth), "unit": unit.seat, "shape": shape(unit.seat)}
        fill, size = tone if unit.gone else PAPER, min(80, frame.wide * 5)
        yield {**at, "fill": fill, "stroke": tone, "thick": 1.5, "size": size}


def _offers(scene: Scene, frame: Frame) -> Iterator[Row]:
    """A small mark for each offer, asks pointing down and bids up; a star for the first of its kind of unit."""
    size = 26 if len(scene.offers) < 60 else 14
    for offer in scene.offers:
        tone, at = colour(offer.by), {"x": frame.places[offer.at], "y": frame.y(offer.price)}
        if offer.first:
            yield {**at, "shape": STAR, "fill": PAPER, "stroke": INK, "thick": 1.4, "size": 130}
        else:
            form = "triangle-down" if offer.ask else "triangle-up"
            yield {**at, "shape": form, "fill": PAPER, "stroke": tone, "thick": 1.1, "size": size}


def _gains(scene: Scene, frame: Frame) -> Iterator[Row]:
    """From cost to value: what the trade brings, or loses."""
    for trade in scene.trades:
        x = frame.places[trade.at]
        yield {"x": x, "x2": x, "y": frame.y(trade.cost), "y2": frame.y(trade.value), "colour": FAINT, "gain": True}


def _taken(scene: Scene, frame: Frame) -> Iterator[Row]:
    for trade in scene.trades:
        y = frame.y(trade.price)
        yield {"x": frame.places[trade.offer], "x2": frame.places[trade.at], "y": y, "y2": y, "colour": INK}


def _trades(scene: Scene, frame: Frame) -> Iterator[Row]:
    for trade in scene.trades:
        at: Row = {"x": frame.places[trade.at], "y": frame.y(trade.price), "shape": "circle", "trade": trade.number}
        size = 190 if frame.numbered else 30
        yield {**at, "fill": PAPER if trade.loses else INK, "stroke": INK, "thick": 1.4, "size": size}
        if frame.numbered:  # who bought above who sold, at the ends of what it brings
            for worth, seat, side in ((trade.value, trade.buyer, -1), (trade.cost, trade.seller, 1)):
                free = abs(frame.y(worth) - at["y"]) >= CLEAR
                y = frame.y(worth) if free else at["y"] + side * CLEAR
                spot = {"x": at["x"], "y": y, "shape": shape(seat), "fill": colour(seat)}
                yield {**spot, "stroke": PAPER, "thick": 0.8, "size": 44}


def _numbers(scene: Scene, frame: Frame) -> Iterator[Row]:
    for trade in scene.trades if frame.numbered else ():
        tone = INK if trade.loses else PAPER
        at = {"x": frame.places[trade.at], "y": frame.y(trade.price) + 0.5}
        yield {**at, "text": str(trade.number), "colour": tone}


def _words(scene: Scene, frame: Frame) -> Iterator[alt.Chart]:
    ticks = [{"x": AXIS - 6, "y": frame.y(p), "text": number(p), "colour": QUIET} for p in frame.ticks()]
    yield texts(ticks, align="right")
    steps = "Demand and supply, unit by unit" if scene.alike else "Each seller's unit, at its cost"
    heads = [(AXIS, steps), (RIGHT, "Offers and trades in their order")]
    yield texts([{"x": x, "y": 8, "text": t, "colour": INK} for x, t in heads], align="left", fontWeight="bold")
    every = next(n for n in (1, 2, 5, 10, 50) if frame.columns <= 12 * n)
    shown = [i for i in range(frame.columns) if (i + 1) % every == 0 and scene.alike]
    foot = TOP + HEIGHT + 12
    rows = [{"x": (frame.x(i) + frame.x(i + 1)) / 2, "y": foot, "text": str(i + 1), "colour": QUIET} for i in shown]
    yield texts([*rows, *_rounds(scene, frame, foot)])
    names = [(AXIS + STEPS / 2, "units"), (RIGHT + TIME / 2, "rounds")]
    yield texts([{"x": x, "y": foot + 16, "text": t, "colour": INK} for x, t in names if t != "units" or scene.alike])


def _rounds(scene: Scene, frame: Frame, foot: float) -> Iterator[Row]:
    """The number of each round under its middle, as far as they keep apart."""
    last = -float(APART)
    ends = [*scene.rounds[1:], scene.length]
    for i, (start, end) in enumerate(zip(scene.rounds, ends, strict=True)):
        x = (_edge(frame, start) + _edge(frame, end)) / 2
        if x - last >= APART and end > start:
            yield {"x": x, "y": foot, "text": str(i + 1), "colour": QUIET}
            last = x
