"""The parameters of a workshop: what may be asked of the generator, and every impossible one, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from arena.dealing.ranges import outside, refuse
from arena.errors import Mistake, nearest
from arena.scenarios.workshop.settings import SETTINGS
from arena.solutions.interruptible import chain, order


class Given(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A task that is given: the number of its kind, from 0; its rounds of work; the places in the list of the tasks
    that it waits for, from 0."""

    kind: int
    rounds: int
    after: tuple[int, ...] = ()


class Params(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a generated workshop is like.

    seats: 2 to 8. tasks: 2 to 32, what makes it grow; kinds of them: 1 to 6, each of which needs a skill of its own.
    skills: how many each seat has, 1 to 6; every skill is somebody's. shortest, longest: a task takes so many rounds of
    work, 1 to 12. links: how many other tasks a task waits for, on the average, 0 to 3; the first ones for fewer.
    given: the tasks, in place of drawn ones, each as {kind, rounds, after}; then only skills and order are drawn.
    alone: whether one seat could do it all, `never` or `one`. rounds: H, 1 to 400; where it is not given, as many as
    one would need who did it all.
    pay: points for each round of work that a seat is the first to do, 0 to 10. goals: so many seats have a private goal
    worth `goal_bonus` (above 0, at most 1000). alignment a, in [0, 1]: payoffs are a * V + (1 - a) * own. setting: the
    story, `any` to have it drawn.
    """

    seats: int = 4
    tasks: int = 12
    kinds: int = 4
    skills: int = 2
    shortest: int = 1
    longest: int = 4
    links: float = 1.0
    given: tuple[Given, ...] = ()
    alone: Literal["never", "one"] = "never"
    rounds: int | None = None
    pay: float = 0.0
    goals: int = 0
    goal_bonus: float = 3.0
    alignment: float = 0.0
    setting: str = "any"


RANGES: dict[str, tuple[float, float]] = {
    "seats": (2, 8),
    "tasks": (2, 32),
    "kinds": (1, 6),
    "skills": (1, 6),
    "shortest": (1, 12),
    "longest": (1, 12),
    "links": (0, 3),
    "rounds": (1, 400),
    "pay": (0, 10),
    "goals": (0, 8),
    "goal_bonus": (0, 1000),
    "alignment": (0, 1),
}


def check(params: Params) -> None:
    """Raises BadParams that names every mistake in the parameters at once."""
    found = [*outside(params, RANGES), *_setting(params), *_skills(params), *_tasks(params), *_given(params)]
    refuse("workshop", [*found, *_too_much(params)])


def _setting(params: Params) -> Iterator[Mistake]:
    names = [setting.name for setting in SETTINGS]
    if params.setting != "any" and params.setting not in names:
        yield Mistake("setting", f"found {params.setting!r}", nearest(params.setting, ["any", *names]))
    if params.goal_bonus == 0:
        yield Mistake("goal_bonus", "found 0", "expected above 0, at most 1000")
    if params.goals > params.seats:
        yield Mistake("goals", f"found {params.goals}", f"expected at most {params.seats}, one for each seat")


def _skills(params: Params) -> Iterator[Mistake]:
    if params.skills > params.kinds:
        yield Mistake("skills", f"found {params.skills} of {params.kinds} kinds", f"expected at most {params.kinds}")
    elif params.alone == "never" and params.skills == params.kinds:
        yield Mistake("skills", f"found all {params.kinds} kinds", "expected fewer where nobody can do it all alone")
    if params.alone == "never" and params.seats > 1 and 0 < params.seats * params.skills < params.kinds:
        most = params.seats * params.skills
        yield Mistake(
            "kinds", f"found {params.kinds}", f"expected at most {most}: {params.seats} seats with {params.skills}"
        )


def _tasks(params: Params) -> Iterator[Mistake]:
    if params.given:
        return
    if params.shortest > params.longest:
        yield Mistake("shortest", f"found {params.shortest}", f"expected at most the longest, {params.longest}")
    if params.tasks < params.kinds:
        yield Mistake("tasks", f"found {params.tasks}", f"expected {params.kinds} or more, one of each kind")


def _given(params: Params) -> Iterator[Mistake]:
    if not params.given:
        return
    places = range(len(params.given))
    low, high = RANGES["tasks"]
    if not low <= len(params.given) <= high:
        yield Mistake("given", f"found {len(params.given)} tasks", f"expected {low:g} to {high:g}")
    if {task.kind for task in params.given} != set(range(params.kinds)):
        kinds = sorted({task.kind for task in params.given})
        yield Mistake("given", f"found tasks of the kinds {kinds}", f"expected each of 0 to {params.kinds - 1}")
    if any(not 1 <= task.rounds <= RANGES["longest"][1] for task in params.given):
        yield Mistake("given", "found a task of a wrong length", f"expected 1 to {RANGES['longest'][1]:g} rounds")
    if any(other not in places for task in params.given for other in task.after):
        yield Mistake(
            "given", "found a task that waits for one that is not there", f"expected places 0 to {places[-1]}"
        )
    elif circle := _circle(params):
        yield Mistake("given", circle, "expected an order in which they can be done")


def _circle(params: Params) -> str | None:
    try:
        order(tuple([task.after for task in params.given]))
    except ValueError as error:
        return f"found that {error}"
    return None


def _too_much(params: Params) -> Iterator[Mistake]:
    """More work than the rounds allow, whoever does it."""
    if params.rounds is None:
        return
    work = [task.rounds for task in params.given] or [params.shortest] * params.tasks
    if sum(work) > params.seats * params.rounds:
        there = f"{params.seats} seats have {params.seats * params.rounds} in {params.rounds}"
        yield Mistake(
            "rounds", f"found {sum(work)} rounds of work at the least; {there}", "ask for more rounds, or less work"
        )
    elif params.given and not list(_given(params)):
        after = tuple([task.after for task in params.given])
        longest = max([head + rounds for head, rounds in zip(chain(after, work), work, strict=True)])
        if longest > params.rounds:
            yield Mistake(
                "rounds", f"found {params.rounds}", f"expected {longest} or more, for the longest chain of tasks"
            )
