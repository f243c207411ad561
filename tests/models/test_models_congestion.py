"""How many requests an endpoint is sent at once, learnt from how it takes them."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from arena.models.congestion import IN_A_ROW, RAMP, START, Congestion
from arena.models.rates import Rate


def begun(most: int = 1000) -> Congestion:
    window = Congestion(most)
    window.sent(0.0, 1)
    return window


def rounds(window: Congestion, takes: int, times: int, start: int = 1, luck: float = 0.0) -> tuple[list[int], int]:
    """Round trips of a second with a server that answers so many at once and refuses the rest, and some by bad luck.

    How many were sent in each, and how many were refused.
    """
    sent, refused, dice = [], 0, Random(1)
    for second in range(start, start + times):
        limit = window.limit(float(second))
        sent.append(limit)
        for out in range(limit):
            window.sent(float(second), out + 1)
        for out in range(limit, 0, -1):
            if limit - out < takes and dice.random() >= luck:
                window.answered(second + 0.9, float(second), limit)  # as one ends, the next goes
            else:
                window.refused(second + 0.9, float(second), out, None)
                refused += 1
    return sent, refused


def test_it_starts_small_and_grows_with_time_and_with_every_answer_until_it_is_full() -> None:
    window = begun()
    assert window.limit(0.0) == START
    assert window.limit(0.5) == START + RAMP / 2
    before = window.limit(0.5)
    for _ in range(10):
        window.answered(0.5, 0.0, window.limit(0.5))
    assert window.limit(0.5) == before + 10
    assert window.wait(0.5) is not None
    assert window.limit(60.0) == 1000
    assert window.wait(60.0) is None


def test_no_more_than_the_most_is_ever_sent() -> None:
    window = begun(5)
    assert window.limit(0.0) == 5
    window.answered(1.0, 0.5, 5)
    assert window.limit(60.0) == 5
    assert Congestion(1).limit(0.0) == 1


def test_the_first_refusal_halves_what_was_out_and_ends_the_quick_start() -> None:
    window = begun()
    window.sent(0.0, 20)
    window.refused(0.0, 0.0, 3, None)  # 20 were out when it was sent
    assert window.limit(0.0) == 10
    assert window.limit(60.0) == 10  # time alone lets nobody go any more
    assert window.wait(60.0) is None


def test_refusals_of_one_round_trip_count_once() -> None:
    window = begun()
    for _ in range(20):
        window.refused(0.5, 0.0, 32, None)
    assert window.limit(0.5) == 16
    window.refused(1.5, 1.0, 16, None)  # this one was sent after the first
    assert window.limit(1.5) == 16
    window.refused(1.5, 1.0, 16, None)
    assert window.limit(1.5) == 8


def test_after_a_refusal_a_whole_window_of_answers_allows_one_more() -> None:
    window = begun()
    window.refused(0.0, 0.0, 20, None)
    for _ in range(10):
        window.answered(0.0, 0.0, 10)
    assert window.limit(0.0) == 10
    window.answered(0.0, 0.0, 10)
    assert window.limit(0.0) == 11
    for _ in range(100):
        window.answered(0.0, 0.0, 3)  # a window that is not used is not widened
    assert window.limit(0.0) == 11


def test_one_request_may_always_go() -> None:
    window = begun()
    sent, _ = rounds(window, 0, 30)
    assert sent[-1] == window.limit(100.0) == 1


@pytest.mark.parametrize("takes", [1, 4, 20, 100])
def test_it_settles_at_what_a_server_takes_and_little_is_refused(takes: int) -> None:
    window = begun()
    sent, _ = rounds(window, takes, 100)
    later, refused = rounds(window, takes, 400, start=101)
    assert takes / 2 <= sum(later) / 400 <= takes + 1
    assert max(later) <= takes + 2
    assert refused / sum(later) < (0.4 if takes == 1 else 0.15)
    assert max(sent[:2]) > takes
    assert all(limit <= takes + 2 for limit in sent[12:])  # from more than it takes down to that in few round trips


def test_a_server_that_refuses_at_random_is_not_throttled_as_one_that_is_full() -> None:
    window = begun(100)
    rounds(window, 1000, 100, luck=0.1)
    sent, _ = rounds(window, 1000, 400, start=101, luck=0.1)
    assert sum(sent) / 400 > 8  # halving each time would leave four


def test_a_server_that_takes_less_than_it_did_is_soon_sent_less() -> None:
    window = begun(64)
    rounds(window, 1000, 50)
    sent, _ = rounds(window, 4, 20, start=51)
    assert sent[0] == 64
    assert sent[10] <= 8


def test_an_endpoint_that_refuses_all_is_left_alone_for_as_long_as_it_wants() -> None:
    window = begun()
    for second in range(IN_A_ROW - 1):
        window.refused(float(second), 0.0, 32, 30.0)
    assert window.limit(1.0) > 0  # so few say little: it may be those requests alone
    window.refused(2.0, 0.0, 30, 30.0)
    assert window.limit(2.0) == 0
    assert window.wait(2.0) == 30.0
    assert window.limit(31.9) == 0
    assert window.limit(32.0) > 0


def test_an_answer_among_the_refusals_keeps_it_open() -> None:
    window = begun()
    for _ in range(10):
        window.refused(1.0, 0.0, 32, 30.0)
        window.answered(1.0, 0.0, 32)
    assert window.limit(1.0) > 0


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
    assert min(b - a for a, b in pairwise(went)) > 0.98


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
