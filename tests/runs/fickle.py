"""A scenario whose instances cannot all be dealt, and an agent for it: `fickle.py:SCENARIO`, `fickle.py:passing`."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, Reply, View
from arena.errors import BadParams
from tests.toy import Params, Pool, Task

SCENARIO = Pool()
_deal = SCENARIO.deal


def deal(params: Params, draw: Draw) -> Task:
    """As the toy deals; where the first seat would have few coins, not at all."""
    task = _deal(params, draw)
    if task.purses[0].coins < 4:
        raise BadParams(f"{task.purses[0].coins} coins are too few")
    return task


SCENARIO.deal = deal  # type: ignore[method-assign]


async def passing(view: View, ask: Ask) -> Reply:
    return Reply(body=Body())
