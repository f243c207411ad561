"""The floor of a workshop: tasks in an order of precedence, who has which in hand, and what a round of work does.

Time goes in rounds; each seat works on at most one task at a time, a round's work at a time, and only on tasks whose
kind it has the skill for. Everything here is a whole number; nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Hand = tuple[int, int]  # a task, and the rounds of work that are left of it


@dataclass(frozen=True)
class Project:
    """What there is to do, and who can do it.

    kinds, work, after: (tasks,), the kind of each, the rounds of work it takes (at least 1), and the tasks that have to
    be done before it is begun. able: (seats,), the kinds that each seat has the skill for.
    """

    kinds: tuple[int, ...]
    work: tuple[int, ...]
    after: tuple[tuple[int, ...], ...]
    able: tuple[frozenset[int], ...]

    def start(self) -> Floor:
        """Nothing is begun."""
        return Floor(self.work, (None,) * len(self.able))


class Floor(NamedTuple):
    """How far the work has come.

    left: (tasks,), the rounds of work that are left for one who takes the task up now, 0 where it is done. hands:
    (seats,), what each has in hand. What is in somebody's hands is theirs: another who takes the task up begins anew.
    """

    left: tuple[int, ...]
    hands: tuple[Hand | None, ...]


class Act(NamedTuple):
    """What a seat does in a round: takes up a task, works on, hands over to a seat, or nothing."""

    what: Literal["take", "work", "hand", "idle"]
    which: int = -1


class Deed(NamedTuple):
    """What came of an act: `task`, and which round of its work (`unit`, from 1) was done; -1 and 0 where none was.

    `clashed`: the work was done and is lost, since another took the same task up in the same round. `to`: the seat that
    it was handed to, -1 where it lies free.
    """

    what: Literal["took", "worked", "clashed", "handed", "idle"]
    task: int = -1
    unit: int = 0
    to: int = -1


IDLE = Act("idle")
NOTHING = Deed("idle")


def done(floor: Floor) -> bool:
    """Whether every task is done."""
    return not any(floor.left)


def ready(project: Project, floor: Floor) -> list[int]:
    """The tasks that are still to be done and wait for nothing, in order; those in somebody's hand among them."""
    left = floor.left
    open_ = {task for task, rounds in enumerate(left) if rounds}
    return [task for task in range(len(left)) if left[task] and open_.isdisjoint(project.after[task])]


def open_to(project: Project, floor: Floor, seat: int, among: Sequence[int] | None = None) -> list[int]:
    """The tasks that a seat could take up now, in order; none while it has one in hand.

    among: the tasks that are ready, where they are known already.
    """
    if floor.hands[seat] is not None:
        return []
    able, kinds = project.able[seat], project.kinds
    return [task for task in (ready(project, floor) if among is None else among) if kinds[task] in able]


def held(floor: Floor) -> set[int]:
    """The tasks that are in somebody's hands."""
    return {hand[0] for hand in floor.hands if hand is not None}


def advance(
    project: Project, floor: Floor, acts: Sequence[Act], order: Sequence[int]
) -> tuple[Floor, tuple[Deed, ...]]:
    """What a round does: the floor after it, and what came of each seat's act.

    Where several take up the same task, the first in `order` (a lot over the seats) has it and the others' round is
    lost. A task that is done leaves every hand: what others have done of it is lost. What is handed over goes into the
    other's hand if that is empty by the end of the round and skilled, the first in `order` first; else it lies free.
    """
    left, hands, deeds = list(floor.left), list(floor.hands), [NOTHING] * len(acts)
    _work(project, left, hands, deeds, acts, order)
    for hand in hands:
        if hand is not None and hand[1] == 0:
            left[hand[0]] = 0
    hands = [None if hand is None or left[hand[0]] == 0 else hand for hand in hands]
    _hand_over(project, left, hands, deeds, acts, order)
    return Floor(tuple(left), tuple(hands)), tuple(deeds)


def _work(
    project: Project,
    left: list[int],
    hands: list[Hand | None],
    deeds: list[Deed],
    acts: Sequence[Act],
    order: Sequence[int],
) -> None:
    begun: dict[int, int] = {}  # what was left of a task that is taken up in this round
    for seat in order:
        what, which = acts[seat]
        if what == "take" and which in begun:
            deeds[seat] = Deed("clashed", which, project.work[which] - begun[which] + 1)
        elif what == "take":
            begun[which] = left[which]
            hands[seat] = (which, left[which] - 1)
            deeds[seat] = Deed("took", which, project.work[which] - left[which] + 1)
            left[which] = project.work[which]
        elif what == "work":
            task, rest = hands[seat] or (-1, 0)
            hands[seat] = (task, rest - 1)
            deeds[seat] = Deed("worked", task, project.work[task] - rest + 1)


def _hand_over(
    project: Project,
    left: list[int],
    hands: list[Hand | None],
    deeds: list[Deed],
    acts: Sequence[Act],
    order: Sequence[int],
) -> None:
    given = {seat: hands[seat] for seat in order if acts[seat].what == "hand"}
    for seat in given:
        hands[seat] = None
    for seat, hand in given.items():
        if hand is None:  # somebody else has done it in this very round
            continue
        (task, rest), to = hand, acts[seat].which
        if hands[to] is None and project.kinds[task] in project.able[to]:
            hands[to] = hand
            deeds[seat] = Deed("handed", task, 0, to)
        else:
            left[task] = min(left[task], rest)
            deeds[seat] = Deed("handed", task)
