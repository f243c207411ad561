"""Everything that a seat is shown, as bytes, at every cut of a match: what the tests of secrecy look through."""

from arena.testing.playing import tables
from arena.testing.shown import Reader, Shown, at_every_cut, changes, heard

__all__ = ["Reader", "Shown", "at_every_cut", "changes", "heard", "tables"]
