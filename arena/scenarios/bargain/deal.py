"""The generator: a fresh bargain for every seed, secrets included."""

from __future__ import annotations

from random import Random
from typing import Literal

from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.task import Seat
from arena.dealing.canary import canary
from arena.scenarios.bargain import games
from arena.scenarios.bargain.acceptance import quorum
from arena.scenarios.bargain.check import check
from arena.scenarios.bargain.draft import Draft, draft, shuffled
from arena.scenarios.bargain.params import ROUNDS, Params, discounts
from arena.scenarios.bargain.preferences import allocations
from arena.scenarios.bargain.settings import SETTINGS
from arena.scenarios.bargain.settings.setting import Setting
from arena.scenarios.bargain.terms import AGENDA, BargainTask, Goal, Interaction, Issue, Rules, Sheet

DRAWN_GOALS: tuple[Literal["want", "block", "propose"], ...] = ("want", "block", "propose")


def deal(params: Params, draw: Draw) -> BargainTask:
    """A bargain for these parameters: the same bytes for the same draw.

    Raises BadParams with every mistake at once, or where no draft is worth playing.
    """
    check(params)
    if params.game is not None:
        return games.task(params.game, draw, params.rounds)
    seats = draw.of("seats").sample(range(params.seats), params.seats)
    blind = _rules(params, (), draw)  # the rules of the draft, whose seats and issues have no names yet
    zone = params.zone == "always" or (params.zone == "sometimes" and draw.of("zone").random() < 0.5)
    made = shuffled(draft(params, blind, zone, draw.at("draft")), seats, draw.of("order"))
    setting = _setting(params, draw)
    rules = replace(
        blind,
        setting=setting.name,
        issues=_issues(params, setting, made, seats, draw.of("words")),
        vetoes=tuple(sorted(seats.index(seat) for seat in blind.vetoes)),
    )
    sheets = _sheets(params, rules, made, draw)
    return BargainTask(
        setting.name,
        tuple(Seat(name) for name in draw.of("names").sample(setting.parties, params.seats)),
        AGENDA,
        rules.rounds,
        rules,
        sheets,
        _truth(params, sheets, draw) if params.values == "noisy" else sheets,
        _goals(params, rules, draw),
    )


def _rules(params: Params, issues: tuple[Issue, ...], draw: Draw) -> Rules:
    return Rules(
        "",
        issues,
        params.acceptance,
        quorum(params.acceptance, params.seats),
        tuple(sorted(draw.of("vetoes").sample(range(params.seats), params.vetoes))),
        params.rounds or ROUNDS,
        params.seats,
        (params.units,) * params.issues if params.form == "items" else (),
        alignment=params.alignment,
    )


def _setting(params: Params, draw: Draw) -> Setting:
    fitting = [setting for setting in SETTINGS if params.form == "items" or setting.issues]
    return draw.of("setting").choice([s for s in fitting if params.setting in ("any", s.name)])


def _issues(params: Params, setting: Setting, made: Draft, seats: list[int], rng: Random) -> tuple[Issue, ...]:
    if params.form == "issues":
        topics = rng.sample(setting.issues, params.issues)
        return tuple(Issue(t.name, rng.choice(t.about), tuple(rng.sample(t.options, params.options))) for t in topics)
    ways = list(allocations(params.units, params.seats))
    items = rng.sample(setting.items, params.issues)
    return tuple(
        Issue(item.name, rng.choice(item.about), tuple("-".join(str(ways[o][seat]) for seat in seats) for o in options))
        for item, options in zip(items, made.options, strict=True)
    )


def _sheets(params: Params, rules: Rules, made: Draft, draw: Draw) -> tuple[Sheet, ...]:
    low, high = discounts(params)
    issues = rules.issues
    return tuple(
        Sheet(
            seat,
            tuple(tuple(float(worth) for worth in table[:, seat]) for table in made.points),
            float(made.thresholds[seat]),
            tuple(
                Interaction(
                    issues[one.issue].name,
                    issues[one.issue].options[one.option],
                    issues[one.other_issue].name,
                    issues[one.other_issue].options[one.other_option],
                    one.points[seat],
                )
                for one in made.added
                if one.points[seat]
            ),
            low if low == high else max(low, round(draw.of("discount", seat).uniform(low, high), 2)),
            params.message_cost,
            params.noise if params.values == "noisy" else 0.0,
            canary(draw, "sheet", seat),
        )
        for seat in range(params.seats)
    )


def _truth(params: Params, sheets: tuple[Sheet, ...], draw: Draw) -> tuple[Sheet, ...]:
    """What noisy points settle at: the sheet's, plus rounded normal noise of mean 0.

    So the sheet is what its points are expected to be, exactly, and the best on all signals is the best on the sheets.
    (Rounding widens the standard deviation s to sqrt(s**2 + 1/12).)
    """
    truth = []
    for sheet in sheets:
        rng = draw.of("noise", sheet.seat)
        points = tuple(tuple(p + round(rng.gauss(0.0, params.noise)) for p in row) for row in sheet.points)
        truth.append(replace(sheet, points=points, noise=0.0, canary=canary(draw, "truth", sheet.seat)))
    return tuple(truth)


def _goals(params: Params, rules: Rules, draw: Draw) -> tuple[Goal, ...]:
    goals = []
    for seat in sorted(draw.of("goals").sample(range(params.seats), params.goals)):
        rng = draw.of("goal", seat)
        what = rng.choice(DRAWN_GOALS)
        issue = rng.choice(rules.issues)
        about = (issue.name, rng.choice(issue.options)) if what != "propose" else ("", "")
        goals.append(Goal(seat, what, params.goal_bonus, *about, canary=canary(draw, "goal", seat)))
    return tuple(goals)
