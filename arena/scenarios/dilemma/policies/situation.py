"""How a dilemma stands for the seat that is asked: read once from what it knows, for any policy to decide on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from arena.core.view import World
from arena.errors import UsageError
from arena.scenarios.dilemma.terms import Payoffs, Ring, Rules
from arena.solutions.stage import Points, Stage

LARGEST = 10_000  # profiles that a policy looks at


@dataclass(frozen=True)
class Situation:
    """What a seat decides on: `points` by seat, None where it has not been told them; `played`: profiles of actions."""

    seat: int
    seats: int
    rules: Rules
    points: tuple[Points | None, ...]
    played: tuple[tuple[int, ...], ...]

    @property
    def others(self) -> list[int]:
        return [seat for seat in range(self.seats) if seat != self.seat]

    @property
    def stage(self) -> Stage | None:
        """The round's payoffs for everyone; None where somebody's are not known."""
        if self.rules.form == "claim":
            return Stage("claim", self.seats, len(self.rules.actions), (), self.rules.claims, self.rules.bonus)
        known = tuple(points for points in self.points if points is not None)
        return Stage(self.rules.form, self.seats, len(self.rules.actions), known) if len(known) == self.seats else None

    @property
    def alike(self) -> Stage:
        """The round's payoffs as they would be if everyone had this seat's, where theirs are not known."""
        own = self.points[self.seat] or ()
        points = tuple(points if points is not None else own for points in self.points)
        found = self.stage
        return found or Stage(self.rules.form, self.seats, len(self.rules.actions), points)

    def joint(self) -> tuple[int, ...]:
        """The profile with the largest joint sum, as far as this seat can tell; ties lexicographic."""
        return self.alike.best()[1]

    def cooperating(self) -> int:
        """This seat's part in the best joint profile."""
        return self.joint()[self.seat]

    def defecting(self) -> int:
        """The best reply to everybody's part in the best joint profile; where that is the part itself, the safest."""
        reply = self.reply_to(self.joint())
        return reply if reply != self.cooperating() else self.safest()

    def reply_to(self, profile: Sequence[int]) -> int:
        """The action that pays most when the others choose as in this profile; the first of equals."""
        own = [self.alike.payoff(self.seat, _with(profile, self.seat, a)) for a in range(len(self.rules.actions))]
        return own.index(max(own))

    def safest(self) -> int:
        """The action with the largest payoff in its worst case; the first of equals."""
        count = len(self.rules.actions)
        worst = [min(self.alike.payoff(self.seat, p) for p in self._around(a)) for a in range(count)]
        return worst.index(max(worst))

    def _around(self, action: int) -> list[list[int]]:
        """The profiles with this seat's action; where they are many, those in which the others are alike."""
        count = range(len(self.rules.actions))
        if len(count) ** (self.seats - 1) > LARGEST:
            return [_with([b] * self.seats, self.seat, action) for b in count]
        return [[*p[: self.seat], action, *p[self.seat :]] for p in product(count, repeat=self.seats - 1)]

    def expected(self) -> list[float]:
        """What each action is worth against the others' frequencies, from a prior of one of each (Brown 1951)."""
        count = len(self.rules.actions)
        chances = [
            [(1 + sum(p[other] == a for p in self.played)) / (count + len(self.played)) for a in range(count)]
            for other in self.others
        ]
        return [self.alike.worth(self.seat, a, chances) for a in range(count)]


def _with(profile: Sequence[int], seat: int, action: int) -> list[int]:
    return [action if each == seat else chosen for each, chosen in enumerate(profile)]


def situation(known: World[Ring], seat: int) -> Situation:
    """The situation that a seat's known world holds. Raises UsageError where it has not been told the rules."""
    now = known.common
    if now.rules is None:
        raise UsageError("a player was asked before it was told the rules; open the match first")
    n = len(now.rules.names)
    sheets = {sheet.seat: sheet.points for sheet in (*now.sheets, *known.own.sheets)}
    told = {} if not now.rules.private else {s: p for s in range(n) if (p := _told(known, now.rules, s)) is not None}
    points = tuple(sheets.get(s, told.get(s)) for s in range(n))
    return Situation(seat, n, now.rules, points, tuple(played.actions for played in now.played))


def _told(known: World[Ring], rules: Rules, seat: int) -> Points | None:
    """The payoffs that a seat has claimed, once it has claimed them for every action."""
    rows = {c.fact.action: c.fact.points for part in (known.common, known.own) for c in part.claims
            if c.seat == seat and isinstance(c.fact, Payoffs)}  # fmt: skip
    return tuple(rows[action] for action in rules.actions) if all(a in rows for a in rules.actions) else None
