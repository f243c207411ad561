"""How a committee stands for the seat that is asked: read once from what it knows, for any policy to decide on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arena.core.view import World
from arena.errors import UsageError
from arena.scenarios.committee.terms import Goal, Intends, Item, Room, Rules, Stake, States, Told
from arena.solutions.pooling import Piece, pool, values


@dataclass(frozen=True)
class Situation:
    """What a seat decides on.

    own: the facts that it was dealt; known: those, and what others have told it, by number; view, pooled: what the
    options are worth by each. whispered: the numbers of facts that it has heard when not everyone did. intentions: what
    each of the others has last said it will vote for.
    """

    seat: int
    rules: Rules
    own: tuple[Piece, ...]
    known: dict[int, Piece]
    view: tuple[int, ...]
    pooled: tuple[int, ...]
    whispered: frozenset[int]
    intentions: dict[int, str]
    stakes: tuple[Stake, ...]
    goals: tuple[Goal, ...]

    @property
    def open(self) -> list[Piece]:
        """What there is to tell: its own facts, and those that not everyone has heard."""
        own = {each.number for each in self.own}
        return [fact for number, fact in sorted(self.known.items()) if number in own | self.whispered]

    def first(self, worth: Sequence[float]) -> str:
        """The option that is worth most; of equals the first in the order of the alphabet."""
        pairs = zip(self.rules.options, worth, strict=True)
        return min(pairs, key=lambda pair: (-pair[1], pair[0]))[0]


def held(w: World[Room], seat: int) -> tuple[Item, ...]:
    """The facts that a seat was told, as they read now; () where it was told none."""
    corrected = {item.number: item for part in (w.common, w.own) for item in part.corrections}
    items = next((sheet.items for sheet in w.own.sheets if sheet.seat == seat), ())
    return tuple(corrected.get(item.number, item) for item in items)


def told(w: World[Room]) -> tuple[Told, ...]:
    """All claims that somebody has heard or made: the public ones, then the others, each in the order they were made.

    What was said to all and what was said in private is kept apart, so that which came first is not known; of a fact
    that was told both ways, the private word counts as the later.
    """
    return (*w.common.claims, *w.own.claims)


def situation(known: World[Room], seat: int) -> Situation:
    """The situation that a seat's known world holds. Raises UsageError where it has not been told the rules."""
    rules = known.common.rules
    if rules is None:
        raise UsageError("a member was asked before it was told the rules; open the match first")
    own = tuple(Piece(item.number, item.option, item.amount) for item in held(known, seat))
    others = [each for each in told(known) if each.seat != seat]
    facts = [(each.seat, piece(each.fact)) for each in others if isinstance(each.fact, States)]
    everything = pool(own, facts)
    return Situation(
        seat,
        rules,
        own,
        everything,
        values(rules.options, own),
        values(rules.options, everything.values()),
        frozenset(each.fact.fact for each in known.own.claims if isinstance(each.fact, States)),
        {each.seat: each.fact.option for each in others if isinstance(each.fact, Intends)},
        tuple(stake for stake in known.own.stakes if stake.seat == seat),
        tuple(goal for goal in known.own.goals if goal.seat == seat),
    )


def piece(fact: States) -> Piece:
    """A fact as it was stated."""
    return Piece(fact.fact, fact.option, fact.amount)
