"""Channels: whom a seat may address. What a seat may not reach it cannot be heard by; moves are always public."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from arena.core.view import Reach

NOBODY = Reach(False, ())
EVERYONE = Reach(True, ())


@cache
def others(seat: int, n: int) -> tuple[int, ...]:
    """All of n seats but this one."""
    return tuple(s for s in range(n) if s != seat)


class Public(Struct, frozen=True, tag="public", tag_field="kind"):
    """Everyone hears everything; with `whispers`, a seat may also speak to some alone."""

    whispers: bool = False

    def reach(self, seat: int, n: int) -> Reach:
        return Reach(True, others(seat, n)) if self.whispers else EVERYONE


class Star(Struct, frozen=True, tag="star", tag_field="kind"):
    """All words go through the hub: it reaches everyone, the others reach it alone."""

    hub: int = 0

    def reach(self, seat: int, n: int) -> Reach:
        return Reach(True, others(seat, n)) if seat == self.hub else Reach(False, (self.hub,))


class Chain(Struct, frozen=True, tag="chain", tag_field="kind"):
    """A seat reaches its neighbours; the first and the last have one."""

    def reach(self, seat: int, n: int) -> Reach:
        return Reach(False, tuple(s for s in (seat - 1, seat + 1) if 0 <= s < n))


class Ring(Struct, frozen=True, tag="ring", tag_field="kind"):
    """A seat reaches its two neighbours, around a circle."""

    def reach(self, seat: int, n: int) -> Reach:
        return Reach(False, tuple(sorted({(seat - 1) % n, (seat + 1) % n} - {seat})))


class Teams(Struct, frozen=True, tag="teams", tag_field="kind"):
    """A seat reaches its own team.

    With `public`, everyone at once as well. Whoever is in no team has only the latter.
    """

    teams: tuple[tuple[int, ...], ...]
    public: bool = False

    def reach(self, seat: int, n: int) -> Reach:
        mates = {mate for team in self.teams if seat in team for mate in team} - {seat}
        return Reach(self.public, tuple(sorted(mates)))


class Silent(Struct, frozen=True, tag="silent", tag_field="kind"):
    """Nobody speaks; only moves are seen."""

    def reach(self, seat: int, n: int) -> Reach:
        return NOBODY


Channel = Public | Star | Chain | Ring | Teams | Silent
