"""How a round of a dilemma is settled, and how it all came out."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.task import Outcome
from arena.core.view import World
from arena.dealing.payoffs import aligned
from arena.scenarios.dilemma.stage import stage
from arena.scenarios.dilemma.terms import Fact, Goal, Paid, Played, Ring, Rules, Sheet

Facts = tuple[Disclosed[Fact], ...]


def dealt(w: World[Ring]) -> tuple[Sheet, ...]:
    """The payoffs that hold, in seat order, as the moderator knows them."""
    rules = w.common.rules
    return w.own.sheets if rules is not None and rules.private else w.common.sheets


def settle(w: World[Ring], phase: str, draw: Draw) -> Facts:
    """The end of a round: what each has chosen, told to all, and to each what it is paid."""
    rules, fate = w.common.rules, w.own.fate
    if rules is None or fate is None or phase != "choose":
        return ()
    chosen = dict(w.own.chosen)
    profile = tuple(rules.actions.index(chosen[seat]) for seat in range(len(rules.names)))
    ends = rules.rounds is None and w.common.round >= fate.rounds
    paid = stage(rules, dealt(w)).payoffs(profile)
    everyone = tuple(range(len(rules.names)))
    told: list[Disclosed[Fact]] = [Disclosed(Paid(seat, points), (seat,)) for seat, points in enumerate(paid)]
    return (Disclosed(Played(w.common.round, profile, ends), everyone), *told)


def over(w: World[Ring]) -> str | None:
    """`over` when a hidden horizon has come; None while it goes on."""
    return "over" if w.common.played and w.common.played[-1].last else None


def outcome(w: World[Ring], ended: str | None, forfeits: frozenset[int]) -> Outcome:
    """How it stands.

    utilities: the points of all rounds. payoffs: with private goals, mixed with V by the alignment. value: V, the sum
    of all points. A choice that is forfeited is the action that stands in for it. Before anything was dealt: open, no
    seats, V = 0.
    """
    rules = w.common.rules
    if rules is None or w.own.fate is None:
        return Outcome("open", (), (), 0.0)
    totals = [float(sum(p.points for p in w.own.paid if p.seat == seat)) for seat in range(len(rules.names))]
    won = [goal for goal in w.own.goals if reached(w, rules, totals, goal)]
    bonus = [sum(goal.bonus for goal in won if goal.seat == seat) for seat in range(len(totals))]
    value = sum(totals)
    payoffs = aligned([u + b for u, b in zip(totals, bonus, strict=True)], value, rules.alignment)
    return Outcome("open" if ended is None else "completed", tuple(totals), payoffs, value)


def reached(w: World[Ring], rules: Rules, totals: list[float], goal: Goal) -> bool:
    """Whether a private goal is reached as it stands."""
    match goal.what:
        case "most":
            return all(totals[goal.seat] > total for seat, total in enumerate(totals) if seat != goal.seat)
        case "often":
            own = [played.actions[goal.seat] for played in w.common.played]
            return bool(own) and 2 * own.count(rules.actions.index(goal.action)) >= len(own)
