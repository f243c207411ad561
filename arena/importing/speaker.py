"""A seat that does again what a foreign record says that somebody did in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_never

from arena.core.events import Body, Message
from arena.core.view import Ask, Reply, View
from arena.errors import Halt
from arena.importing.record import Act, Answers, Leaves, Offers, Turn
from arena.scenarios.bargain.terms import Accept, Dealings, Move, Propose, Reject, WalkAway

NO_OFFER = 0  # offers are numbered from 1


class Speaker:
    """Answers the nth ask with the nth of its turns.

    Raises Halt, with `why` the record stops, where it holds no nth turn.
    """

    repeatable = True  # asked again, it says the same

    def __init__(self, turns: Sequence[Turn], why: str) -> None:
        self._turns, self._why = tuple(turns), why

    async def reply(self, view: View, ask: Ask) -> Reply:
        if ask.nth >= len(self._turns):
            raise Halt(self._why)
        turn = self._turns[ask.nth]
        everyone = tuple([seat for seat in range(len(view.seats)) if seat != view.seat])
        messages = (Message(everyone, turn.text),) if turn.text.strip() else ()
        move = None if turn.act is None else _move(view.known.common, view.seat, turn.act)
        body: Body[Move, Any] = Body(messages, move=move)
        return Reply(body=body, reasoning=turn.thought)


def _move(table: Dealings, seat: int, act: Act) -> Move:
    match act:
        case Offers(deal=deal):
            return Propose(deal)
        case Answers(accepts=accepts):
            newest = max([offer.number for offer in table.offers if offer.by != seat], default=NO_OFFER)
            return Accept(newest) if accepts else Reject(newest)
        case Leaves():
            return WalkAway()
    assert_never(act)
