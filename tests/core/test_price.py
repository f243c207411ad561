"""What a reply costs: to the cent where it is known, and never $0.00 where it is not."""

import pytest

from arena.core.price import Price, usd
from arena.core.usage import Usage

MINI = Price(0.25, 0.025, 2.0)


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (Usage(prompt=1_000_000), 0.25),
        (Usage(prompt=1_000_000, cached=1_000_000), 0.025),
        (Usage(prompt=1_000_000, cached=600_000, output=100_000), 0.1 + 0.015 + 0.2),
        (Usage(prompt=10, output=1_000_000, reasoning=900_000), 2.0000025),
        (Usage(prompt=100, cached=300), 100 * 0.025 / 1e6),  # no more was cached than was read
    ],
)
def test_fresh_cached_and_written_tokens_have_prices_of_their_own(usage: Usage, expected: float) -> None:
    assert usd(usage, MINI) == pytest.approx(expected, rel=1e-12)


def test_a_hit_of_our_own_cache_costs_nothing_whatever_the_price() -> None:
    hit = Usage(prompt=1000, output=50, attempts=0, hit=True)
    assert usd(hit, MINI) == 0.0
    assert usd(hit, None) == 0.0


def test_a_reply_that_no_endpoint_gave_costs_nothing() -> None:
    assert usd(None, None) == 0.0


def test_without_a_price_or_a_count_it_is_unknown_and_not_nothing() -> None:
    assert usd(Usage(prompt=100, output=5), None) is None
    assert usd(Usage(output=5), MINI) is None
    assert usd(Usage(), MINI) is None


def test_what_is_declared_free_is_free_even_uncounted() -> None:
    assert usd(Usage(), Price(0, 0, 0)) == 0.0
    assert usd(Usage(prompt=100, output=5), Price(0, 0, 0)) == 0.0
