"""Who did which work."""

from __future__ import annotations

from msgspec import Struct


class Work(Struct, frozen=True):
    """The rounds of work that each seat did, work that was lost or done twice among them.

    units: by seat, each as (task, which round of its work); kinds: (tasks,), the kind of each; idle: by seat, the
    rounds in which it did nothing; rounds: how many were played; clashes: rounds of work lost because several took up
    the same task at once; handed: how often a task was handed over.
    """

    units: tuple[tuple[tuple[int, int], ...], ...]
    kinds: tuple[int, ...]
    idle: tuple[int, ...]
    rounds: int
    clashes: int
    handed: int
