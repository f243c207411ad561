"""Planner: tells its skills, then does its part of the shortest schedule of all that is left.

Everyone who was told the same comes to the same schedule (`solutions.scheduling`), and keeps to it for as long as the
work goes by it; when it does not, all plan anew from how it stands.
"""

from __future__ import annotations

from arena.core.draw import Draw
from arena.scenarios.workshop.policies.acting import going_on, own_skills, worker
from arena.scenarios.workshop.policies.situation import Situation
from arena.solutions.scheduling import walk
from arena.solutions.shopfloor import Act

WORDS = (
    "Let us all say what we can do, and then each does its part of the shortest plan. For me that is {task}.",
    "By the shortest plan that I can find, {task} is mine now.",
    "If each keeps to the plan, nothing is done twice. I am at {task}.",
)


def chosen(now: Situation, draw: Draw) -> Act:
    act = walk(now.project, now.floors)[now.seat]
    if act.what == "work" and now.stuck:
        return going_on(now) or act
    return act


policy = worker(chosen, WORDS, own_skills)
