"""What a worker is given to find its coordinator."""

from __future__ import annotations

from msgspec import Struct


class Letter(Struct, frozen=True):
    """Where the coordinator listens, the token to show, and which place among the workers is taken, from 0."""

    host: str
    port: int
    token: str
    place: int
