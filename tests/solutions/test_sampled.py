"""Means of playouts: their standard error, also where all playouts came out alike."""

from __future__ import annotations

from statistics import stdev

import pytest

from arena.solutions.sampled import sampled


def test_the_error_of_a_mean_is_its_standard_error() -> None:
    mean, error = sampled([1.0, 2.0, 3.0, 6.0], marks=[100.0])
    assert mean == 3.0
    assert error == pytest.approx(stdev([1, 2, 3, 6]) / 2)


def test_playouts_that_came_out_alike_leave_room_for_what_is_rare() -> None:
    assert sampled([0.0] * 64, marks=[10.0, -20.0])[1] * 1.96 == pytest.approx(20 * 3 / 64)


def test_an_event_that_was_missed_lies_within_the_interval() -> None:
    """Of probability 1/32 and worth 128, it is missed by 13 of a hundred samples; its mean is 4."""
    mean, error = sampled([0.0] * 64, marks=[128.0])
    assert mean + 1.96 * error > 128 / 32


def test_where_nothing_else_is_known_alike_is_alike() -> None:
    assert sampled([2.0] * 64, marks=[2.0]) == (2.0, 0.0)
    assert sampled([2.0] * 64, marks=[]) == (2.0, 0.0)
