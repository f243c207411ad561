"""Numbers as people read them."""

from math import nan

import pytest

from arena.report.numbers import age, money, rough, rough_money, size


@pytest.mark.parametrize(
    ("usd", "expected"),
    [
        (None, "unknown"),
        (0.0, "$0.00"),
        (nan, "–"),
        (1234.5, "$1,234.50"),
        (0.1, "$0.10"),
        (0.0421, "$0.0421"),
        (0.006, "$0.0060"),
        (0.00042, "$0.00042"),
    ],
)
def test_money_is_never_rounded_to_nothing_and_unknown_is_not_nothing(usd: float | None, expected: str) -> None:
    assert money(usd) == expected


@pytest.mark.parametrize(
    ("usd", "expected"),
    [(None, "unknown"), (0.0, "$0.00"), (0.02179, "$0.022"), (0.304, "$0.30"), (1.26, "$1.30"), (123.4, "$120")],
)
def test_an_estimate_of_money_has_two_digits(usd: float | None, expected: str) -> None:
    assert rough_money(usd) == expected


def test_rough_numbers_sizes_and_ages() -> None:
    assert [rough(n) for n in (0, 7, 345, 12_345, 999_600, 3_440_000)] == [
        "0",
        "7",
        "340",
        "12,000",
        "1 million",
        "3.4 million",
    ]
    assert [size(n) for n in (0, 999, 1234, 56_789, 2_000_000_000)] == ["0 B", "999 B", "1.2 KB", "57 KB", "2 GB"]
    assert [age(s) for s in (-1, 12.4, 200, 7_200, 400_000)] == ["0 s", "12 s", "3 min", "2 h", "5 d"]
