"""Garbage is collected less often for a while, and as before afterwards."""

import gc

import pytest

from arena.runs.garbage import THRESHOLDS, seldom


def test_what_was_set_before_is_set_again_whatever_happens() -> None:
    before = gc.get_threshold()
    within = []

    def broken() -> None:
        within.extend([gc.get_threshold() == THRESHOLDS, gc.get_freeze_count() > 0])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), seldom():
        broken()
    assert within == [True, True]
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_circles_are_still_collected() -> None:
    class Link:
        def __init__(self) -> None:
            self.me = self

    with seldom():
        for _ in range(3 * THRESHOLDS[0]):
            Link()
        assert sum(isinstance(each, Link) for each in gc.get_objects()) <= THRESHOLDS[0]
