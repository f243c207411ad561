"""What may be moved and claimed in a workshop, as data, and why a move will not do."""

from __future__ import annotations

from arena.core.protocol import Refusal
from arena.core.view import Choice, MoveSpec, World
from arena.scenarios.workshop.project import floor, of_pieces
from arena.scenarios.workshop.terms import HandOver, Idle, Move, Rules, Shop, Take, Work
from arena.solutions.shopfloor import open_to

NOTHING: tuple[MoveSpec, ...] = ()
FREE = "You have nothing in hand; take up a task, or idle."


def moves(known: World[Shop], seat: int) -> tuple[MoveSpec, ...]:
    """Take, work, hand over, idle; what is legal goes by what is in hand and by the seat's own skills."""
    rules, bench = known.common.rules, known.common.bench
    if rules is None or bench is None:
        return NOTHING
    now, hand, mine = known.common.phase == "work", bench.hands[seat], skills(known, seat)
    able = tuple([mine if each == seat else frozenset[int]() for each in range(len(rules.names))])
    tasks = tuple([rules.pieces[task].name for task in open_to(of_pieces(rules.pieces, able), floor(bench), seat)])
    others = tuple([name for each, name in enumerate(rules.names) if each != seat])
    return (
        MoveSpec("take", "act", (Choice("task", tasks, changing=True),), now and bool(tasks)),
        MoveSpec("work", "act", (), now and hand is not None and rules.pieces[hand[0]].skill in mine),
        MoveSpec("hand_over", "act", (Choice("to", others),), now and hand is not None),
        MoveSpec("idle", "act", (), now),
    )


def skills(known: World[Shop], seat: int) -> frozenset[int]:
    """The skills of a seat that knows them."""
    return frozenset(next((sheet.skills for sheet in known.own.sheets if sheet.seat == seat), ()))


def claims(known: World[Shop], seat: int) -> tuple[MoveSpec, ...]:
    """Every kind of typed disclosure."""
    rules = known.common.rules
    if rules is None:
        return NOTHING
    tasks = tuple([piece.name for piece in rules.pieces])
    return (
        MoveSpec("skill", "claim", (Choice("skill", rules.skills), Choice("have", ("yes", "no")))),
        MoveSpec("intends", "claim", (Choice("task", tasks),)),
    )


def refuse(known: World[Shop], seat: int, move: Move) -> Refusal | None:
    """Why a move will not do, as tellingly as can be."""
    rules, bench = known.common.rules, known.common.bench
    if rules is None or bench is None:
        return None
    if known.common.phase != "work":
        return Refusal("not_now", "This is the time to talk; you work after it.")
    hand = bench.hands[seat]
    match move:
        case Take(task=name):
            return _cannot_take(known, rules, seat, name)
        case Work():
            if hand is None:
                return Refusal("empty_handed", FREE)
            if rules.pieces[hand[0]].skill not in skills(known, seat):
                return Refusal("unskilled", f"You have lost the skill for {rules.pieces[hand[0]].name}; hand it over.")
        case HandOver():
            return Refusal("empty_handed", FREE) if hand is None else None
        case Idle():
            return None
    return None


def _cannot_take(known: World[Shop], rules: Rules, seat: int, name: str) -> Refusal | None:
    bench = known.common.bench
    task = next((task for task, piece in enumerate(rules.pieces) if piece.name == name), None)
    if bench is None or task is None:
        return None
    piece, hand = rules.pieces[task], bench.hands[seat]
    if hand is not None:
        busy = rules.pieces[hand[0]].name
        return Refusal("hands_full", f"You have {busy} in hand; work on, or hand it over.")
    if bench.left[task] == 0:
        return Refusal("done", f"{name} is done already.")
    if piece.skill not in skills(known, seat):
        return Refusal("unskilled", f"{name} needs {rules.skills[piece.skill]}, which you cannot do.")
    if missing := [rules.pieces[other].name for other in piece.after if bench.left[other]]:
        return Refusal("not_ready", f"{name} has to wait for {', '.join(missing)}.")
    return None
