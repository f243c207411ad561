"""The picture of a market: what units are worth, the competitive prices, offers and trades in their order."""

from __future__ import annotations

import pytest

from arena.accounts.trades import Trades
from arena.core.events import Moved
from arena.report.plots.families.market.floor import RIGHT
from arena.report.plots.families.market.frame import AXIS, STEPS, TIME, framed
from arena.report.plots.families.market.scene import scene
from arena.report.plots.palette import INK, PAPER, STAR, colour, shape
from arena.report.plots.picture import Record
from arena.scenarios.market.account import accounts
from arena.scenarios.market.terms import PostAsk, PostBid
from arena.solutions.trading import competitive, units_of
from tests.report.plots.drawings import points, rows, spec, team, texts
from tests.report.plots.test_plots_terminal import compact

SIX = ("selfish", "shading", "truthful", "shading", "truthful", "zi-constrained")
MATCHES = {
    "alike": team("market", SIX, rounds=5),
    "different": team("market", SIX, rounds=5, goods="different"),
    "several": team("market", ("zi-unconstrained", "zi-constrained") * 5, rounds=6, units=3),
    "nothing": team("market", ("absent",) * 4, rounds=2),
}


def account(of: Record) -> Trades:
    (made,) = accounts(of.table.world)
    return made


@pytest.mark.parametrize("name", MATCHES)
def test_trades_stand_at_their_prices_in_their_order(name: str) -> None:
    of = MATCHES[name]
    frame, made = framed(scene(of)), account(of).made
    drawn = sorted((row["trade"], row["x"], row["y"], row["fill"]) for row in rows(spec(of)) if "trade" in row)
    assert [y for _, _, y, _ in drawn] == pytest.approx([frame.y(trade.price) for trade in made])
    assert [x for _, x, _, _ in drawn] == sorted(x for _, x, _, _ in drawn)
    fair = [trade.cost <= trade.price <= trade.value for trade in made]
    assert [fill for *_, fill in drawn] == [INK if each else PAPER for each in fair]
    bars = sorted((row["y"], row["y2"]) for row in rows(spec(of)) if row.get("gain"))
    assert bars == sorted((frame.y(trade.cost), frame.y(trade.value)) for trade in made)


@pytest.mark.parametrize("name", MATCHES)
def test_every_unit_has_its_sellers_or_buyers_mark_at_what_it_is_worth(name: str) -> None:
    of = MATCHES[name]
    frame, made = framed(scene(of)), account(of)
    drawn = sorted((row["unit"], round(row["y"], 6)) for row in rows(spec(of)) if "unit" in row)
    wanted = made.wanted if made.alike else ()
    dealt = [(seat, worth) for side in (wanted, made.offered) for seat, row in side for worth in row]
    assert drawn == sorted((seat, round(frame.y(worth), 6)) for seat, worth in dealt)
    for row in rows(spec(of)):
        if "unit" in row:
            assert (row["shape"], row["stroke"]) == (shape(row["unit"]), colour(row["unit"]))
    filled = sum(row["fill"] != PAPER for row in rows(spec(of)) if "unit" in row)
    assert filled == len(made.made) * (2 if made.alike else 1)


@pytest.mark.parametrize("name", MATCHES)
def test_the_band_is_the_competitive_prices(name: str) -> None:
    of = MATCHES[name]
    made = account(of)
    low, high = competitive(units_of(dict(made.wanted), dict(made.offered), made.alike))
    drawn = [(row["low"], row["high"]) for row in rows(spec(of)) if "low" in row]
    if made.alike:
        assert drawn == [(low[0], high[0])] * 2
        assert f"competitive: {low[0]:g} to {high[0]:g}" in texts(of)
        assert f"competitive: {low[0]:g} to {high[0]:g}" in compact(of)
    else:
        assert drawn == list(zip(low.tolist(), high.tolist(), strict=True))


@pytest.mark.parametrize("name", MATCHES)
def test_every_offer_is_there_and_the_first_is_a_star(name: str) -> None:
    of = MATCHES[name]
    shown = scene(of)
    frame = framed(shown)
    assert len(shown.offers) == of.table.world.common.offered
    posted = [a.e.move for line in of.lines for a in line.es if isinstance(a.e, Moved)]
    prices = {move.price for move in posted if isinstance(move, PostAsk | PostBid)}
    assert {offer.price for offer in shown.offers} <= prices
    stars = {(x, y) for x, y in points(spec(of), shape=STAR, size=130) if x > RIGHT}
    firsts = [offer for _, offer in of.table.world.common.firsts]
    assert {y for _, y in stars} == {frame.y(offer.price) for offer in firsts}


@pytest.mark.parametrize("name", MATCHES)
def test_the_marks_stay_within_their_halves(name: str) -> None:
    frame = framed(scene(MATCHES[name]))
    assert all(RIGHT <= x <= RIGHT + TIME for x in frame.places)
    assert list(frame.places) == sorted(frame.places)
    assert frame.x(frame.columns) == pytest.approx(AXIS + STEPS)


def test_each_seats_gain_is_in_the_key() -> None:
    of = MATCHES["alike"]
    for name, gain in zip(of.game.names, of.outcome.utilities, strict=True):
        assert f"{name} {gain:+g}" in texts(of) if gain else f"{name} 0" in texts(of)
        assert f"{name} {gain:g}" in compact(of)


def test_where_nothing_was_traded_the_terminal_says_so() -> None:
    of = MATCHES["nothing"]
    assert "Nothing was traded." in compact(of)
    assert "0 offers, 0 trades" in texts(of)


def test_in_the_terminal_a_trade_lies_between_cost_and_value() -> None:
    of = MATCHES["alike"]
    lines = compact(of).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("trade round price")) + 2
    for trade, line in zip(account(of).made, lines[start:], strict=False):
        assert f"{trade.price:g}" in line.split()[:3]
        strip = line[18:60]
        assert "●" in strip
        assert strip.index("●") <= strip.index("v")
    assert any(line.startswith("first offer") and "☆" in line for line in lines)
