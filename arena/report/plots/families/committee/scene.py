"""What there is to see of a committee: facts, who knew, told and heard them, views before and after, votes."""

from __future__ import annotations

from dataclasses import dataclass

from arena.core.view import World
from arena.report.plots.picture import Record
from arena.scenarios.committee.account import decoy, said
from arena.scenarios.committee.outcome import decision
from arena.scenarios.committee.policies.situation import held, told
from arena.scenarios.committee.room import everything, holders, pieces, view, worth
from arena.scenarios.committee.terms import Room, Rules, States, Told
from arena.solutions.pooling import Piece, favourites, pool, values


@dataclass(frozen=True)
class Cell:
    """What a fact is to a member.

    knew: it was told it at first; true, false: it has stated it as it is, otherwise; aside: never to everyone;
    heard, misheard: somebody else told it so, otherwise.
    """

    knew: bool
    true: bool
    false: bool
    aside: bool
    heard: bool
    misheard: bool


@dataclass(frozen=True)
class Line:
    """A fact: its number, the points that it adds to its option, and what it is to each member."""

    number: int
    amount: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    """An option: its facts, what it is worth by all of them, by those of each member, and by all that each has heard.

    votes: of each ballot, who voted for it.
    """

    name: str
    lines: tuple[Line, ...]
    worth: int
    own: tuple[int, ...]
    after: tuple[int, ...]
    votes: tuple[tuple[bool, ...], ...]
    best: bool
    decoy: bool
    chosen: bool


@dataclass(frozen=True)
class Scene:
    """A committee to be drawn. own, after: the options (by place) that each member's views like best, before and after
    what it has heard. ballots: how many there were."""

    names: tuple[str, ...]
    blocks: tuple[Block, ...]
    own: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, ...], ...]
    ballots: int

    def count(self, what: str) -> int:
        """In how many cells that is so."""
        return sum(getattr(cell, what) for block in self.blocks for line in block.lines for cell in line.cells)


def scene(of: Record) -> Scene:
    """The scene of a match that was dealt."""
    w: World[Room] = of.table.world
    rules = w.common.rules
    assert rules is not None, "a match that was dealt has rules"
    seats = range(len(rules.names))
    stated = [each for each in told(w) if isinstance(each.fact, States)]
    own = [view(w, rules, seat) for seat in seats]
    after = [_after(w, rules, stated, seat) for seat in seats]
    made = tuple([_block(w, rules, stated, k, (own, after)) for k in range(len(rules.options))])
    liked, then = (tuple([favourites(each) for each in views]) for views in (own, after))
    return Scene(of.game.names, made, liked, then, len(w.common.ballots))


def _after(w: World[Room], rules: Rules, stated: list[Told], seat: int) -> tuple[int, ...]:
    """What the options are worth by what a member was told, and by what it has heard."""
    heard = [(each.seat, said(each)) for each in stated if seat in each.to and each.seat != seat]
    return values(rules.options, pool(pieces(held(w, seat)), heard).values())


def _block(
    w: World[Room],
    rules: Rules,
    stated: list[Told],
    k: int,
    views: tuple[list[tuple[int, ...]], list[tuple[int, ...]]],
) -> Block:
    name, facts = rules.options[k], everything(w)
    value = worth(w, rules)
    # A fact as it was before a correction is no lie either.
    true = {fact for sheet in w.own.sheets for fact in [*pieces(sheet.items), *pieces(held(w, sheet.seat))]}
    numbers = sorted(number for number, item in facts.items() if item.option == name)
    return Block(
        name=name,
        lines=tuple([Line(n, facts[n].amount, _cells(w, rules, stated, n, true)) for n in numbers]),
        worth=value[k],
        own=tuple([each[k] for each in views[0]]),
        after=tuple([each[k] for each in views[1]]),
        votes=tuple([tuple([vote == name for vote in ballot.votes]) for ballot in w.common.ballots]),
        best=k in favourites(value),
        decoy=decoy(w, rules) == k,
        chosen=decision(w) == name,
    )


def _cells(w: World[Room], rules: Rules, stated: list[Told], number: int, true: set[Piece]) -> tuple[Cell, ...]:
    about = [(each, said(each) in true) for each in stated if said(each).number == number]
    known, everyone = holders(w)[number], set(range(len(rules.names)))

    def cell(seat: int) -> Cell:
        by = [(each, right) for each, right in about if each.seat == seat]
        to = [right for each, right in about if each.seat != seat and seat in each.to]
        return Cell(
            knew=seat in known,
            true=any(right for _, right in by),
            false=any(not right for _, right in by),
            aside=bool(by) and all({*each.to, seat} != everyone for each, _ in by),
            heard=any(to),
            misheard=not all(to),
        )

    return tuple([cell(seat) for seat in range(len(rules.names))])


def signed(points: int) -> str:
    """Points with their sign: +8, -3, 0."""
    return f"{points:+d}" if points else "0"
