"""Selfish: takes up the longest task that it can, gives nothing away, and tells the others to keep off it."""

from __future__ import annotations

from collections.abc import Sequence

from arena.core.draw import Draw
from arena.core.view import View
from arena.scenarios.workshop.policies.acting import going_on, intention, take_first, worker
from arena.scenarios.workshop.policies.situation import Situation
from arena.scenarios.workshop.terms import Fact
from arena.solutions.shopfloor import Act

WORDS = ("Nobody is better at {task} than I am. Leave it to me.", "I shall take {task}, for the good of all.")


def chosen(now: Situation, draw: Draw) -> Act:
    return going_on(now) or take_first(sorted(now.free, key=lambda task: -now.floor.left[task]))


def tells(now: Situation, view: View) -> Sequence[Fact]:
    return intention(now, chosen(now, Draw(b"")))


policy = worker(chosen, WORDS, tells)
