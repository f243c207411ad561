"""A small bargain by hand, for looking at: three seats, three issues, and one of every kind of event."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console

from arena.core.events import (
    AnyEvent,
    Bid,
    Carried,
    Certified,
    Closed,
    Delivered,
    Disclosed,
    Dropped,
    Fault,
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
    Sent,
    Summarised,
    Turned,
    Valued,
    address,
)
from arena.core.task import Estimate, Reference
from arena.report.conversation import Conversation
from arena.scenarios.bargain.terms import (
    Accept,
    Goal,
    Intends,
    Interaction,
    Issue,
    Points,
    Propose,
    Reject,
    Reserve,
    Rules,
    Sheet,
    Synergy,
    Truth,
    WalkAway,
)

NAMES = ("Bakers", "Brass Band", "Choir")
ALL = (0, 1, 2)
ISSUES = (
    Issue("Ground", "where the festival is held", ("riverside", "old market", "castle lawn")),
    Issue("Dates", "which weekend it takes", ("early June", "midsummer", "late July")),
    Issue("Finale", "what ends the last night", ("fireworks", "bonfire", "torch walk")),
)
RULES = Rules("festival", ISSUES, "majority", 2, (1,), 10, 3)
SHEETS = (
    Sheet(
        0,
        ((10.0, 20.0, 30.0), (5.0, 25.0, 0.0), (0.0, 10.0, 45.0)),
        55.0,
        (Interaction("Ground", "castle lawn", "Dates", "midsummer", 8.0),),
        canary="AMBER-1",
    ),
    Sheet(1, ((40.0, 20.0, 0.0), (25.0, 5.0, 0.0), (0.0, 10.0, 35.0)), 40.0, discount=0.95, cost=0.5),
    Sheet(2, ((10.0, 20.0, 30.0), (0.0, 5.0, 30.0), (40.0, 10.0, 0.0)), 30.0, noise=4.0),
)
HIGH, LOW = ("castle lawn", "midsummer", "torch walk"), ("riverside", "midsummer", "fireworks")

OPENING: tuple[AnyEvent, ...] = (
    Opened(NAMES),
    Disclosed(RULES, ALL),
    *[Disclosed(sheet, (sheet.seat,)) for sheet in SHEETS],
    Disclosed(Goal(0, "block", 10.0, "Finale", "bonfire"), (0,)),
    Disclosed(Truth(SHEETS), ()),
    PhaseOpened(1, "table"),
)
PLAY: tuple[tuple[AnyEvent, ...], ...] = (
    (Replied(0, "{}", reasoning="The castle lawn is worth most to me."),),
    (Noted(0, "Start high."), Said(0, (1, 2), "Let us begin on the lawn."), Moved(0, Propose(HIGH))),
    (Replied(1, "no object here", fault=Fault("no_object", "Answer with one JSON object.")),),
    (Refused(1, "no_object", "Answer with one JSON object."),),
    (Said(1, (0, 2), "Never."), Disclosed(Points("Ground", (40.0, 20.0, 0.0)), (0, 2), 1), Moved(1, Reject(1))),
    (Said(2, (1,), "Between us."), Disclosed(Reserve(30.0), (1,), 2), Moved(2, Accept(1))),
    (PhaseOpened(2, "table"),),
    (Moved(0, Propose(LOW)),),
    (Forfeited(1, "no_object"),),
    (Passed(2),),
    (Bid(0, 4), Bid(1, 0), Bid(2, 7), Floor(2, "granted")),
    (Halted("http://127.0.0.1:8000/v1: connection refused"),),
    (Summarised(0, "So far so good."), Carried(1, "We met before."), Posted(1, 2, "Agenda: lunch.")),
    (
        Seated(1, "planner"),
        Joined(1),
        Forgot(0, 3),
        Turned(2),
        Sent(Said(2, (0, 1), "Lunch?")),
        Marked(2, "delayed", Said(2, (0, 1), "Lunch?"), 3),
        Delivered(Said(2, (0, 1), "Lunch?")),
        Certified(("newcomer",), Reference(91.5, 91.5, {"silent": Estimate(3.0)}, "silent", "exact")),
    ),
    (Dropped(1),),
    (
        Disclosed(Intends(LOW), (0, 1), 2),
        Disclosed(Synergy("Ground: riverside", "Dates: midsummer", -5.0), (0, 1), 2),
        Moved(2, Propose(LOW)),
    ),
    (Moved(1, Accept(2)),),
    (Moved(0, WalkAway()),),
    (Valued("agreed", (34.5, 44.0, 55.0), (44.5, 44.0, 55.0), 8.5), Closed("agreed")),
)
MATCH = (OPENING, *PLAY)


def shown(
    lines: Iterable[Sequence[AnyEvent]] = MATCH,
    lens: int | None = None,
    width: int = 100,
    scenario: str = "bargain",
    names: tuple[str, ...] = NAMES,
    **console: Any,
) -> str:
    """What a conversation prints; by default to a file, without colours."""
    file = io.StringIO()
    conversation = Conversation(
        names, scenario, lens, Console(file=file, width=width, highlight=False, markup=False, **console)
    )
    for line in lines:
        conversation.line(address(tuple(line), tuple(range(len(names)))))
    return file.getvalue()


def block(text: str, label: str) -> str:
    """The lines from the one that holds `label` to the next empty one, each without blanks at its end."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if label in line)
    end = next((i for i in range(start, len(lines)) if not lines[i].strip()), len(lines))
    return "\n".join(lines[start:end])


def words(text: str) -> str:
    """The text with its bars and line breaks taken out."""
    return re.sub(r"\s+", " ", text.replace("┊", " "))
