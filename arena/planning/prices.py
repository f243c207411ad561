"""What the seats of a configuration are counted at."""

from __future__ import annotations

import os

from msgspec.structs import replace

from arena.configs.schema import RunConfig
from arena.core.price import Price
from arena.errors import Mistake, UsageError
from arena.models.prices import price_of
from arena.planning.endpoints import endpoint_of
from arena.transcripts.header import Sitter


def priced(sitter: Sitter) -> Sitter:
    """Who sits in a seat, with the price of its model where that is known. Raises UsageError, NotFound."""
    if sitter.kind != "model":
        return sitter
    return replace(sitter, price=price_of(endpoint_of(sitter.settings, os.environ), sitter.settings))


def unpriced(config: RunConfig) -> list[Mistake]:
    """Every model whose price is not known, where money is capped: the cap could not be held."""
    if config.limits.usd is None:
        return []
    return [
        Mistake(
            f"agents.{name}.price",
            f"unknown price of {agent.model!r}, with limits.usd",
            "add price: {in: , out: } in USD per million tokens, or cap tokens or calls in place of money",
        )
        for name, agent in config.agents.items()
        if agent.model is not None and _unknown(agent.model_dump(exclude_none=True))
    ]


def _unknown(settings: dict[str, object]) -> bool:
    try:
        return _price(settings) is None
    except UsageError:  # it has no address, which is another mistake
        return False


def _price(settings: dict[str, object]) -> Price | None:
    return price_of(endpoint_of(settings, os.environ), settings)
