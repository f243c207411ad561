"""Saboteur: claims to be able to do everything, takes up the task on which most hangs, and then does no work on it."""

from __future__ import annotations

from collections.abc import Sequence

from arena.core.draw import Draw
from arena.core.view import View
from arena.scenarios.workshop.policies.acting import own_skills, take_first, worker
from arena.scenarios.workshop.policies.situation import Situation
from arena.scenarios.workshop.terms import Fact, Skill
from arena.solutions.shopfloor import IDLE, Act

WORDS = ("I am nearly there with {task}.", "{task} is in good hands.", "Do not worry about {task}; I see to it.")


def chosen(now: Situation, draw: Draw) -> Act:
    return take_first(now.free) if now.hand is None else IDLE


def tells(now: Situation, view: View) -> Sequence[Fact]:
    first = any(isinstance(fact, Skill) and fact.have == "yes" for fact in own_skills(now, view))
    return [Skill(skill, "yes") for skill in now.rules.skills] if first else []


policy = worker(chosen, WORDS, tells)
