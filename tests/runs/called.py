"""Agents of one's own, as a configuration calls them: `called.py:slow`. Each notes down what it was asked."""

import asyncio
import os
from pathlib import Path
from typing import Any

from arena.core.draw import Draw
from arena.core.events import Body, Claim, Message
from arena.core.view import Ask, Reply, View
from arena.scenarios.bargain.policies import find
from arena.scenarios.bargain.terms import Points

POLICIES = tuple(find(name) for name in ("conceder", "tit-for-tat", "planner"))


def note(view: View, ask: Ask) -> None:
    """One line for each ask in the file that the variable ASKED names, if it does."""
    if place := os.environ.get("ASKED"):
        with Path(place).open("a") as file:
            file.write(f"{view.seat} {ask.nth}\n")


def answer(view: View, ask: Ask) -> Reply:
    draw = Draw.root(5, "called").at(view.seat, ask.nth)
    return Reply(body=POLICIES[view.seat % 3](view, ask, draw))


async def slow(view: View, ask: Ask) -> Reply:
    """Takes its time, by the seat and the ask: SLOW times 1 to 4 milliseconds."""
    note(view, ask)
    await asyncio.sleep(int(os.environ.get("SLOW", "1")) * (1 + (view.seat * 7 + ask.nth * 3) % 4) / 1000)
    return answer(view, ask)


async def stuck(view: View, ask: Ask) -> Reply:
    """Answers once; its second answer does not come within a day."""
    note(view, ask)
    if ask.nth == 1:
        await asyncio.sleep(86_400)
    return answer(view, ask)


async def loose(view: View, ask: Ask) -> Reply:
    """Types that Python takes and that a record does not give back: lists for tuples, whole numbers for points."""
    others = [seat for seat in range(len(view.seats)) if seat != view.seat]
    issue = view.known.common.rules.issues[0]
    claim = Points(issue.name, [7 * i for i, _ in enumerate(issue.options)])  # type: ignore[arg-type]
    move = answer(view, ask).body.move  # type: ignore[union-attr]
    body: Body[Any, Any] = Body([Message(others, f"no. {ask.nth}")], [Claim(others, claim)], move)  # type: ignore[arg-type]
    return Reply(body=body)


async def surrogate(view: View, ask: Ask) -> Reply:
    others = tuple(seat for seat in range(len(view.seats)) if seat != view.seat)
    return Reply(body=Body((Message(others, "half a pair: \ud800"),)))


async def nothing(view: View, ask: Ask) -> None:
    """Forgets to return."""


async def untyped(view: View, ask: Ask) -> Reply:
    """A move that is no move of this family."""
    return Reply(body=Body(move="accept"))


async def crashing(view: View, ask: Ask) -> Reply:
    """Fails on its second turn."""
    note(view, ask)
    if ask.nth == 1 and not os.environ.get("MENDED"):
        raise ZeroDivisionError("one over nothing")
    return answer(view, ask)


async def crashing_oddly(view: View, ask: Ask) -> Reply:
    raise ValueError("half a pair: \ud800")


def not_async(view: View, ask: Ask) -> Reply:
    return answer(view, ask)


not_callable = 3
