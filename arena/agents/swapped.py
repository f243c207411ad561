"""A seat that one agent plays until something befalls it, and another from there on."""

from __future__ import annotations

from arena.core.events import Joined, Turned
from arena.core.view import Agent, Ask, Reply, View


class Swapped:
    """Asks `after` once the view holds an event of this kind, and `before` until then: so it is as pure as they are."""

    __slots__ = ("_after", "_before", "_kind", "repeatable")

    def __init__(self, kind: type[Joined] | type[Turned], before: Agent, after: Agent) -> None:
        self._kind, self._before, self._after = kind, before, after
        self.repeatable = all(getattr(agent, "repeatable", False) for agent in (before, after))

    async def reply(self, view: View, ask: Ask) -> Reply:
        """The reply of whoever sits here now."""
        swapped = any(type(event) is self._kind for event in view.events)
        return await (self._after if swapped else self._before).reply(view, ask)
