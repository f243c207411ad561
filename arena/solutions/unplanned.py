"""Work without a plan or a word: what comes of a project when every seat goes by its own skills and what it sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from arena.solutions.sampled import sampled
from arena.solutions.shopfloor import IDLE, Act, Floor, Project, advance, done, held, open_to, ready

PLAYOUTS = 64
Profile = Callable[[Project, Floor, Sequence[int], int, Random], Act]
"""How a seat acts: (project, floor, the tasks that are ready, seat, dice)."""


def quietly(project: Project, floor: Floor, among: Sequence[int], seat: int, dice: Random) -> Act:
    """Works on what is in hand, else takes any task that it can and that is in nobody's hand; the floor `silent`.

    Who has lost the skill for what is in hand gives it to anyone.
    """
    hand = floor.hands[seat]
    if hand is not None:
        skilled = project.kinds[hand[0]] in project.able[seat]
        return Act("work") if skilled else Act("hand", _another(floor, seat, dice))
    taken = held(floor)
    tasks = [task for task in open_to(project, floor, seat, among) if task not in taken]
    return Act("take", dice.choice(tasks)) if tasks else IDLE


def blindly(project: Project, floor: Floor, among: Sequence[int], seat: int, dice: Random) -> Act:
    """Any legal move: the kind first, then the task or the seat; the floor `random`."""
    hand = floor.hands[seat]
    if hand is None:
        tasks = open_to(project, floor, seat, among)
        return Act("take", dice.choice(tasks)) if tasks and dice.random() < 1 / 2 else IDLE
    skilled = project.kinds[hand[0]] in project.able[seat]
    what = dice.choice(("work", "hand", "idle") if skilled else ("hand", "idle"))
    if what == "hand":
        return Act("hand", _another(floor, seat, dice))
    return Act("work") if what == "work" else IDLE


def _another(floor: Floor, seat: int, dice: Random) -> int:
    return dice.choice([other for other in range(len(floor.hands)) if other != seat])


def playout(project: Project, floor: Floor, profile: Profile, rounds: int, dice: Random) -> int:
    """The rounds until all is done when every seat acts so, at most `rounds`."""
    seats = list(range(len(project.able)))
    for gone in range(rounds):
        if done(floor):
            return gone
        among = ready(project, floor)
        acts = [profile(project, floor, among, seat, dice) for seat in range(len(seats))]
        dice.shuffle(seats)
        floor, _ = advance(project, floor, acts, seats)
    return rounds


def playouts(
    project: Project, floor: Floor, profile: Profile, rounds: int, count: int = PLAYOUTS, marks: Sequence[int] = ()
) -> tuple[float, float]:
    """The mean of so many playouts and its standard error; playout i throws the dice of seed i.

    marks: other lengths that there are, by which an error is given where all come out alike.
    """
    return sampled([playout(project, floor, profile, rounds, Random(i)) for i in range(count)], marks)


def alone(project: Project, floor: Floor, rounds: int) -> int:
    """The rounds until all is done when the best seat works and the others rest, at most `rounds`; exact.

    One who has every skill that is needed does one task after the other; what others have in hand it begins anew.
    """
    best = rounds
    for seat, able in enumerate(project.able):
        hand = floor.hands[seat]
        left = [hand[1] if hand is not None and hand[0] == task else rest for task, rest in enumerate(floor.left)]
        if all(kind in able for kind, rest in zip(project.kinds, left, strict=True) if rest):
            best = min(best, sum(left))
    return best
