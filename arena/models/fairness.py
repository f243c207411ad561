"""Whose turn it is among those who wait: one of each match, then the next of each."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class FairQueue(Generic[T]):
    """Items by match. `pop` goes round the matches; those of one match leave in the order in which they came.

    So a match with many seats waits no less than one with two, and none is passed over.
    """

    def __init__(self) -> None:
        self._lines: OrderedDict[str, deque[T]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._lines)

    def put(self, match: str, item: T) -> None:
        """Add an item at the end of its match's line."""
        self._lines.setdefault(match, deque()).append(item)

    def peek(self) -> T:
        """What `pop` would give. Raises StopIteration where nobody waits."""
        return next(iter(self._lines.values()))[0]

    def pop(self) -> T:
        """Take out whoever's turn it is. Raises KeyError where nobody waits."""
        match, line = self._lines.popitem(last=False)
        item = line.popleft()
        if line:
            self._lines[match] = line  # behind the other matches
        return item

    def discard(self, match: str, item: T) -> None:
        """Take out an item that no longer waits; nothing happens where it is not there."""
        line = self._lines.get(match, deque())
        if item in line:
            line.remove(item)
        if not line:
            self._lines.pop(match, None)
