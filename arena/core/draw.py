"""Randomness that is derived, never drawn from a stream.

A generator belongs to a purpose: `draw.of("settle", round)`. Asking for one does not move any other, so a hidden draw
cannot shift a public one, and a match that is resumed or forked meets the same dice.
"""

from __future__ import annotations

from hashlib import blake2b
from random import Random


class Draw:
    """A 256-bit key from which generators are derived, one-way. The key itself is derived when it is first used."""

    __slots__ = ("_key", "_parent", "_path")

    def __init__(self, key: bytes) -> None:
        self._key: bytes | None = key
        self._parent: Draw | None = None
        self._path: tuple[str | int, ...] = ()

    @classmethod
    def root(cls, seed: int, salt: str) -> Draw:
        """The key of a match. A seed is small enough to try; a salt that is kept secret makes trying useless."""
        return cls(blake2b(f"{seed}".encode(), key=blake2b(salt.encode()).digest(), digest_size=32).digest())

    @property
    def key(self) -> bytes:
        """The 32 bytes. Once they are derived, the key above is let go."""
        if self._key is None:
            assert self._parent is not None, "a draw has a key or a parent to derive it from"
            path = "\x1f".join([f"{type(step).__name__}:{step}" for step in self._path])
            self._key = blake2b(path.encode(), key=self._parent.key, digest_size=32).digest()
            self._parent = None
        return self._key

    def at(self, *purpose: str | int) -> Draw:
        """The draw for a purpose; from its key, this one cannot be had back."""
        draw = Draw.__new__(Draw)
        draw._key, draw._parent, draw._path = None, self, purpose
        return draw

    def number(self, *purpose: str | int) -> int:
        """An integer in [0, 2**64) for a purpose."""
        return int.from_bytes(self.at(*purpose).key[:8], "big")

    def of(self, *purpose: str | int) -> Random:
        """A generator for a purpose."""
        return Random(int.from_bytes(self.at(*purpose).key, "big"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Draw) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)
