"""A seat that a scripted policy plays."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.view import Ask, Reply, View
from arena.scripting.policies import Policy


class Scripted:
    """Answers each ask by the policy. Its dice belong to (the agent's draw, seat, nth): no ask moves another's."""

    repeatable = True  # asked again, it gives the same reply
    __slots__ = ("_draw", "_policy")

    def __init__(self, policy: Policy, draw: Draw) -> None:
        self._policy = policy
        self._draw = draw

    async def reply(self, view: View, ask: Ask) -> Reply:
        """The policy's body; there is no raw text."""
        return Reply(body=self._policy(view, ask, self._draw.at(view.seat, ask.nth)))
