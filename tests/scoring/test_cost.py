"""The cost of a match, worked out by hand from a literal log."""

from math import isnan

import pytest

from arena.core.events import AnyAddressed, Body, Halted, Passed, Replied, Said, address
from arena.core.overflow import Overflow
from arena.core.price import Price
from arena.core.usage import Usage
from arena.scoring.cost import Bill, cost, costs, per_gain

DEAR = Price(10.0, 1.0, 100.0)
FREE = Price(0.0, 0.0, 0.0)
EVERYONE = (0, 1, 2)


def replied(seat: int, usage: Usage | None) -> tuple[AnyAddressed, ...]:
    return address((Replied(seat, body=Body(), usage=usage),), EVERYONE)


LOG = [
    address((Passed(0),), EVERYONE),
    replied(0, Usage(prompt=1000, cached=600, output=50, reasoning=20, attempts=2)),
    address((Said(0, (1, 2), "hello"),), EVERYONE),
    replied(1, Usage(prompt=500, output=10)),
    replied(2, None),
    replied(0, Usage(prompt=9999, output=9999, attempts=0, hit=True)),
    address((Passed(1),), EVERYONE),
]
TIMES = (0, 1500, 1510, 2510, 2600, 9000, 9001)


def bill(*prices: Price | None, lines: int = len(LOG)) -> Bill:
    return Bill([prices] * lines, TIMES[:lines])


def test_every_seat_is_counted_apart_and_a_hit_only_as_a_hit() -> None:
    found = cost(LOG, 3, bill(DEAR, FREE, None))
    assert found is not None
    assert (found.fresh, found.cached, found.output) == ((400, 500, 0), (600, 0, 0), (50, 10, 0))
    assert (found.reasoning, found.attempts, found.hits) == ((20, 0, 0), (2, 1, 0), (1, 0, 0))
    assert found.usd == (pytest.approx((4000 + 600 + 5000) / 1e6), 0.0, 0.0)
    assert found.total_usd == pytest.approx(0.0096)
    assert found.tokens == 1560


def test_of_a_prompt_no_more_is_counted_as_cached_than_there_was() -> None:
    usage = Usage(prompt=100, cached=5000, output=1)
    found = cost([replied(0, usage)], 1, Bill([(DEAR,)], (0,)))
    assert found is not None
    assert (found.fresh, found.cached) == ((0,), (100,))
    assert found.total_usd == pytest.approx((100 * 1.0 + 1 * 100.0) / 1e6)


def test_seconds_run_from_the_last_ruling_to_the_reply_within_a_wave_too() -> None:
    found = cost(LOG, 3, bill(DEAR, FREE, None))
    assert found is not None
    assert found.seconds == (1.5, 1.0, 0.0)
    wave = [LOG[0], replied(0, Usage(prompt=1)), replied(1, Usage(prompt=1)), address((Halted("x"),), EVERYONE)]
    both = cost(wave, 3, Bill([(None,) * 3] * 4, (0, 700, 900, 950)))
    assert both is not None
    assert both.seconds == (0.7, 0.9, 0.0), "both were asked when the wave began"


def test_an_unknown_price_makes_the_seat_and_the_whole_unknown() -> None:
    found = cost(LOG, 3, bill(DEAR, None, None))
    assert found is not None
    assert found.usd[1:] == (None, 0.0)
    assert found.total_usd is None


def test_tokens_that_were_not_reported_are_counted_as_such_and_not_as_free() -> None:
    found = cost([replied(0, Usage())], 3, Bill([(DEAR, FREE, FREE)], (5,)))
    assert found is not None
    assert (found.uncounted, found.usd) == ((1, 0, 0), (None, 0.0, 0.0))


def test_a_prompt_that_the_endpoint_refused_as_too_long_is_a_request_and_no_cost() -> None:
    event = Replied(0, usage=Usage(attempts=1), overflow=Overflow(1, 2, 300, 200))
    found = cost([address((event,), EVERYONE)], 3, Bill([(DEAR, FREE, FREE)], (5,)))
    assert found is not None
    assert (found.attempts, found.uncounted, found.usd) == ((1, 0, 0), (0, 0, 0), (0.0, 0.0, 0.0))


def test_a_seat_that_changed_hands_is_counted_at_each_ones_price() -> None:
    lines = [replied(0, Usage(prompt=1_000_000)), replied(0, Usage(prompt=1_000_000))]
    found = cost(lines, 1, Bill([(FREE,), (DEAR,)], (1, 2)))
    assert found is not None
    assert found.usd == (10.0,)


def test_a_match_that_asked_no_endpoint_has_no_cost_at_all() -> None:
    assert costs([replied(0, None)], 3, Bill([(None,) * 3], (1,)), 5.0) == {}


def test_a_unit_of_the_gain_has_a_cost_only_where_there_is_a_gain() -> None:
    found = costs(LOG, 3, bill(DEAR, FREE, None), gain=0.5)
    assert found["usd_per_gain"] == pytest.approx(0.0192)
    assert found["tokens_per_gain"] == 3120
    assert isnan(per_gain(1.0, 0.0) or 0)
    assert isnan(per_gain(1.0, -2.0) or 0)
    assert per_gain(None, 3.0) is None
    assert "usd_per_gain" not in costs(LOG, 3, bill(DEAR, FREE, None), gain=None)
