"""The generator: a fresh dilemma for every seed, secrets included."""

from __future__ import annotations

from random import Random
from typing import Literal

from arena.core.draw import Draw
from arena.core.task import Phase, Seat
from arena.dealing.canary import canary
from arena.errors import BadParams
from arena.scenarios.dilemma.draft import Draft, draft, proved
from arena.scenarios.dilemma.params import Params, check
from arena.scenarios.dilemma.settings import SETTINGS
from arena.scenarios.dilemma.terms import DilemmaTask, Fate, Game, Goal, Rules, Sheet
from arena.solutions.stage import Points

TALK = Phase("talk", act="no")
CHOOSE = Phase("choose", talk=False, act="must", together=True)
ATTEMPTS = 2_000
GOALS: tuple[Literal["most", "often"], ...] = ("most", "often")


def deal(params: Params, draw: Draw) -> DilemmaTask:
    """A dealt dilemma. Payoffs are drawn until the inequalities hold; then the actions are shuffled, the seats named.

    Raises BadParams.
    """
    check(params)
    made = drawn(params.kind, params.seats, params.actions, params.payoffs == "private", draw.of("payoffs"))
    return _dealt(params, made, draw)


def drawn(game: Game, seats: int, actions: int, private: bool, rng: Random) -> Draft:
    """The first game by lot that is what its name says. Raises BadParams."""
    for _ in range(ATTEMPTS):
        made = draft(game, seats, actions, private, rng)
        if proved(made):
            return made
    none = f"none of {ATTEMPTS:,} games drawn is a {game} for {seats} seats"
    raise BadParams(f"dilemma: {none}; ask for fewer seats, or public payoffs")


def _dealt(params: Params, made: Draft, draw: Draw) -> DilemmaTask:
    story = draw.of("setting").choice(SETTINGS) if params.setting == "any" else None
    setting = story or next(each for each in SETTINGS if each.name == params.setting)
    stage, count = made.stage, made.stage.actions
    order = draw.of("order").sample(range(count), count)  # place a of the table is action order[a] of the draft
    names = tuple(draw.of("names").sample(setting.parties, params.seats))
    seats = draw.of("seats").sample(range(params.seats), params.seats)
    known = params.horizon == "fixed"
    rules = Rules(
        setting=setting.name,
        names=names,
        actions=tuple(draw.of("actions").sample(setting.actions, count)),
        form=stage.form,
        rounds=params.rounds if known else None,
        ending=0.0 if known else params.ending,
        most=0 if known else params.rounds,
        claims=tuple(stage.claims[a] for a in order) if stage.claims else (),
        bonus=stage.bonus,
        private=params.payoffs == "private",
        alignment=params.alignment,
    )
    sheets = tuple(
        Sheet(
            seat,
            shuffled(stage.form, stage.points[seats[seat]], order) if stage.points else (),
            canary(draw, "sheet", seat) if rules.private else "",
        )
        for seat in range(params.seats)
    )
    declared = (order.index(0), order.index(count - 1)) if made.declared else (None, None)
    fate = Fate(params.kind, _rounds(params, draw.of("rounds")), *declared)
    agenda = (TALK, CHOOSE) if params.talk else (CHOOSE,)
    goals = tuple(_goals(params, rules, draw))
    return DilemmaTask(tuple(Seat(name) for name in names), agenda, rules.rounds, rules, sheets, fate, goals)


def shuffled(form: str, points: Points, order: list[int]) -> Points:
    """Payoffs whose actions stand in another order; where two are swapped, so are the columns that count the first."""
    rows = tuple(points[a] for a in order)
    return tuple(row[::-1] for row in rows) if form == "count" and order[0] != 0 else rows


def _rounds(params: Params, rng: Random) -> int:
    """How many rounds there will be: each is the last with the chance `ending`, where that is hidden."""
    rounds = params.rounds if params.horizon == "fixed" else 1
    while rounds < params.rounds and rng.random() >= params.ending:
        rounds += 1
    return rounds


def _goals(params: Params, rules: Rules, draw: Draw) -> list[Goal]:
    goals = []
    for seat in sorted(draw.of("goals").sample(range(params.seats), params.goals)):
        rng = draw.of("goal", seat)
        what = rng.choice(GOALS)
        action = rng.choice(rules.actions) if what == "often" else ""
        goals.append(Goal(seat, what, params.goal_bonus, action, canary(draw, "goal", seat)))
    return goals
