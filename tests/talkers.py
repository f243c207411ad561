"""Answers for tests: pure functions of (view, ask) that use whatever the meeting allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from arena.core.board import Posting
from arena.core.events import Body, Message, Refused, Replied, Summarised
from arena.core.overflow import Overflow
from arena.core.view import Ask, Choice, Field, MoveSpec, Record, Reply, View

Answer = Callable[[View, Ask], Body[Any, Any] | Reply | str]


def value(field: Field, pick: int) -> Any:
    """A legal value of a field."""
    match field:
        case Choice(options=options):
            return options[pick % len(options)]
        case Record(fields=fields):
            return tuple(value(f, pick) for f in fields)
    return field.low + (pick * 2) % (field.high - field.low + 1) // 2 * 2


def move(view: View, spec: MoveSpec, pick: int, union: Any) -> Any:
    """A legal move of this kind."""
    import msgspec

    return msgspec.convert({"kind": spec.kind} | {f.name: value(f, pick) for f in spec.fields}, union)


def chatty(view: View, ask: Ask) -> Body[Any, Any]:
    """Speaks to everyone where it can, whispers where it can, moves where it may, bids, calls."""
    from tests.toy import Leave, Pledge

    if ask.kind == "bid":
        return Body(bid=(view.seat * 3 + ask.nth) % 4)
    messages = list[Message]()
    others = tuple(s for s in range(len(view.seats)) if s != view.seat)
    room = min(x for x in (ask.left.messages, 2) if x is not None)
    if ask.reach.public:
        messages.append(Message(others, f"{ask.nth}: I saw {len(view.events)} things"))
    if ask.reach.to:
        messages.append(Message(ask.reach.to[:1], f"{ask.nth}: psst"))
    fits = [
        m for m in messages if len(m.text) <= min(x for x in (ask.left.characters, ask.left.total, 99) if x is not None)
    ]
    specs = [spec for spec in ask.moves if spec.kind != "leave"]
    pledge = move(view, specs[0], ask.nth + view.seat, Pledge | Leave) if specs else None
    call = ask.callable[ask.nth % len(ask.callable)] if ask.kind == "call" else None
    said = tuple(fits[: min(room, 1 if ask.left.total is not None else 2)])
    return Body(messages=said, move=pledge, call=call, board=posting(view, ask))


def posting(view: View, ask: Ask) -> Posting | None:
    """Every other time a new text for the board, where there is one."""
    if ask.board is None or (ask.nth + view.seat) % 2:
        return None
    return Posting(ask.board.version, f"{ask.nth} by {view.seat} after {ask.board.text[:8]}")


def clumsy(view: View, ask: Ask) -> Body[Any, Any] | str:
    """Like `chatty`, but every third answer is malformed, and some break the rules."""
    from tests.toy import Pledge

    if (ask.nth + view.seat) % 3 == 0:
        return "I would rather not answer in JSON."
    if ask.board is not None and ask.kind != "bid" and (ask.nth + view.seat) % 7 == 2:
        return Body(board=Posting(ask.board.version + 1, "out of date"))
    if (ask.nth + view.seat) % 5 == 1:
        return Body(messages=(Message((view.seat,), "to myself"),), move=Pledge(99))
    return chatty(view, ask)


def forgetful(answer: Answer, every: int = 2) -> Answer:
    """Answers so, but has room for no more than `every` answers of its own and then needs a summary.

    It is to cover one answer less than there are, from the second time on after an overflow of the request for it too;
    its first try is malformed, every third time.
    """

    def outgrown(view: View, ask: Ask) -> Body[Any, Any] | Reply | str:
        summaries = sum(isinstance(event, Summarised) for event in view.events)
        if ask.kind == "summarise":
            if ask.covers > 1 and summaries:
                return Reply(overflow=Overflow(ask.covers - 1, 60, 1_000, 900))
            fresh = not isinstance(view.events[-1], Refused)
            return (
                "{ a summary" if fresh and summaries % 3 == 2 else Body(summary=f"Summary {summaries} of {view.seat}.")
            )
        if given(view) >= every:
            return Reply(overflow=Overflow(max(given(view) - 1, 1), 60, 1_000, 900))
        return answer(view, ask)

    return outgrown


def given(view: View) -> int:
    """The answers that a seat gave since its last summary."""
    count, asked = 0, False
    for event in view.events:
        if isinstance(event, Summarised):
            count, asked = 0, False
        elif isinstance(event, Replied):
            asked = asked or event.overflow is not None
            count += not asked
    return count
