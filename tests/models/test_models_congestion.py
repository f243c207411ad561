"""How many requests an endpoint is sent at once, learnt from how it takes them."""

from __future__ import annotations

import itertools

from arena.models.congestion import COOL, IN_A_ROW, RAMP, START, Congestion
from arena.models.rates import Rate


def begun(most: int = 1000) -> Congestion:
    window = Congestion(most)
    window.sent(0.0)
    return window


def test_it_starts_small_and_grows_with_time_and_with_every_answer_until_it_is_full() -> None:
    window = begun()
    assert window.limit(0.0) == START
    assert window.limit(0.5) == START + RAMP / 2
    before = window.limit(0.5)
    for _ in range(10):
        window.answered(window.limit(0.5))
    assert window.limit(0.5) == before + 10
    assert window.wait(0.5) is not None
    assert window.limit(60.0) == 1000
    assert window.wait(60.0) is None


def test_no_more_than_the_most_is_ever_sent() -> None:
    window = begun(5)
    assert window.limit(0.0) == 5
    window.answered(5)
    assert window.limit(60.0) == 5
    assert Congestion(1).limit(0.0) == 1


def test_a_refusal_halves_what_was_out_and_ends_the_quick_start() -> None:
    window = begun()
    window.refused(0.0, 20, None)
    assert window.limit(0.0) == 10
    assert window.limit(60.0) == 10  # time alone lets nobody go any more
    assert window.wait(60.0) is None


def test_refusals_of_what_was_sent_before_the_decrease_count_once() -> None:
    window = begun()
    for _ in range(IN_A_ROW - 1):
        window.refused(0.0, 32, None)
    window.answered(1)
    window.refused(COOL / 2, 32, None)
    assert window.limit(COOL / 2) == 16
    window.refused(COOL, 16, None)
    assert window.limit(COOL) == 8


def test_after_a_refusal_a_whole_window_of_answers_allows_one_more() -> None:
    window = begun()
    window.refused(0.0, 20, None)
    for _ in range(10):
        window.answered(10)
    assert window.limit(0.0) == 10
    window.answered(10)
    assert window.limit(0.0) == 11
    for _ in range(100):
        window.answered(3)  # a window that is not used is not widened
    assert window.limit(0.0) == 11


def test_one_request_may_always_go() -> None:
    window = begun()
    for second in range(20):
        window.answered(1)
        window.refused(second * 2 * COOL, 1, None)
    assert window.limit(100.0) == 1


def test_an_endpoint_that_refuses_all_is_left_alone_for_as_long_as_it_wants() -> None:
    window = begun()
    window.refused(1.0, 32, 30.0)
    assert window.limit(1.0) > 0  # one refusal says little: it may be that request alone
    window.refused(1.0, 31, 30.0)
    window.refused(2.0, 30, 30.0)
    assert window.limit(2.0) == 0
    assert window.wait(2.0) == 30.0
    assert window.limit(31.9) == 0
    assert window.limit(32.0) > 0


def test_an_answer_among_the_refusals_keeps_it_open() -> None:
    window = begun()
    for _ in range(10):
        window.refused(1.0, 32, 30.0)
        window.answered(32)
    assert window.limit(1.0) > 0


def test_it_settles_around_what_an_endpoint_can_take() -> None:
    """A server that answers 20 of those that come at once, and refuses the rest: rounds of one second each."""
    window, sent = begun(), []
    for second in range(200):
        limit = window.limit(float(second))
        sent.append(limit)
        for i in range(limit):
            if i < 20:
                window.answered(limit)
            else:
                window.refused(second + 0.5, limit, None)
    assert min(sent[50:]) >= 10
    assert max(sent[50:]) <= 21
    assert sum(sent[50:]) / 150 > 14


def test_so_many_a_minute_go_evenly() -> None:
    rate, went, now = Rate(60), [], 0.0
    while now < 120.0:
        wait = rate.wait(1, now)
        if wait == 0:
            rate.take(1, now)
            went.append(now)
        now += wait or 0.01
    assert len(went) in (120, 121)
    assert max(sum(start <= t < start + 60 for t in went) for start in range(60)) <= 61
    assert min(b - a for a, b in itertools.pairwise(went)) > 0.98


def test_a_high_rate_lets_a_seconds_worth_go_at_once_and_no_more() -> None:
    rate = Rate(600)
    went = 0
    while rate.wait(1, 5.0) == 0:
        rate.take(1, 5.0)
        went += 1
    assert went == 10
    assert abs(rate.wait(1, 5.0) - 0.1) < 1e-9


def test_what_is_larger_than_the_allowance_goes_when_it_is_full_and_is_waited_for() -> None:
    rate = Rate(6000)  # 100 tokens a second
    assert rate.wait(1000, 0.0) == 0
    rate.take(1000, 0.0)
    assert abs(rate.wait(1000, 0.0) - 10.0) < 1e-6
    assert rate.wait(50, 9.5) == 0.0
    rate.take(-500, 9.5)  # it was less than was thought
    assert rate.wait(100, 9.5) == 0.0
