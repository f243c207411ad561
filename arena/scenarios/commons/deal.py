"""The generator: a fresh commons for every seed, secrets included."""

from __future__ import annotations

from random import Random
from typing import Literal

from arena.core.draw import Draw
from arena.core.task import Phase, Seat
from arena.dealing.canary import canary
from arena.errors import BadParams
from arena.scenarios.commons.growth import after
from arena.scenarios.commons.params import Params, check
from arena.scenarios.commons.settings import SETTINGS
from arena.scenarios.commons.terms import CommonsTask, Fate, Goal, Growth, Rules, Sheet
from arena.solutions.harvesting import plan, sustainable

TALK = Phase("talk", act="no")
HARVEST = Phase("harvest", talk=False, act="must", together=True)
VOTE = Phase("vote", talk=False, act="must", together=True)
ELECT = Phase("elect", talk=False, act="must", together=True)
DECREE = Phase("decree", talk=False, act="must", together=True)
AGENDAS = {"none": (TALK, HARVEST), "quota": (TALK, VOTE, HARVEST), "manager": (TALK, ELECT, DECREE, HARVEST)}

ATTEMPTS = 200
LEAST = 3  # how many times as much a sustained stock must give as one that is shared out at once
GOALS: tuple[Literal["stock", "most"], ...] = ("stock", "most")


def deal(params: Params, draw: Draw) -> CommonsTask:
    """A dealt commons. Raises BadParams, also where the parameters make no commons that is worth sustaining.

    An instance is accepted where harvesting by the optimum gives at least three times what sharing out the stock at
    once does, in expectation where the horizon is hidden; else the capacity is drawn again. Of a `vary` of 0 there is
    only one.
    """
    check(params)
    survival = 1.0 if params.horizon == "fixed" else 1 - params.ending
    for attempt in range(ATTEMPTS):
        growth, start = _growth(params, draw.of("growth", attempt))
        rounds = _rounds(params, draw.of("rounds", attempt))
        if sustained(growth, start, params.rounds, survival) >= LEAST * start:
            return _dealt(params, draw, growth, start, rounds)
    share, less = sustained(growth, start, params.rounds, survival) / start, " or `ending`" if survival < 1 else ""
    raise BadParams(
        f"commons: no instance in {ATTEMPTS} drawn gives {LEAST} times the first stock when it is sustained (the last "
        f"gives {share:.2g} times); ask for more rounds, a higher rate or a lower threshold{less}"
    )


def sustained(growth: Growth, start: int, rounds: int, survival: float) -> float:
    """The most that a stock yields over so many rounds, in expectation where each comes with the chance `survival`."""
    return float(plan(after(growth), rounds, survival).worth[0, start])


def _growth(params: Params, rng: Random) -> tuple[Growth, int]:
    low, high = round(params.capacity * (1 - params.vary)), round(params.capacity * (1 + params.vary))
    capacity = max(rng.randint(low, high), 4 * params.seats)
    rate = None if params.regrowth == "table" else params.rate
    growth = Growth(params.regrowth, capacity, max(1, round(params.threshold * capacity)), rate, params.steps)
    return growth, max(1, round(params.start * capacity))


def _rounds(params: Params, rng: Random) -> int:
    """How many rounds there will be: each is the last with the chance `ending`, where that is hidden."""
    if params.horizon == "fixed":
        return params.rounds
    rounds = 1
    while rounds < params.rounds and rng.random() >= params.ending:
        rounds += 1
    return rounds


def _dealt(params: Params, draw: Draw, growth: Growth, start: int, rounds: int) -> CommonsTask:
    story = draw.of("setting").choice(SETTINGS) if params.setting == "any" else None
    setting = story or next(each for each in SETTINGS if each.name == params.setting)
    names = tuple(draw.of("names").sample(setting.parties, params.seats))
    known = params.horizon == "fixed"
    told = growth if params.growth == "known" else Growth(growth.kind, growth.capacity, growth.threshold, None)
    rules = Rules(
        setting=setting.name,
        names=names,
        growth=told,
        stock=start,
        rounds=params.rounds if known else None,
        ending=0.0 if known else params.ending,
        most=0 if known else params.rounds,
        monitor=params.monitor,
        institution=params.institution,
        fine=params.fine,
        term=params.term if params.institution == "manager" else 1,
        shortage=params.shortage if params.needs else 0.0,
        alignment=params.alignment,
    )
    sheets = tuple(_sheet(params, growth, seat, draw) for seat in range(params.seats))
    goals = tuple(_goals(params, growth, draw))
    agenda = AGENDAS[params.institution]
    return CommonsTask(
        tuple(Seat(name) for name in names), agenda, rules.rounds, rules, sheets, Fate(rounds, growth), goals
    )


def _sheet(params: Params, growth: Growth, seat: int, draw: Draw) -> Sheet:
    fair = sustainable(after(growth), growth.capacity) / params.seats
    most = round(2 * params.needs * fair)
    need = draw.of("need", seat).randint(0, most) if most else 0
    estimate = None
    if params.growth == "estimated" and growth.rate is not None:
        estimate = round(max(growth.rate * (1 + draw.of("estimate", seat).gauss(0, params.noise)), 0.01), 2)
    return Sheet(seat, need, estimate, canary(draw, "sheet", seat))


def _goals(params: Params, growth: Growth, draw: Draw) -> list[Goal]:
    goals = []
    for seat in sorted(draw.of("goals").sample(range(params.seats), params.goals)):
        what = draw.of("goal", seat).choice(GOALS)
        units = growth.capacity // 2 if what == "stock" else 0
        goals.append(Goal(seat, what, params.goal_bonus, units, canary(draw, "goal", seat)))
    return goals
