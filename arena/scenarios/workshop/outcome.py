"""How a workshop came out: how long it took, and who did what."""

from __future__ import annotations

from collections.abc import Sequence

from arena.core.task import Outcome
from arena.core.view import World
from arena.dealing.payoffs import aligned
from arena.scenarios.workshop.terms import Deed, Goal, Rules, Shop

Unit = tuple[int, int]  # a task, and which round of its work


def over(w: World[Shop]) -> str | None:
    """`done` when every task is; None while there is something to do."""
    return "done" if w.common.bench is not None and not any(w.common.bench.left) else None


def outcome(w: World[Shop], ended: str | None, forfeits: frozenset[int]) -> Outcome:
    """How it stands.

    value: V = -(the rounds until all was done), -H where it is not. utilities: V, and `pay` for each round of work that
    a seat was the first to do. payoffs: with private goals, mixed with V by the alignment. A turn that is forfeited is
    idle. Before anything was dealt: open, no seats, V = 0.
    """
    rules = w.common.rules
    if rules is None or w.common.bench is None:
        return Outcome("open", (), (), 0.0)
    value = -float(len(w.common.deeds) if over(w) else rules.rounds)
    earned = firsts(w.common.deeds, len(rules.names))
    utilities = tuple([value + rules.pay * len(units) for units in earned])
    won = [goal for goal in w.own.goals if reached(rules, earned, goal)]
    bonus = [sum(goal.bonus for goal in won if goal.seat == seat) for seat in range(len(earned))]
    payoffs = aligned([u + b for u, b in zip(utilities, bonus, strict=True)], value, rules.alignment)
    return Outcome("open" if ended is None else "completed", utilities, payoffs, value)


def firsts(deeds: Sequence[Sequence[Deed]], seats: int) -> list[set[Unit]]:
    """The rounds of work that each seat was the first to do.

    Of a clash it is the one who has the task; where two do the same round of work on copies of their own at the same
    time, it is both.
    """
    found, before = [set[Unit]() for _ in range(seats)], set[Unit]()
    for round_ in deeds:
        now = {seat: (deed.task, deed.unit) for seat, deed in enumerate(round_) if deed.what in ("took", "worked")}
        for seat, unit in now.items():
            if unit not in before:
                found[seat].add(unit)
        before |= set(now.values())
    return found


def reached(rules: Rules, earned: Sequence[set[Unit]], goal: Goal) -> bool:
    """Whether a private goal is reached as it stands."""
    own = earned[goal.seat]
    match goal.what:
        case "most":
            return all(len(own) > len(other) for seat, other in enumerate(earned) if seat != goal.seat)
        case "skill":
            return sum(rules.pieces[task].skill == goal.skill for task, _ in own) >= goal.units
