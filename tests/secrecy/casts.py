"""Bargains full of secrets, and seats that try everything with theirs: for the tests of secrecy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec import structs
from msgspec.json import encode

from arena.agents.find import find
from arena.core.board import Posting
from arena.core.draw import Draw
from arena.core.events import Body, Claim, Fault, Message, Refused, Replied, Summarised
from arena.core.game import Game
from arena.core.view import Agent, Ask, Reply, View
from arena.models.dialects import parse_raw
from arena.moderators.channels import others
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import Accept, BargainTask, Fact, Goal, Move, Propose, Reserve, Sheet

SECRETIVE: dict[str, Any] = {"issues": 3, "options": 3, "rounds": 2, "values": "noisy", "interactions": 1}
Acts = Callable[[View, Ask], Body[Any, Any] | Reply | str]


def bargain(seats: int, seed: int, **params: Any) -> Game:
    """A generated bargain in which every seat has a sheet with noisy points and a goal, and the first one a veto."""
    drawn = Draw.root(seed, "a salt of the tests")
    given = Params(**{"seats": seats, "goals": seats, "vetoes": 1, **SECRETIVE, **params})
    return Game(SCENARIO, SCENARIO.deal(given, drawn.at("deal")), drawn, tuple(range(seats)))


def task_of(game: Game) -> BargainTask:
    """What was dealt."""
    assert isinstance(game.task, BargainTask)
    return game.task


def canaries(game: Game) -> list[tuple[str, ...]]:
    """For each seat, the marks of its own secrets: its sheet, the truth behind it, its goals."""
    task = task_of(game)
    return [
        (task.sheets[seat].canary, *(g.canary for g in task.goals if g.seat == seat)) for seat in range(len(task.seats))
    ]


def parsed(raw: str, ask: Ask, names: tuple[str, ...]) -> Body[Any, Any] | Fault:
    """Raw text as a bargain's moderator reads it."""
    return parse_raw(raw, ask, names, Move, Fact)


def cast(game: Game, names: Sequence[str]) -> list[Agent]:
    """Agents by their names, `marked NAME` those that mark whatever nobody else may see (see Marked)."""
    dice = game.draw.at("agents", 0)
    agents = list[Agent]()
    for name in names:
        inner = find(name.removeprefix("marked "), "bargain", dice, parsed)
        agents.append(Marked(inner) if name.startswith("marked ") else inner)
    return agents


def marks(seat: int) -> tuple[str, str]:
    """What stands in everything that a marked seat writes in vain: a word, and a number of its refused claims."""
    return f"MARK-{seat}-KRAM", f"731000{seat}"


class Marked:
    """Plays as the agent within, and marks all that nobody else may see: its notes, its reasoning, every other answer.

    Those are malformed; or in form but illegal, words, a claim and a note beside the move, to be refused as a whole.
    """

    def __init__(self, inner: Agent) -> None:
        self._inner = inner

    async def reply(self, view: View, ask: Ask) -> Reply:
        told, number = marks(view.seat)
        if ask.nth % 4 == 0:
            return Reply(f"{told}: I would rather not say", fault=Fault("no_object", f"{told} is no JSON object."))
        if ask.nth % 4 == 2:
            to = others(view.seat, len(view.seats))
            claim = Claim(to, Reserve(float(number)))
            wrong = Body((Message(to, told),), (claim,), Accept(999), told, bid=99 if ask.kind == "bid" else None)
            return Reply(f"{told} {{}}", wrong, reasoning=told)
        reply = await self._inner.reply(view, ask)
        keeps = ask.notes and ask.kind != "bid"
        noted = structs.replace(reply.body, notes=told) if reply.body is not None and keeps else None
        return structs.replace(reply, body=noted or reply.body, reasoning=told)


# Another's secrets --------------------------------------------------------------------------------------------------


def with_secrets(game: Game, seat: int) -> Game:
    """The same deal but for one seat's secrets: points, threshold, discount, cost, interactions, truth, goals."""
    task = task_of(game)
    return structs.replace(
        game,
        task=structs.replace(
            task,
            sheets=tuple(_other(s, 1.0) if s.seat == seat else s for s in task.sheets),
            truth=tuple(_other(s, 2.0) if s.seat == seat else s for s in task.truth),
            goals=(*(g for g in task.goals if g.seat != seat), *_goals(task, seat)),
        ),
    )


def _other(sheet: Sheet, more: float) -> Sheet:
    points = tuple(tuple(p + more + k for k, p in enumerate(reversed(row))) for row in reversed(sheet.points))
    return structs.replace(
        sheet, points=points, threshold=sheet.threshold + 9, interactions=(), discount=0.9, cost=1.0, canary="OTHER-1"
    )


def _goals(task: BargainTask, seat: int) -> tuple[Goal, ...]:
    issue = task.rules.issues[0]
    return (Goal(seat, "block", 31.0, issue.name, issue.options[0], "OTHER-2"), Goal(seat, "propose", 5.0))


# Public acts that depend on no secret ---------------------------------------------------------------------------------


def turns_had(view: View) -> int:
    """The turns (or bids) that a seat has had: its replies, but those that were refused, and summaries."""
    replies = sum(isinstance(e, Replied) and e.overflow is None for e in view.events)
    return replies - sum(isinstance(e, Refused | Summarised) for e in view.events)


def acts(view: View, ask: Ask) -> Body[Any, Any]:
    """Speaks, claims, whispers, offers, answers, bids and calls by its seat and the number of its turn alone."""
    n = turns_had(view)
    if ask.kind == "bid":
        return Body(bid=(view.seat * 3 + n) % 4)
    words = [Message(others(view.seat, len(view.seats)), f"turn {n}")] if ask.reach.public else []
    words += [Message(ask.reach.to[-1:], f"psst {n}")] if ask.reach.to else []
    room = 1 if ask.left.messages is not None or ask.left.total is not None else 2
    claims = tuple(Claim(m.to, Reserve(float(n))) for m in words[:1])
    call = ask.callable[n % len(ask.callable)] if ask.kind == "call" else None
    board = Posting(ask.board.version, f"turn {n} of {view.seat}") if ask.board is not None and n % 3 == 0 else None
    return Body(tuple(words[:room]), claims, _move(view, ask, n), call=call, board=board)


def _move(view: View, ask: Ask, n: int) -> Any:
    """Every other turn an offer, where one may be made; else a rejection; else nothing."""
    kinds = {spec.kind: spec for spec in ask.moves}
    if "propose" in kinds and n % 2 == 0:
        return Propose(tuple(i.options[(n + view.seat * k) % 3] for k, i in enumerate(view.known.common.rules.issues)))
    if "reject" in kinds:
        return msgspec.convert({"kind": "reject", "offer": kinds["reject"].fields[0].options[0]}, Move)  # type: ignore[union-attr]
    return None


def in_private(times: int) -> Acts:
    """Acts alike in public, and differently where nobody sees it: notes, and so many malformed answers before each."""

    def answer(view: View, ask: Ask) -> Body[Any, Any] | str:
        tried = 0
        while tried < len(view.events) and isinstance(view.events[-1 - tried], Refused):
            tried += 2  # a refusal stands behind the reply that it refuses
        if tried < 2 * times:
            return f"{{ malformed: {encode(view.known.own).decode()}"
        body = acts(view, ask)
        keeps = ask.notes and ask.kind != "bid"
        return structs.replace(body, notes=f"I hold {view.known.own.sheets}") if keeps else body

    return answer
