"""One event as people see it: a function of who looks, the look of the family, and the event; None is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from arena.core.events import (
    AnyAddressed,
    AnyEvent,
    Bid,
    Carried,
    Certified,
    Closed,
    Delivered,
    Disclosed,
    Dropped,
    Floor,
    Forfeited,
    Forgot,
    Halted,
    Joined,
    Marked,
    Moved,
    Noted,
    Opened,
    Passed,
    PhaseOpened,
    Posted,
    Refused,
    Replied,
    Said,
    Seated,
    Seats,
    Sent,
    Summarised,
    Turned,
    Valued,
)
from arena.report.beside import Beside, Measured
from arena.report.cast import Cast
from arena.report.families.family import Family
from arena.report.numbers import number
from arena.report.status import ENDINGS
from arena.report.valued import valued
from arena.report.visible import clipped, shortened, visible

QUIET = "dim italic"
WRONG = "#c0605c"  # a quiet red; `dim red` cannot be read on a dark ground
GLIMPSE = 280  # characters shown of what a model thought, or wrote in vain
LONGEST = 3000  # characters shown of a message; the record has it whole


@dataclass(frozen=True)
class Piece:
    """What one event looks like: whose it is, if a seat's; who alone sees it, if not all do; across the page or not.

    `heard` says to whom words go that not all hear; `brief` ones of the same ruling need no space between them.
    """

    body: RenderableType
    seat: int | None = None
    only: Text | None = None
    heard: Text | None = None
    across: bool = False
    brief: bool = False


def piece(cast: Cast, family: Family, shown: AnyAddressed) -> Piece | None:
    """How an event looks through the cast's lens, to one who has seen what `family` was folded from.

    None: not shown to that seat, or nothing to see.
    """
    if cast.lens is not None and cast.lens not in shown.to:
        return None
    return _seen(cast, family, shown.e, shown.to)


def _seen(cast: Cast, family: Family, e: AnyEvent, to: Seats) -> Piece | None:
    only = cast.alone(to)
    match e:
        case Said(seat=seat, to=heard, text=text):
            return Piece(Measured(Text(shortened(text, LONGEST))), seat, only, _audience(cast, seat, heard))
        case Moved(seat=seat, move=move):
            return Piece(family.move(cast, seat, move), seat, only)
        case Disclosed(fact=fact, by=by):
            if by is None:
                return Piece(family.fact(cast, fact), None, only)
            return Piece(family.claim(cast, by, fact), by, only, _audience(cast, by, e.to))
        case Replied(seat=seat):
            thought = _reply(e)
            return None if thought is None else Piece(thought, seat, only)
        case Refused(seat=seat, code=code, detail=detail):
            return Piece(Measured(Text(f"refused ({visible(code)}): {visible(detail)}", WRONG)), seat, only)
        case Forfeited(seat=seat, code=code):
            return Piece(Text(f"forfeits the turn ({visible(code)})", WRONG), seat, only)
        case Opened():
            you = "" if cast.lens is None else f"; you are {cast.plain(cast.lens)}"
            seats = cast.several(range(len(cast.names)), "bold")
            return Piece(Measured(Text.assemble("At the table: ", seats, you)), None, only)
        case PhaseOpened(round=n, name=name):
            return Piece(_rule(Text(f"Round {n} · {visible(name)}", "bold")), across=True)
        case Noted() | Summarised() | Carried() | Passed() | Bid() | Floor() | Posted():
            return _aside(cast, e, only)
        case Sent(e=inner) | Delivered(e=inner):  # to those it is shown to, it is as if it was said just now
            return _seen(cast, family, inner, to)
        case Joined() | Forgot() | Turned() | Dropped() | Seated():
            return _upset(cast, e, only)
        case Marked() | Certified() | Halted() | Valued():
            return _backstage(cast, e, only)
        case Closed(why=why):
            return _end(cast, family, why)
    assert_never(e)


def _aside(cast: Cast, e: Noted | Summarised | Carried | Passed | Bid | Floor | Posted, only: Text | None) -> Piece:
    """What a seat does beside speaking and moving, and what the meeting does about it."""
    match e:
        case Noted(text=text):
            return Piece(_text("notes: ", text, QUIET), e.seat, only)
        case Summarised(text=text):
            return Piece(_text("sums up: ", text, QUIET), e.seat, only)
        case Carried(text=text):
            return Piece(_text("brings along: ", text, QUIET), e.seat, only)
        case Passed():
            return Piece(Text("passes", QUIET), e.seat, only, brief=True)
        case Bid(amount=amount):
            return Piece(
                Text(f"bids {amount} for the floor" if amount else "does not want the floor", QUIET),
                e.seat,
                only,
                brief=True,
            )
        case Floor(seat=seat, how=how):
            how = {"granted": "has the floor", "called": "is called on to speak"}.get(
                how, f"has the floor ({visible(how)})"
            )
            return Piece(Text.assemble(cast.name(seat), (f" {how}", "dim")), None, only, brief=True)
        case Posted(version=version, text=text):
            return Piece(_text(f"writes on the board (version {version}): ", text or "nothing", ""), e.seat, only)
    assert_never(e)


def _upset(cast: Cast, e: Joined | Forgot | Turned | Dropped | Seated, only: Text | None) -> Piece:
    """What befalls a seat."""
    match e:
        case Seated(seat=seat, agent=agent):
            what = f" is {visible(agent)} from here on"
        case Joined(seat=seat):
            what = " is new here, and is told the game and its moves alone"
        case Forgot(seat=seat):
            what = " forgets all words and notes"
        case Turned(seat=seat):
            what = " secretly works against the group from here on"
        case Dropped(seat=seat):
            what = " falls silent"
        case _:
            assert_never(e)
    return Piece(Text.assemble(cast.name(seat), what), None, only)


def _backstage(cast: Cast, e: Marked[Any] | Certified | Halted | Valued, only: Text | None) -> Piece:
    """What no seat sees."""
    match e:
        case Marked(seat=seat, what=what, until=until):
            when = "" if until is None else f" until round {until}"
            return Piece(Text.assemble("what ", cast.name(seat), f" said was {visible(what)}{when}"), None, only)
        case Certified(after=after, reference=known):
            what = f"after {visible(' and '.join(after))} the optimum is {number(known.best)} ({visible(known.how)})"
            headline = known.floors[known.headline]
            floor = f", the floor {visible(known.headline)} {number(headline.value)}"
            floor += f" ({visible(headline.how)})" if headline.how else ""
            return Piece(Text(what + floor), None, only)
        case Halted(why=why):
            return Piece(
                Measured(Text(f"The match stands still: {visible(why)}. It is void until it is resumed.", "yellow"))
            )
        case Valued():
            return Piece(valued(cast, e), None, only)
    assert_never(e)


def _audience(cast: Cast, author: int, to: Seats) -> Text | None:
    """To whom words go, where it is not to all."""
    if len(set(to) | {author}) == len(cast.names):
        return None
    return Text("to ", QUIET).append_text(cast.several(to) if to else Text("nobody")).append(" alone", QUIET)


def tried(cast: Cast, refused: AnyAddressed, reply: Replied[Any, Any]) -> Piece | None:
    """What was refused, where it was understood and so has not been shown yet."""
    words = clipped(reply.raw, GLIMPSE) if reply.fault is None else ""
    if not words or (cast.lens is not None and cast.lens not in refused.to):
        return None
    return Piece(Measured(Text(f"wrote: {words}", WRONG)), reply.seat, cast.alone(refused.to))


def _reply(e: Replied[Any, Any]) -> RenderableType | None:
    """What the ruling on a reply does not show: the thoughts before it, and words that could not be understood."""
    parts: list[RenderableType] = []
    if e.overflow is not None:
        parts.append(Measured(Text("can no longer be sent all that was said, and is asked for a summary", QUIET)))
    if e.reasoning is not None and e.reasoning.strip():
        parts.append(Measured(Text(f"thinks: {clipped(e.reasoning, GLIMPSE)}", QUIET)))
    if e.fault is not None:
        parts.append(Measured(Text(f"wrote: {clipped(e.raw, GLIMPSE) or 'nothing'}", WRONG)))
    return Group(*parts) if parts else None


def _text(head: str, text: str, style: str) -> RenderableType:
    return Measured(Text.assemble(head, shortened(text, LONGEST), style=style))


def _rule(title: Text) -> Rule:
    return Rule(title, align="left", style="dim")


def _end(cast: Cast, family: Family, why: str) -> Piece:
    rule = _rule(Text(f"The end: {ENDINGS.get(why, visible(why))}", "bold"))
    said = family.ending(cast, why)
    return Piece(rule if said is None else Group(rule, Text(), Beside(said)), across=True)
