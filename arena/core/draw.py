"""Randomness that is derived, never drawn from a stream.

A generator belongs to a purpose: `draw.of("settle", round)`. Asking for one does not move any other, so a hidden draw
cannot shift a public one, and a match that is resumed or forked meets the same dice.
"""

from __future__ import annotations

from hashlib import blake2b
from random import Random

from msgspec import Struct


class Draw(Struct, frozen=True):
    """A 256-bit key from which generators are derived, one-way."""

    key: bytes

    @classmethod
    def root(cls, seed: int, salt: str) -> Draw:
        """The key of a match. A seed is small enough to try; a salt that is kept secret makes trying useless."""
        return cls(blake2b(f"{seed}".encode(), key=blake2b(salt.encode()).digest(), digest_size=32).digest())

    def at(self, *purpose: str | int) -> Draw:
        """The key for a purpose; from it, this key cannot be had back."""
        path = "\x1f".join(f"{type(p).__name__}:{p}" for p in purpose)
        return Draw(blake2b(path.encode(), key=self.key, digest_size=32).digest())

    def number(self, *purpose: str | int) -> int:
        """An integer in [0, 2**64) for a purpose."""
        return int.from_bytes(self.at(*purpose).key[:8], "big")

    def of(self, *purpose: str | int) -> Random:
        """A generator for a purpose."""
        return Random(int.from_bytes(self.at(*purpose).key, "big"))
