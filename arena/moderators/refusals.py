"""Refusals: whether a reply will do, judged from what its author knows. All of it is accepted, or none.

The codes are what conduct is counted by; the words go to the offender alone and say what to do instead.
"""

from __future__ import annotations

from typing import Any

from arena.core.events import Body, Message, Seats
from arena.core.protocol import Refusal
from arena.core.view import Allowance, Ask, Choice, Field, MoveSpec, Record, Whole
from arena.core.wire import HIGHEST_BID
from arena.moderators.channels import others
from arena.moderators.limits import NO_LIMIT


def judge(ask: Ask, everyone: Seats, body: Body[Any, Any]) -> Refusal | None:
    """What is wrong with a reply as an answer to this ask, its move apart; None if nothing is."""
    match ask.kind:
        case "bid":
            return _bid(body)
        case "summarise":
            return _summary(ask, body)
        case "call" if body.call not in ask.callable:
            return Refusal("call", "Name who speaks next, one of the seats you may call.")
        case "speak" if body.call is not None:
            return Refusal("call", "Only the chair names who speaks next.")
    if body.bid is not None:
        return Refusal("bid", "This is your turn to speak; no bid is asked for.")
    if body.summary is not None:
        return Refusal("summary", "This is your turn to speak; no summary is asked for.")
    refusal = _memory(ask, body) or (_talk(ask, everyone, body) if body.messages or body.claims else None)
    if refusal is not None:
        return refusal
    if body.move is None and ask.must:
        return Refusal("no_move", "A move is owed in this phase: choose one of the legal moves.")
    return None


def _bid(body: Body[Any, Any]) -> Refusal | None:
    if body.bid is None or not 0 <= body.bid <= HIGHEST_BID:
        return Refusal("bid", f"Bid for the floor with a whole number from 0 to {HIGHEST_BID}.")
    if body != Body(bid=body.bid):
        return Refusal("bid", "Only a bid is asked for now; keep the rest for when you have the floor.")
    return None


def _summary(ask: Ask, body: Body[Any, Any]) -> Refusal | None:
    text, most = body.summary, ask.left.characters
    if text is None or not text or text.isspace():
        return Refusal("summary", "Only a summary of what you were told is asked for now; write one.")
    if body != Body(summary=text):
        return Refusal("summary", "Only a summary is asked for now; keep the rest for your turn.")
    if most is not None and len(text) > most:
        return Refusal("too_long", f"The summary has {len(text)} characters; at most {most} are allowed.")
    return None


def _memory(ask: Ask, body: Body[Any, Any]) -> Refusal | None:
    if body.notes is not None and not ask.notes:
        return Refusal("notes", "No notes are kept in this meeting; leave them out.")
    if body.board is None:
        return None
    if ask.board is None:
        return Refusal("board", "There is no shared board in this meeting; leave it out.")
    if body.board.version != ask.board.version:
        return Refusal(
            "stale",
            f"You wrote the board against version {body.board.version}; it is at version {ask.board.version}. "
            "Read it as it stands, and write it anew or leave it.",
        )
    if len(body.board.text) > ask.board.room:
        return Refusal(
            "too_long", f"The board has {len(body.board.text)} characters; at most {ask.board.room} are allowed."
        )
    return None


def _talk(ask: Ask, everyone: Seats, body: Body[Any, Any]) -> Refusal | None:
    for message in body.messages:
        refusal = _reaches(ask, everyone, message.to) or _empty(message)
        if refusal is not None:
            return refusal
    for claim in body.claims:
        refusal = _reaches(ask, everyone, claim.to) or _unclaimable(ask, claim.fact)
        if refusal is not None:
            return refusal
    return _budget(ask.left, body.messages) if ask.left is not NO_LIMIT else None


def _reaches(ask: Ask, everyone: Seats, to: Seats) -> Refusal | None:
    reach = ask.reach
    if reach.public and to == others(ask.seat, len(everyone)):
        return None
    if not to or ask.seat in to or len(set(to)) != len(to) or not set(to) <= set(everyone):
        return Refusal("channel", "A message needs other seats to go to, each of them once.")
    if (reach.public and len(to) == len(everyone) - 1) or set(to) <= set(reach.to):
        return None
    if not reach.public and not reach.to:
        return Refusal("channel", "You cannot send messages now; make a move or pass.")
    return Refusal("channel", "You cannot reach that audience; the rules of the meeting say whom you may address.")


def _unclaimable(ask: Ask, fact: Any) -> Refusal | None:
    kind = type(fact).__struct_config__.tag
    if any(spec.kind == kind and _fits(spec, fact) for spec in ask.claims):
        return None
    kinds = ", ".join(dict.fromkeys(spec.kind for spec in ask.claims)) or "none"
    return Refusal("claim", f"That is nothing that you can disclose here; you can disclose: {kinds}.")


def _empty(message: Message) -> Refusal | None:
    if message.text and not message.text.isspace():
        return None
    return Refusal("empty_message", "A message has no words in it; leave it out or write some.")


def _budget(left: Allowance, messages: tuple[Message, ...]) -> Refusal | None:
    longest = max([len(m.text) for m in messages], default=0)
    total = sum([len(m.text) for m in messages])
    if left.characters is not None and longest > left.characters:
        return Refusal("too_long", f"A message has {longest} characters; at most {left.characters} are allowed.")
    if left.messages is not None and len(messages) > left.messages:
        return Refusal("budget", f"You sent {len(messages)} messages; you have {left.messages} left.")
    if left.total is not None and total > left.total:
        return Refusal("budget", f"Your messages have {total} characters; you have {left.total} left in this match.")
    return None


def judge_move(ask: Ask, move: Any) -> Refusal | None:
    """What is wrong with a move, by the forms that are legal now; the game has had its more telling say before."""
    kind = type(move).__struct_config__.tag
    for spec in ask.moves:
        if spec.kind == kind and _fits(spec, move):
            return None
    kinds = dict.fromkeys(spec.kind for spec in ask.moves)
    if kind in kinds:
        return Refusal("illegal", f"That {kind} is not legal now: one of its values is not among the choices you have.")
    legal = ", ".join(kinds) or "no move at all"
    return Refusal("illegal", f"You cannot {kind} now; legal now: {legal}.")


def _fits(spec: MoveSpec, move: Any) -> bool:
    for field in spec.fields:  # a loop costs half of what all() does, and this is asked of every move
        if not _allows(field, getattr(move, field.name)):
            return False
    return True


def _allows(field: Field, value: Any) -> bool:
    match field:
        case Record(fields=fields):
            if len(value) != len(fields):
                return False
            for part, its in zip(fields, value, strict=True):
                if its not in part.options if isinstance(part, Choice) else not part.low <= its <= part.high:
                    return False
            return True
        case Choice(options=options):
            return value in options
        case Whole(low=low, high=high):
            return bool(low <= value <= high)
