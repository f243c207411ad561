"""What a model costs: as the configuration declares it, else as the dated table in `configs/prices.yaml` has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from arena import assets
from arena.configs.load import parse, read_text
from arena.core.price import Price
from arena.errors import NotFound, UsageError
from arena.models.endpoint import Endpoint

TABLE = "prices.yaml"


class _Row(Struct, frozen=True, rename={"input": "in", "output": "out"}, forbid_unknown_fields=True):
    input: float
    output: float
    cached: float | None = None


class _Entry(Struct, frozen=True, forbid_unknown_fields=True):
    host: str
    date: date
    source: str
    models: dict[str, _Row]


def declared(price: Mapping[str, float]) -> Price:
    """The price that a configuration declares; a cached token costs what a fresh one does unless it says otherwise."""
    return Price(price["in"], price.get("cached", price["in"]), price["out"])


def price_of(endpoint: Endpoint, settings: Mapping[str, Any]) -> Price | None:
    """The price of a seat's model: its own `price`, else the table's for this model at this host; None: unknown.

    Raises UsageError where a table of one's own (ARENA_ASSETS) cannot be read.
    """
    own = settings.get("price")
    if own is not None:
        return declared(own)
    return table().get((urlsplit(endpoint.base_url).hostname or "", endpoint.model))


def table() -> dict[tuple[str, str], Price]:
    """All prices of the table, by host and model; of Arena's own table where one's own assets have none.

    Raises UsageError.
    """
    try:
        return _read(assets.path("configs", TABLE))
    except NotFound:
        return _read(assets.shipped("configs", TABLE))


@cache
def _read(path: Path) -> dict[tuple[str, str], Price]:
    found = parse(read_text(path), str(path))
    try:
        entries = msgspec.convert(found, list[_Entry])
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: {error}; expected entries with host, date, source and models") from None
    return {
        (entry.host, model): Price(
            row.input, row.input if row.cached is None else row.cached, row.output, entry.date.isoformat(), entry.source
        )
        for entry in entries
        for model, row in entry.models.items()
    }
