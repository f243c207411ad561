"""The generator: a fresh market for every seed, secrets included."""

from __future__ import annotations

from arena.core.draw import Draw
from arena.core.task import Seat
from arena.dealing.canary import canary
from arena.errors import BadParams
from arena.scenarios.market.draft import costs, values
from arena.scenarios.market.params import Params, check
from arena.scenarios.market.settings import SETTINGS
from arena.scenarios.market.terms import AGENDA, Goal, MarketTask, Rules, Sheet
from arena.scenarios.market.worth import units
from arena.solutions.tolerance import TOLERANCE
from arena.solutions.trading import most

ATTEMPTS = 200


def deal(params: Params, draw: Draw) -> MarketTask:
    """A dealt market: values and costs are drawn until there is something to gain. Raises BadParams."""
    check(params)
    rules = _rules(params, draw)
    for attempt in range(ATTEMPTS):
        sheets = _sheets(params, rules, draw, attempt)
        if most(units(rules, sheets)) > TOLERANCE:
            goals = tuple(_goals(params, rules, draw))
            return MarketTask(tuple(Seat(name) for name in rules.names), AGENDA, rules.rounds, rules, sheets, goals)
    raise BadParams(
        f"market: in none of {ATTEMPTS} markets drawn is there a gain from trade; ask for more seats, or a larger scale"
    )


def _rules(params: Params, draw: Draw) -> Rules:
    story = draw.of("setting").choice(SETTINGS) if params.setting == "any" else None
    setting = story or next(each for each in SETTINGS if each.name == params.setting)
    sides = draw.of("sides")
    half = params.seats // 2 + (params.seats % 2 and sides.randint(0, 1))
    buyers = tuple(sorted(sides.sample(range(params.seats), params.buyers or half)))
    return Rules(
        setting=setting.name,
        names=tuple(draw.of("names").sample(setting.parties, params.seats)),
        buyers=buyers,
        highest=params.scale,
        rounds=params.rounds,
        units=params.units,
        goods=params.goods,
        alignment=params.alignment,
    )


def _sheets(params: Params, rules: Rules, draw: Draw, attempt: int) -> tuple[Sheet, ...]:
    sheets = []
    for seat in range(params.seats):
        rng = draw.of("worth", attempt, seat)
        if seat in rules.buyers:
            worth = values(rng, params.scale, params.units, params.goods, len(rules.sellers), params.taste)
        else:
            worth = costs(rng, params.scale, params.units)
        sheets.append(Sheet(seat, worth, canary=canary(draw, "sheet", seat)))
    return tuple(sheets)


def _goals(params: Params, rules: Rules, draw: Draw) -> list[Goal]:
    goals = []
    for seat in sorted(draw.of("goals").sample(range(params.seats), params.goals)):
        rng, mark = draw.of("goal", seat), canary(draw, "goal", seat)
        if rng.random() < 0.5:
            goals.append(Goal(seat, "first", params.goal_bonus, None, mark))
        else:
            other = rng.choice(rules.sellers if seat in rules.buyers else rules.buyers)
            goals.append(Goal(seat, "partner", params.goal_bonus, other, mark))
    return goals
