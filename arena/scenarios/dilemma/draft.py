"""Payoffs by lot, within the inequalities that make a game what its name says; `proved` checks them again."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from random import Random

from arena.scenarios.dilemma.terms import Form, Game
from arena.solutions.stage import Points, Stage

FORMS: dict[str, Form] = {
    "prisoner": "count", "stag": "count", "chicken": "count", "public_goods": "count",
    "traveller": "claim", "sexes": "match", "coordination": "match",
}  # fmt: skip


ATTEMPTS = 1000


@dataclass(frozen=True)
class Draft:
    """A stage game before its actions are shuffled: action 0 cooperates and the last defects, where declared."""

    game: Game
    stage: Stage
    declared: bool


def draft(game: Game, seats: int, actions: int, private: bool, rng: Random) -> Draft:
    """A game by lot; not every one holds what its name says, `proved` tells which."""
    form = FORMS[game]
    if form == "claim":
        low, step = rng.randint(2, 20), rng.randint(1, 5)
        claims = tuple(low + step * (actions - 1 - a) for a in range(actions))
        return Draft(game, Stage(form, seats, actions, (), claims, rng.randint(step + 1, 3 * step + 2)), True)
    shared = _seat(game, seats, actions, rng)
    if game == "sexes":
        sheets = [_favouring(shared, actions, seat % actions) for seat in range(seats)]
    else:
        sheets = [_seat(game, seats, actions, rng) if private else shared for _ in range(seats)]
    count = 2 if form == "count" else actions
    return Draft(game, Stage(form, seats, count, tuple(sheets)), form == "count")


def _seat(game: Game, n: int, actions: int, rng: Random) -> Points:
    """One seat's payoffs, drawn until its own inequalities hold; the last ones drawn where they never do."""
    for _ in range(ATTEMPTS):
        points = _points(game, n, actions, rng)
        if FORMS[game] != "count" or _holds(game, points):
            break
    return points


def _points(game: Game, n: int, actions: int, rng: Random) -> Points:
    match game:
        case "prisoner":
            s, p, r, t = sorted(rng.sample(range(60), 4))
            return tuple(_line(low, high, n) for low, high in ((s, r), (p, t)))
        case "stag":
            s, p, t, r = rng.randint(0, 10), *sorted(rng.choices(range(5, 60), k=2)), rng.randint(20, 80)
            return ((*(s,) * (n - 1), r), (p, *(t,) * (n - 1)))
        case "chicken":
            p = rng.randint(0, 20)
            s = p + rng.randint(1, 5)  # close, so that the prior looks at the temptation
            r, t = sorted(rng.sample(range(s + 1, s + 100), 2))
            return ((*(s,) * (n - 1), r), (*(p,) * (n - 1), t))
        case "public_goods":
            unit = rng.randint(2, 12) * n  # what one can give; whole points come back to each
            back = rng.randint(unit // n + 1, unit - 1)
            return (tuple(back * (j + 1) for j in range(n)), tuple(unit + back * j for j in range(n)))
        case "sexes":
            high = rng.randint(10, 40)
            return ((high, 0), (rng.randint(1, high - 1), 0))
        case _:
            return ((rng.randint(5, 60), 0),) * actions


def _line(low: int, high: int, n: int) -> tuple[int, ...]:
    """From `low` when none of the others cooperates to `high` when all do, evenly, in whole points."""
    return tuple(round(low + (high - low) * j / max(n - 1, 1)) for j in range(n))


def _favouring(points: Points, actions: int, favourite: int) -> Points:
    """What a seat gets that likes one meeting point best; elsewhere it gets less, and apart nothing."""
    high, low = points[0][0], points[1][0]
    return tuple((high if a == favourite else low, 0) for a in range(actions))


def proved(made: Draft) -> bool:
    """Whether the game is what its name says, for every seat.

    prisoner: defecting is better whatever the others do, all cooperating is better for each than all defecting, and the
    joint sum is largest there (2R > T + S). stag: all cooperating is an equilibrium and the joint best, so is all
    defecting one, and by a uniform prior defecting looks better (R + S < T + P). chicken: the reply to all cooperating
    is to defect, the reply to defectors is to cooperate, the joint sum is largest when all cooperate (2R > T + S), and
    by a uniform prior defecting looks better. public_goods: 1 < m < n, so that giving is worth more to all than to
    oneself. traveller: the joint sum is largest when all make the highest claim, and undercutting it by one pays.
    sexes: any meeting point is an equilibrium, and not all seats like the same best. coordination: all meeting points
    are equally good.
    """
    stage = made.stage
    if stage.form == "claim":
        top, under = (0,) * stage.seats, (1, *(0,) * (stage.seats - 1))
        return _only_best(stage) and stage.payoff(0, under) > stage.payoff(0, top)
    if stage.form == "match":
        sums = [sum(stage.payoffs((a,) * stage.seats)) for a in range(stage.actions)]
        favourites = {max(range(stage.actions), key=lambda a: p[a][0]) for p in stage.points}
        return len(favourites) > 1 if made.game == "sexes" else len(set(sums)) == 1
    return _only_best(stage) and all(_holds(made.game, points) for points in stage.points)


def _only_best(stage: Stage) -> bool:
    """Whether no other profile has as large a joint sum as all cooperating."""
    return stage.all_best(2)[1] == [(0,) * stage.seats]


def _holds(game: Game, points: Points) -> bool:
    """The inequalities of one seat. cooperates[j], defects[j]: when j of the others cooperate."""
    cooperates, defects = points
    n = len(cooperates)
    r, s, t, p = cooperates[-1], cooperates[0], defects[-1], defects[0]
    prior = [comb(n - 1, j) / 2 ** (n - 1) for j in range(n)]
    looks = sum(chance * (c - d) for chance, c, d in zip(prior, cooperates, defects, strict=True))
    match game:
        case "prisoner" | "public_goods":
            return all(d > c for c, d in zip(cooperates, defects, strict=True)) and r > p
        case "stag":
            return r > t >= p > s and looks < 0
        case "chicken":
            return t > r > s > p and looks < 0
    return False
