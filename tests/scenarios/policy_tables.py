"""Tables set by hand for tests of scripted bargainers: a small bargain, what has happened, what a policy answers."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.events import AnyEvent, Body, Disclosed, Moved, PhaseOpened, address
from arena.core.game import Game
from arena.core.moderator import Moderator
from arena.core.recall import view
from arena.core.table import Table, blank, evolve
from arena.core.task import Phase, Seat
from arena.moderators.agenda import opening
from arena.moderators.meeting import Meeting
from arena.moderators.refusals import judge
from arena.scenarios.bargain import policies
from arena.scenarios.bargain.acceptance import quorum
from arena.scenarios.bargain.rules import SCENARIO
from arena.scenarios.bargain.terms import (
    AGENDA,
    Acceptance,
    BargainTask,
    Deal,
    Interaction,
    Issue,
    Points,
    Propose,
    Reject,
    Reserve,
    Rules,
    Sheet,
)

NAMES = ("Ann", "Bob", "Cleo", "Dan")
ISSUES = (Issue("Price", "the price", ("low", "mid", "high")), Issue("Term", "the term", ("short", "long")))
LOW_SHORT, LOW_LONG, MID_SHORT, MID_LONG, HIGH_SHORT, HIGH_LONG = (
    (price, term) for price in ("low", "mid", "high") for term in ("short", "long")
)
ROUND_ROBIN = Meeting()

# Ann buys, Bob sells, and the term matters to Bob alone. What each deal gives them, in the order of the deals:
# Ann 60 60 40 40 0 0, Bob 0 30 30 60 50 80; together the most at mid and long.
BUYER: tuple[tuple[float, ...], ...] = ((60.0, 40.0, 0.0), (0.0, 0.0))
SELLER: tuple[tuple[float, ...], ...] = ((0.0, 30.0, 50.0), (0.0, 30.0))


def bargain(
    *points: tuple[tuple[float, ...], ...],
    thresholds: tuple[float, ...] = (20.0, 20.0, 0.0, 0.0),
    acceptance: Acceptance = "unanimous",
    vetoes: tuple[int, ...] = (),
    rounds: int | None = 11,
    interactions: tuple[tuple[Interaction, ...], ...] = ((), (), (), ()),
    agenda: tuple[Phase, ...] = AGENDA,
) -> BargainTask:
    """A bargain over price and term; by default a buyer and a seller in eleven rounds, so that each is a tenth."""
    points = points or (BUYER, SELLER)
    n = len(points)
    rules = Rules("", ISSUES, acceptance, quorum(acceptance, n), vetoes, rounds, n)
    sheets = tuple(Sheet(i, p, thresholds[i], interactions[i], canary=f"CANARY-{i}") for i, p in enumerate(points))
    return BargainTask("by hand", tuple(Seat(name) for name in NAMES[:n]), agenda, rounds, rules, sheets, sheets)


def opened(task: BargainTask) -> Table:
    """The table at the first turn of the first round."""
    game = Game(SCENARIO, task, Draw.root(0, "by hand"), tuple(range(len(task.seats))))
    return after(blank(game), *opening(blank(game)).events)


def after(table: Table, *events: AnyEvent) -> Table:
    """The table after these events, each a line of its own."""
    for event in events:
        table = evolve(table, address((event,), table.game.everyone))
    return table


def in_round(table: Table, number: int) -> Table:
    """The table at the start of that round."""
    return after(table, PhaseOpened(number, table.game.task.agenda[0].name))


def proposed(table: Table, seat: int, *deals: Deal) -> Table:
    """The table after a seat has proposed these deals, one after the other."""
    return after(table, *(Moved(seat, Propose(deal)) for deal in deals))


def rejected(table: Table, seat: int, number: int) -> Table:
    """The table after a seat has rejected the offer of that number."""
    return after(table, Moved(seat, Reject(number)))


def told(table: Table, seat: int, points: tuple[tuple[float, ...], ...], threshold: float) -> Table:
    """The table after a seat has told everyone a sheet, true or not."""
    to = tuple(s for s in table.game.everyone if s != seat)
    issues = table.game.task.rules.issues  # type: ignore[attr-defined]
    facts = [Points(issue.name, p) for issue, p in zip(issues, points, strict=True)]
    return after(table, *(Disclosed(fact, to, seat) for fact in (*facts, Reserve(threshold))))


def answer(name: str, table: Table, seat: int, meeting: Moderator = ROUND_ROBIN, dice: int = 0) -> Body[Any, Any]:
    """What a policy answers if it is asked now. Fails where the moderator would refuse it."""
    ask = meeting.ask(table, seat)
    body = policies.find(name)(view(table, meeting, seat), ask, Draw.root(dice, "policy"))
    refusal = judge(ask, table.game.everyone, body)
    if refusal is None and body.move is not None:
        refusal = SCENARIO.refuse(table.known(seat), seat, body.move)
    assert refusal is None, refusal
    return body


def move(name: str, table: Table, seat: int, meeting: Moderator = ROUND_ROBIN, dice: int = 0) -> Any:
    """The move in what a policy answers."""
    return answer(name, table, seat, meeting, dice).move


def owing(task: BargainTask) -> BargainTask:
    """The same bargain, in which a move is owed on every turn."""
    return replace(task, agenda=(Phase("table", act="must"),))


def talking(task: BargainTask) -> BargainTask:
    """The same bargain, in which a phase of talk comes before one of silent moves."""
    return replace(task, agenda=(Phase("talk", act="no"), Phase("moves", talk=False)))
