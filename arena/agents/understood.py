"""From raw text to a reply, by whatever reads a model's text in this match."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from arena.core.events import Body, Fault
from arena.core.view import Ask, Reply

Parser = Callable[[str, Ask, tuple[str, ...]], Body[Any, Any] | Fault]
"""Reads (raw text, ask, the seats' names), as `arena.models.dialects.parse_raw` does for a family's moves and facts."""


def understood(raw: str, ask: Ask, seats: tuple[str, ...], parser: Parser) -> Reply:
    """The reply that this text amounts to: with a body, or with a fault."""
    read = parser(raw, ask, seats)
    return Reply(raw, fault=read) if isinstance(read, Fault) else Reply(raw, body=read)
