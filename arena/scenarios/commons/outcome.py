"""How a commons came out: what each seat landed, what that is worth to it, what the group has."""

from __future__ import annotations

from arena.core.task import Outcome
from arena.core.view import World
from arena.dealing.payoffs import aligned
from arena.scenarios.commons.terms import Catch, Goal, Rules, Waters


def over(w: World[Waters]) -> str | None:
    """Why it has ended; None while it goes on. `collapsed`: nothing is left; `over`: a hidden horizon has come."""
    seasons = w.common.seasons
    if seasons and seasons[-1].collapsed:
        return "collapsed"
    return "over" if seasons and seasons[-1].last else None


def outcome(w: World[Waters], ended: str | None, forfeits: frozenset[int]) -> Outcome:
    """How it stands.

    utilities: the units that a seat landed, less `shortage` for each unit under its need in any round of the match (the
    rounds after a collapse included: nothing is landed in them), less its fines. payoffs: with private goals, mixed
    with V by the alignment. value: V, the units landed by all. A turn that is forfeited is a harvest of 0. Before
    anything was dealt: open, no seats, V = 0.
    """
    rules, fate = w.common.rules, w.own.fate
    if rules is None or fate is None:
        return Outcome("open", (), (), 0.0)
    rounds = fate.rounds if ended is not None else len(w.common.seasons)
    totals = landed(w, rules)
    utilities = tuple(utility(w, rules, seat, rounds) for seat in range(len(totals)))
    bonus = [sum(g.bonus for g in w.own.goals if g.seat == i and reached(w, totals, g)) for i in range(len(totals))]
    value = float(sum(totals))
    payoffs = aligned([u + b for u, b in zip(utilities, bonus, strict=True)], value, rules.alignment)
    return Outcome("open" if ended is None else "completed", utilities, payoffs, value)


def landed(w: World[Waters], rules: Rules) -> list[int]:
    """What each seat has landed so far."""
    return [sum(c.units for c in catches_of(w, seat)) for seat in range(len(rules.names))]


def catches_of(w: World[Waters], seat: int) -> list[Catch]:
    """What a seat has landed, a round each."""
    return [each for each in w.own.catches if each.seat == seat]


def utility(w: World[Waters], rules: Rules, seat: int, rounds: int) -> float:
    """What it comes to for a seat over so many rounds, private goals aside."""
    need = next((sheet.need for sheet in w.own.sheets if sheet.seat == seat), 0)
    catches = catches_of(w, seat)
    short = sum(max(need - c.units, 0) for c in catches) + need * (rounds - len(catches))
    return sum(c.units for c in catches) - rules.shortage * short - sum(c.fine for c in catches)


def reached(w: World[Waters], totals: list[int], goal: Goal) -> bool:
    """Whether a private goal is reached as it stands."""
    match goal.what:
        case "stock":
            return w.common.stock >= goal.units
        case "most":
            return all(totals[goal.seat] > total for seat, total in enumerate(totals) if seat != goal.seat)
