from random import Random

import pytest

from arena.mock.latency import Latency, read_latency


@pytest.mark.parametrize(
    ("spelt", "low", "high"), [("0", 0, 0), ("0.2", 0.2, 0.2), ("0.1-0.5", 0.1, 0.5), (" 1 - 2 ", 1, 2)]
)
def test_a_latency_is_seconds_or_a_range_of_them(spelt: str, low: float, high: float) -> None:
    assert read_latency(spelt) == Latency(low, high)


@pytest.mark.parametrize("spelt", ["", "fast", "-1", "2-1", "1-", "nan", "inf", "0-inf", "1-2-3"])
def test_anything_else_is_refused(spelt: str) -> None:
    with pytest.raises(ValueError, match="is not a latency; expected seconds"):
        read_latency(spelt)


def test_waits_lie_within_the_range() -> None:
    waits = [Latency(0.1, 0.5).draw(Random(seed)) for seed in range(50)]
    assert all(0.1 <= wait <= 0.5 for wait in waits)
    assert len(set(waits)) == 50
