"""What there is to see of a workshop: stretches of work, what of it was for nothing, who waited for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from arena.report.plots.picture import Record
from arena.scenarios.workshop.terms import Deed, Piece, Shop

# new: nobody had done it before; again: somebody had; lost: another took the task up at the same time; handed: given
# away, which takes a round; idle: nothing.
How = Literal["new", "again", "lost", "handed", "idle"]


@dataclass(frozen=True)
class Stint:
    """Rounds on end that a seat did one thing: from `begin` (the first round is 0) to before `end`.

    `task`: -1 where it is idle; `to`: whom it was handed to, -1 nobody: it lies free.
    """

    seat: int
    task: int
    begin: int
    end: int
    how: How
    to: int = -1


@dataclass(frozen=True)
class Wait:
    """A task that was begun at the very moment when one that it had to wait for was done: at `at` (rounds gone)."""

    at: int
    seat: int
    task: int
    next_seat: int
    next_task: int


@dataclass(frozen=True)
class Scene:
    """A workshop to be drawn.

    `able`: the skills of each seat, by number. `left`: of each task, the rounds of work that are left. `rounds`: how
    many are over; `most`: how many there can be. `best`: the rounds of the shortest plan, or where not `exact` a number
    that none can be shorter than.
    """

    names: tuple[str, ...]
    skills: tuple[str, ...]
    able: tuple[tuple[int, ...], ...]
    pieces: tuple[Piece, ...]
    left: tuple[int, ...]
    stints: tuple[Stint, ...]
    waits: tuple[Wait, ...]
    rounds: int
    most: int
    best: int
    exact: bool

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return not any(self.left)

    def count(self, how: How) -> int:
        """In how many rounds of a seat that happened."""
        return sum(stint.end - stint.begin for stint in self.stints if stint.how == how)


def scene(of: Record) -> Scene:
    """The scene of a match that was dealt."""
    w = of.table.world
    shop: Shop = w.common
    assert shop.rules is not None, "a match that was dealt has rules"
    assert shop.bench is not None, "and a bench"
    reference = of.header.reference
    able = {sheet.seat: tuple(sheet.skills) for sheet in w.own.sheets}
    stints = tuple(_stints(shop.deeds, len(of.game.everyone)))
    return Scene(
        names=of.game.names,
        skills=shop.rules.skills,
        able=tuple([able[seat] for seat in of.game.everyone]),
        pieces=shop.rules.pieces,
        left=shop.bench.left,
        stints=stints,
        waits=tuple(_waits(shop, shop.rules.pieces, stints)),
        rounds=len(shop.deeds),
        most=shop.rules.rounds,
        best=round(-reference.best),
        exact=reference.how == "exact",
    )


def _stints(deeds: Sequence[Sequence[Deed]], seats: int) -> Iterator[Stint]:
    """Every seat's rounds, in order, those alike that follow each other put together."""
    hows = _hows(deeds)
    for seat in range(seats):
        begin = 0
        for t, deed in enumerate([row[seat] for row in deeds]):
            more = t + 1 < len(deeds)
            after = deeds[t + 1][seat] if more else None
            if after is None or (after.task, hows[t + 1][seat]) != (deed.task, hows[t][seat]) or after.what == "took":
                yield Stint(seat, deed.task, begin, t + 1, hows[t][seat], deed.to)
                begin = t + 1


def _hows(deeds: Sequence[Sequence[Deed]]) -> list[list[How]]:
    """Of each round and seat, what came of it. Where two do the same at the same time, it is new of both."""
    before, found = set[tuple[int, int]](), list[list[How]]()
    for row in deeds:
        found.append([_how(deed, before) for deed in row])
        before |= {(deed.task, deed.unit) for deed in row if deed.what in ("took", "worked")}
    return found


def _how(deed: Deed, before: set[tuple[int, int]]) -> How:
    match deed.what:
        case "idle":
            return "idle"
        case "handed":
            return "handed"
        case "clashed":
            return "lost"
        case "took" | "worked":
            return "again" if (deed.task, deed.unit) in before else "new"


def _waits(shop: Shop, pieces: Sequence[Piece], stints: Sequence[Stint]) -> Iterator[Wait]:
    """What was begun, for the first time, as soon as the last of what it waits for was done."""
    benches = [*shop.benches, shop.bench]
    done = {
        task: next(t for t, bench in enumerate(benches) if bench is not None and not bench.left[task])
        for task in range(len(pieces))
        if shop.bench is not None and not shop.bench.left[task]
    }
    worked = sorted([s for s in stints if s.how in ("new", "again")], key=lambda s: (s.begin, s.seat))
    begun = {s.task: s for s in reversed(worked)}
    for task, first in begun.items():
        for other in pieces[task].after:
            if done.get(other) == first.begin:
                by = next(s for s in worked if s.task == other and s.begin < first.begin <= s.end)
                yield Wait(first.begin, by.seat, other, first.seat, task)
