"""A bargain to talk about, and talks that follow a script: what each seat was shown and asked, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, repeat
from typing import Any

from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.events import AnyEvent, Body, Claim, Fault, Message, Replied, address
from arena.core.game import Game
from arena.core.moderator import Ruling
from arena.core.recall import view
from arena.core.table import Table, blank, evolve
from arena.core.task import Seat
from arena.core.view import Ask, Choice, Reply, View
from arena.moderators.meeting import Meeting
from arena.prompting import ChatMessage, Prompter
from arena.scenarios.bargain.rules import Bargain
from arena.scenarios.bargain.terms import (
    AGENDA,
    Accept,
    BargainTask,
    Goal,
    Intends,
    Issue,
    Points,
    Propose,
    Reject,
    Reserve,
    Rules,
    Sheet,
    Synergy,
)
from tests.talkers import forgetful

Turn = tuple[View, Ask]
Answer = Callable[[View, Ask], Reply]

RULES = Rules(
    "festival",
    (
        Issue("Ground", "where the festival is held", ("riverside", "castle lawn", "mill yard")),
        Issue("Finale", "what ends the last night", ("bonfire", "light show", "torch walk")),
        Issue("Tickets", "how entrance is paid for", ("free entry", "day ticket", "donation box")),
    ),
    "unanimous",
    3,
    (),
    6,
    3,
)
SHEETS = (
    Sheet(0, ((0, 21, 48), (12, 0, 6), (40, 19, 0)), 37, canary="OPAL-4D21C0"),
    Sheet(1, ((35, 0, 11), (0, 9, 20), (0, 45, 30)), 41, canary="QUARTZ-7F3A21"),
    Sheet(2, ((50, 8, 0), (25, 25, 0), (4, 0, 25)), 33, canary="SLATE-00B7E9"),
)
NAMES = ("Bakers", "Choir", "Rowers")


def game(rules: Rules = RULES, sheets: Sequence[Sheet] = SHEETS, goals: tuple[Goal, ...] = ()) -> Game:
    """A bargain with these rules; the seats are named in the order of NAMES, or numbered."""
    seats = tuple(Seat(name) for name in (NAMES if rules.seats == 3 else map("Seat {}".format, range(rules.seats))))
    task = BargainTask("talks", seats, AGENDA, rules.rounds, rules, tuple(sheets), tuple(sheets), goals)
    return Game(Bargain(), task, Draw.root(7, "talks"), tuple(range(len(seats))))


def opened(played: Game, meeting: Meeting) -> Table:
    """The table when the first questions are asked."""
    ruling = meeting.next(blank(played))
    assert isinstance(ruling, Ruling)
    return evolve(blank(played), address(ruling.events, played.everyone))


def turn(table: Table, meeting: Meeting, seat: int) -> Turn:
    """What a seat is shown, and what it would be asked."""
    return view(table, meeting, seat), meeting.ask(table, seat)


def talks(played: Game, meeting: Meeting, answers: Iterable[Reply | Answer]) -> list[Turn]:
    """Every ask and its view in the order of asking, while there are answers; one more ask waits at the end."""
    table, turns, waiting = opened(played, meeting), list[Turn](), iter(answers)
    while (step := meeting.next(table)) is not None:
        events: tuple[AnyEvent, ...]
        if isinstance(step, Ruling):
            events = step.events
        else:
            ask = step.asks[0]
            turns.append((view(table, meeting, ask.seat), ask))
            answer = next(waiting, None)
            if answer is None:
                break
            r = answer if isinstance(answer, Reply) else answer(*turns[-1])
            events = (Replied(ask.seat, r.raw, r.body, r.fault, r.reasoning, r.prompt, r.usage, r.overflow),)
        table = evolve(table, address(events, played.everyone))
    return turns


def of(seat: int, turns: Iterable[Turn]) -> list[Turn]:
    """The turns of one seat."""
    return [(shown, ask) for shown, ask in turns if ask.seat == seat]


def body(*said: str, to: tuple[int, ...] = (), claims: Sequence[Any] = (), move: Any = None) -> Body[Any, Any]:
    """A reply that says these things, and claims these, to `to`."""
    return Body(tuple(Message(to, text) for text in said), tuple(Claim(to, fact) for fact in claims), move)


def busy(shown: View, ask: Ask) -> Reply:
    """Speaks to whom it can, claims, offers, answers, now and then breaks a rule or writes nonsense; never leaves."""
    n, others = ask.nth + 2 * ask.seat, tuple(s for s in range(len(shown.seats)) if s != ask.seat)
    if ask.kind == "bid":
        return Reply(body=Body(bid=n % 5))
    to = others if ask.reach.public else ask.reach.to
    if n % 5 == 3:
        return Reply("I am thinking.", fault=Fault("unparseable", "There is no JSON object in it."))
    if n % 7 == 6:
        return Reply(body=body(move=Accept(99)))
    deal = tuple(issue.options[(n * k + ask.seat) % 3] for k, issue in enumerate(RULES.issues))  # nobody else's deal
    answerable = [f.options[0] for m in ask.moves if m.kind == "reject" for f in m.fields if isinstance(f, Choice)]
    move: Any = None
    if n % 2 and any(m.kind == "propose" for m in ask.moves):
        move = Propose(deal)
    elif answerable:
        move = Reject(int(answerable[0]))
    said = body(f"This is turn {n}.", to=to, claims=(Reserve(n),), move=move) if to else body(move=move)
    said = replace(said, call=ask.callable[n % len(ask.callable)]) if ask.kind == "call" else said
    return Reply(f"Let me see. ```json\n{{}}\n``` {n}" if n % 3 else "", said)


def summing(shown: View, ask: Ask) -> Reply:
    """As a busy seat, but with no more than two answers between two summaries of its own."""
    said = forgetful(busy)(shown, ask)
    if isinstance(said, str):
        return Reply(said, fault=Fault("not_json", "The JSON object is not closed."))
    return said if isinstance(said, Reply) else Reply(f"{ask.nth}: {said.summary}", said)


def busily(played: Game, meeting: Meeting, asks: int = 27, seat: Answer = busy) -> list[Turn]:
    """Talks of busy seats."""
    return talks(played, meeting, islice(repeat(seat), asks))


def told(meeting: Meeting, turns: Iterable[Turn], seat: int) -> tuple[ChatMessage, ...]:
    """What a seat has been sent at its last ask."""
    return Prompter("bargain", meeting).messages(*of(seat, turns)[-1])


CLAIMS = (
    Points("Finale", (0, 9, 20)),
    Reserve(41),
    Synergy("Ground: riverside", "Finale: torch walk", -4),
    Intends(("riverside", "torch walk", "day ticket")),
)
