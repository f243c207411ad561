"""A seat that a scripted policy plays."""

from __future__ import annotations

from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.events import Body
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
        """The policy's body; there is no raw text. Where no notes are kept, its are left out.

        It needs no summary, and gives none that says anything.
        """
        if ask.kind == "summarise":  # it sits where a model sat, up to a fork
            return Reply(body=Body(summary="Nothing is left out: I read what happened as it happened."))
        body = self._policy(view, ask, self._draw.at(view.seat, ask.nth))
        return Reply(body=body if ask.notes or body.notes is None else replace(body, notes=None))
