"""The shortest schedule of a project: a bound that no way to work can beat, and a plan that meets it.

The plan runs each task through without a break (`Search`); the bound (`solutions.interruptible`) lets tasks be
interrupted and passed on at will, for nothing. Where the two meet, the plan is optimal among all ways to work, those
with hand-overs included, and nothing has to be enumerated to know it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from arena.solutions.interruptible import least, rest
from arena.solutions.search import Job, Search
from arena.solutions.shopfloor import IDLE, Act, Floor, Project, advance, done


class Block(NamedTuple):
    """A seat at a task: from `begin` (rounds from now, the first is 0) for so many rounds on end."""

    seat: int
    task: int
    begin: int
    rounds: int


@dataclass(frozen=True)
class Schedule:
    """A plan and how good it is.

    length: the rounds from now until all is done by it; bound: the rounds that it takes at the least, however one
    works. gives: seats that put down what they have in hand in the first round, and to whom they give it.
    """

    length: int
    bound: int
    blocks: tuple[Block, ...]
    gives: tuple[tuple[int, int], ...] = ()

    @property
    def exact(self) -> bool:
        """Whether nothing can be shorter."""
        return self.length == self.bound

    def acts(self, floor: Floor, now: int) -> tuple[Act, ...]:
        """What each seat does in this round of the plan (the first is 0), on a floor that has followed it so far."""
        acts = [IDLE] * len(floor.hands)
        for block in self.blocks:
            if block.begin <= now < block.begin + block.rounds:
                hand = floor.hands[block.seat]
                acts[block.seat] = Act("take", block.task) if hand is None else Act("work")
        for seat, to in self.gives if now == 0 else ():
            acts[seat] = Act("hand", to)
        return tuple(acts)


def walk(project: Project, floors: Sequence[Floor]) -> tuple[Act, ...]:
    """What each seat does now by a plan that is kept for as long as the floor follows it, and made anew where it does
    not.

    floors: how it stood before each round so far, and how it stands now. Whoever knows the same comes to the same.
    """
    acts: tuple[Act, ...] = ()
    expected: Floor | None = None
    made, since = None, 0
    for now, floor in enumerate(floors):
        if made is None or floor != expected:
            made, since = shortest(project, floor), now
        acts = made.acts(floor, now - since)
        expected, _ = advance(project, floor, acts, range(len(acts)))
    return acts


@lru_cache(maxsize=1024)
def shortest(project: Project, floor: Floor) -> Schedule:
    """The shortest schedule from how the floor stands, as far as it is found.

    Raises ValueError where a task that is left needs a skill that nobody has.
    """
    if done(floor):
        return Schedule(0, 0, ())
    lower, tails = least(project, floor)
    jobs, busy, putters = _begun(project, floor)
    length = lower
    while True:
        found = Search(project, jobs, busy, tails, length).plan()
        if found is not None:
            blocks = tuple(Block(*each) for each in found)
            return Schedule(length, lower, blocks, tuple(_gives(project, floor, blocks, putters)))
        length += 1


def _begun(project: Project, floor: Floor) -> tuple[list[Job], list[tuple[int, int]], list[int]]:
    """What is left to do, until when each seat is at what, and who has to put down what it has in hand.

    Of several copies of a task it is the one with the least work left that is gone on with; the others are put down.
    So is one whose holder has lost the skill for it; it can be taken up again in the round after.
    """
    least_left = rest(floor)
    jobs = [Job(rounds, 0) for rounds in least_left]
    busy, putters, kept = [(0, -1)] * len(floor.hands), list[int](), set[int]()
    for seat, hand in enumerate(floor.hands):
        if hand is None:
            continue
        task, rounds = hand
        able = project.kinds[task] in project.able[seat]
        if able and rounds == least_left[task] and task not in kept:
            kept.add(task)
            busy[seat] = (rounds, task)
        else:
            putters.append(seat)
            busy[seat] = (1, -1)
    for task, rounds in enumerate(least_left):
        if rounds < floor.left[task] and task not in kept:  # the best copy has to be put down first
            jobs[task] = Job(rounds, 1)
    return jobs, busy, putters


def _gives(
    project: Project, floor: Floor, blocks: Sequence[Block], putters: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """To whom each gives what it puts down: the seat that goes on with it next, else one in whose hand it cannot come,
    so that it lies free."""
    for seat in putters:
        hand = floor.hands[seat]
        assert hand is not None, "who puts something down has it in hand"
        others = [other for other in range(len(project.able)) if other != seat]
        after = {other: [b for b in blocks if b.seat == other and b.begin >= 1] for other in others}
        heirs = [o for o in others if after[o] and min(after[o], key=lambda b: b.begin).task == hand[0]]
        out_of_reach = [o for o in others if project.kinds[hand[0]] not in project.able[o]]
        yield seat, (heirs + out_of_reach + others)[0]
