"""Playing matches in tests: agents that are functions, a record that is a list."""

from arena.testing.playing import Answer, Function, Memory, run

__all__ = ["Answer", "Function", "Memory", "run"]
