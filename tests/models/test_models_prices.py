"""Prices: declared ones first, then the dated table, by host and model; anything else is unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from arena.core.price import Price
from arena.errors import UsageError
from arena.models.address import OPENAI
from arena.models.endpoint import Endpoint
from arena.models.prices import price_of, table

MINI = Endpoint("gpt-5-mini", OPENAI)


def test_a_well_known_model_has_the_price_of_the_table_with_its_date_and_source() -> None:
    found = price_of(MINI, {})
    assert found is not None
    assert (found.input, found.cached, found.output) == (0.25, 0.025, 2.0)
    assert date.fromisoformat(found.date) < date.today()
    assert found.source.startswith("https://")


def test_the_same_name_at_another_host_has_no_price() -> None:
    assert price_of(Endpoint("gpt-5-mini", "http://127.0.0.1:8000/v1"), {}) is None
    assert price_of(Endpoint("gpt-5-mini", "https://api.openai.com.example/v1"), {}) is None
    assert price_of(Endpoint("gpt-5-mini-of-mine", OPENAI), {}) is None


def test_what_is_declared_goes_before_the_table_and_cached_costs_as_fresh_unless_said() -> None:
    assert price_of(MINI, {"price": {"in": 3, "out": 4}}) == Price(3, 3, 4)
    assert price_of(MINI, {"price": {"in": 3, "cached": 1, "out": 4}}) == Price(3, 1, 4)
    free = price_of(MINI, {"price": {"in": 0, "out": 0}})
    assert free is not None
    assert free.free


def test_every_entry_of_the_table_is_dated_and_no_cached_token_is_dearer_than_a_fresh_one() -> None:
    assert len(table()) >= 10
    for (host, model), price in table().items():
        assert host
        assert model
        assert price.source
        assert date.fromisoformat(price.date).year >= 2025
        assert 0 < price.cached <= price.input <= price.output


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "configs").mkdir()
    monkeypatch.setenv("ARENA_ASSETS", str(tmp_path))
    return tmp_path / "configs" / "prices.yaml"


def test_a_table_of_ones_own_takes_the_place_of_arenas(own: Path) -> None:
    own.write_text("- {host: h, date: 2026-01-01, source: here, models: {m: {in: 1, out: 2}}}")
    assert price_of(Endpoint("m", "http://h/v1"), {}) == Price(1, 1, 2, "2026-01-01", "here")
    assert price_of(MINI, {}) is None


def test_assets_of_ones_own_without_a_table_leave_arenas(own: Path) -> None:
    assert price_of(MINI, {}) is not None


def test_a_table_that_is_none_says_where_and_what_was_expected(own: Path) -> None:
    own.write_text("- {host: h, models: {m: {in: 1}}}")
    with pytest.raises(UsageError, match=r"prices\.yaml: .*expected entries with host, date, source and models"):
        price_of(MINI, {})
