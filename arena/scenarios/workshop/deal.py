"""The generator: a fresh workshop for every seed, secrets included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from arena.core.draw import Draw
from arena.core.task import Phase, Seat
from arena.dealing.canary import canary
from arena.errors import BadParams
from arena.scenarios.workshop.params import Given, Params, check
from arena.scenarios.workshop.settings import SETTINGS, Setting
from arena.scenarios.workshop.terms import Goal, Piece, Rules, Sheet, WorkshopTask
from arena.solutions.scheduling import shortest
from arena.solutions.shopfloor import Project
from arena.solutions.unplanned import PLAYOUTS, playouts, quietly

AGENDA = (Phase("talk", act="no"), Phase("work", talk=False, act="must", together=True))
ATTEMPTS = 300
ORDERS = 8  # in which an accepted draft is tried
SPARE = 2  # rounds by which a plan has to beat what comes of it without a word
SURE = 2  # standard errors by which that has to be so
FIRST = 12  # playouts that are looked at first
MOST_LINKS = 3
GOALS: tuple[Literal["most", "skill"], ...] = ("most", "skill")


@dataclass
class Turned:
    """Why drafts were turned down: how many had an optimum that was not proved, how near the rest came."""

    unproved: int = 0
    too_long: int = 0
    most: float = 0.0


def deal(params: Params, draw: Draw) -> WorkshopTask:
    """A dealt workshop. Raises BadParams, also where the parameters make none that is worth planning.

    A draft is accepted where the shortest schedule is proved, fits into the rounds, and beats what seats come to that
    do not talk by two rounds or more. Then tasks and seats are put into an order by lot.
    """
    check(params)
    turned = Turned()
    for attempt in range(ATTEMPTS):
        rng = draw.of("draft", attempt)
        project = _project(params, rng)
        if _accepted(project, params.rounds or sum(project.work), turned):
            # What is proved in one order might take the search too long in another.
            for ordered in [_shuffled(project, rng) for _ in range(ORDERS)]:
                if shortest(ordered, ordered.start()).exact:
                    return _dealt(params, draw, ordered)
    raise BadParams(
        f"workshop: no instance in {ATTEMPTS} drawn is worth planning: {turned.too_long} take more rounds than there "
        f"are, {turned.unproved} have no proved optimum, and of the rest a plan saves {turned.most:.1f} rounds at the "
        f"most (expected {SPARE}, beyond doubt); ask for more tasks or rounds, fewer links or other skills"
    )


def _accepted(project: Project, rounds: int, turned: Turned) -> bool:
    made = shortest(project, project.start())
    if not made.exact:
        turned.unproved += 1
        return False
    if made.length > rounds:
        turned.too_long += 1
        return False
    for count in (FIRST, PLAYOUTS):
        mean, error = playouts(project, project.start(), quietly, rounds, count)
        turned.most = max(turned.most, mean - made.length)
        sure = -SURE if count == PLAYOUTS else SURE  # the first ones only turn down what is hopeless
        if mean + sure * error - made.length < SPARE:
            return False
    return True


def _project(params: Params, rng: Random) -> Project:
    """Tasks and skills by lot: each kind as often as any other, each skill somebody's, every task after some before."""
    able = _able(params, rng)
    if params.given:
        return _given(params.given, able)
    kinds = [task % params.kinds for task in range(params.tasks)]
    rng.shuffle(kinds)
    work = [rng.randint(params.shortest, params.longest) for _ in kinds]
    links = [sum(rng.random() < params.links / MOST_LINKS for _ in range(MOST_LINKS)) for _ in kinds]
    after = [tuple(sorted(rng.sample(range(task), min(task, n)))) for task, n in enumerate(links)]
    return Project(tuple(kinds), tuple(work), tuple(after), able)


def _given(tasks: Sequence[Given], able: tuple[frozenset[int], ...]) -> Project:
    kinds, work, after = zip(*[(task.kind, task.rounds, task.after) for task in tasks], strict=True)
    return Project(kinds, work, after, able)


def _able(params: Params, rng: Random) -> tuple[frozenset[int], ...]:
    """The skills of each seat: the kinds are dealt out in turn, so that each is somebody's, and the rest by lot."""
    masters = 1 if params.alone == "one" else 0
    able = [set(range(params.kinds)) for _ in range(masters)] + [set[int]() for _ in range(params.seats - masters)]
    kinds = rng.sample(range(params.kinds), params.kinds) if not masters else []
    for i, kind in enumerate(kinds):
        able[i % params.seats].add(kind)
    for skills in able[masters:]:
        others = [kind for kind in range(params.kinds) if kind not in skills]
        skills.update(rng.sample(others, params.skills - len(skills)))
    return tuple([frozenset(skills) for skills in able])


def _shuffled(project: Project, rng: Random) -> Project:
    """The same with tasks and seats in another order, all orders with equal chances."""
    tasks = rng.sample(range(len(project.kinds)), len(project.kinds))
    seats = rng.sample(range(len(project.able)), len(project.able))
    place = {task: i for i, task in enumerate(tasks)}
    return Project(
        tuple([project.kinds[task] for task in tasks]),
        tuple([project.work[task] for task in tasks]),
        tuple([tuple(sorted([place[other] for other in project.after[task]])) for task in tasks]),
        tuple([project.able[seat] for seat in seats]),
    )


def _dealt(params: Params, draw: Draw, project: Project) -> WorkshopTask:
    story = draw.of("setting").choice(SETTINGS) if params.setting == "any" else None
    setting = story or next(each for each in SETTINGS if each.name == params.setting)
    names = tuple(draw.of("names").sample(setting.parties, params.seats))
    rules = Rules(
        setting=setting.name,
        names=names,
        skills=tuple(draw.of("skills").sample(setting.skills, params.kinds)),
        pieces=_pieces(project, setting, draw),
        rounds=params.rounds or sum(project.work),
        alone=params.alone == "one",
        pay=params.pay,
        alignment=params.alignment,
    )
    sheets = tuple(
        [Sheet(seat, tuple(sorted(able)), canary(draw, "sheet", seat)) for seat, able in enumerate(project.able)]
    )
    goals = tuple(_goals(params, project, draw))
    return WorkshopTask(tuple([Seat(name) for name in names]), AGENDA, rules.rounds, rules, sheets, goals)


def _pieces(project: Project, setting: Setting, draw: Draw) -> tuple[Piece, ...]:
    names = draw.of("tasks").sample(setting.tasks, len(project.kinds))
    rows = zip(names, project.kinds, project.work, project.after, strict=True)
    return tuple([Piece(name, kind, work, after) for name, kind, work, after in rows])


def _goals(params: Params, project: Project, draw: Draw) -> list[Goal]:
    goals = []
    for seat in sorted(draw.of("goals").sample(range(params.seats), params.goals)):
        rng = draw.of("goal", seat)
        what, skill = rng.choice(GOALS), rng.choice(sorted(project.able[seat]))
        total = sum(work for work, kind in zip(project.work, project.kinds, strict=True) if kind == skill)
        units = -(-total // 2) if what == "skill" else 0
        mark = canary(draw, "goal", seat)
        goals.append(Goal(seat, what, params.goal_bonus, skill if what == "skill" else 0, units, mark))
    return goals
