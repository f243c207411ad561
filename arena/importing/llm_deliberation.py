"""LLM-Deliberation: models settle the issues of a scorable game (Abdelnabi et al. 2023, MIT).

A file, `history*.json`, is one negotiation. The first party opens with a deal, then the parties speak in the order of
`slot_assignment`, and the first party closes with a last deal. Each of `rounds` has a `public_answer`, which the others
saw, and a `full_answer` with scratchpad and plan, which they did not. A deal stands in `<DEAL> A1, B2, C3, D1, E4
</DEAL>`. Nobody votes: the last deal that the first party put forward is judged by the thresholds of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from arena.core.draw import Draw
from arena.errors import NotFound
from arena.importing.reading import named, shaped
from arena.importing.record import BrokenOff, Doubt, Misread, Offers, Record, Turn
from arena.scenarios.bargain.games import BY_ISSUES, task
from arena.transcripts.header import Sitter, Source

NAME, LICENCE = "llm-deliberation", "MIT"
ACCEPTANCE = "all-but-one"  # of these games, where the file of one does not say

# What the parties of the published base game are called in its logs, and in `configs/games/sports-resort.yaml`.
PUBLISHED = {
    "SportCo": "developer",
    "Department of Tourism": "tourism",
    "Environmental League": "environment",
    "Mayor": "mayor",
    "Other cities": "cities",
    "Local Labour Union": "union",
}
_DEAL = re.compile(r"<DEAL>(.*?)(</DEAL>|\Z)", re.DOTALL)
_BETWEEN = re.compile(r"[,;\s]+")


class _Round(Struct):
    agent: str
    public_answer: str
    full_answer: str


class _History(Struct):
    rounds: list[_Round]
    slot_assignment: list[str]


class Table(Struct, frozen=True):
    """The game that was played: as a game file holds it, its parties and the options of its issues, in order.

    `known_as`: what records call the parties.
    """

    game: dict[str, Any]
    parties: tuple[str, ...]
    issues: tuple[tuple[str, ...], ...]
    known_as: Mapping[str, str]

    @property
    def first(self) -> str:
        """The party whose last deal is judged."""
        return str(self.game.get("judged", self.parties[0]))

    def seat(self, name: str, place: str) -> int:
        """The seat of an agent, by what a record calls it. Raises Misread."""
        for known in (self.known_as.get(name), name, PUBLISHED.get(name)):
            if known in self.parties:
                return self.parties.index(known)
        raise Misread(place, f"found {name!r}, no party of the game; say which one with --party '{name}=PARTY'")


def table(game: Mapping[str, Any], known_as: Mapping[str, str], source: str) -> tuple[Table, tuple[str, ...]]:
    """The game of a file, and what stands in that file and is no part of a game. Raises ConfigError, NotFound.

    game: what the file holds; all-but-one where it names no rule. known_as: parties by what records call them.
    """
    beside = tuple(key for key in game if key not in (*BY_ISSUES, "outcomes", "items"))
    kept = {"acceptance": ACCEPTANCE, **{key: each for key, each in game.items() if key not in beside}}
    dealt = task(kept, Draw.root(0, ""), source=source)
    parties = tuple(seat.name for seat in dealt.seats)
    for party in known_as.values():
        if party not in parties:
            raise NotFound("party", party, parties)
    return Table(kept, parties, tuple(issue.options for issue in dealt.rules.issues), known_as), beside


def records(text: str, file: str, table: Table, agent: str = "model") -> Iterator[Record | Misread]:
    """The negotiation of a file, as a record or as why it is none."""
    try:
        yield _record(shaped(text, _History, "the file"), file, table, agent)
    except Misread as misread:
        yield misread


def _record(history: _History, file: str, table: Table, agent: str) -> Record:
    sizes = _sizes(len(history.slot_assignment), len(table.parties))
    order = _order(history, table)
    turns, doubts = [], []
    for number, said in enumerate(history.rounds, start=1):
        place = f"round {number}"
        seat = table.seat(said.agent, place)
        if number > len(order) or order[number - 1] != seat:
            due = table.parties[order[number - 1]] if number <= len(order) else "nobody"
            raise Misread(place, f"found {said.agent!r}, expected {due} by slot_assignment")
        deal, doubt = deal_in(said.public_answer, table.issues)
        doubts += [] if doubt is None else [Doubt(f"{file}, {place}", doubt)]
        thought = None if said.full_answer.strip() == said.public_answer.strip() else said.full_answer
        turns.append(Turn(seat, said.public_answer.strip(), None if deal is None else Offers(deal), thought))
    missing = len(order) - len(turns)
    why = f"the record stops {missing} turns before the end of its slots"
    return Record(
        id=f"{NAME}-{named(PurePath(file).stem.removeprefix(f'{NAME}-'))}",
        source=Source(NAME, file, "history", LICENCE),
        game=table.game | {"judged": table.first, "rounds": len(sizes)},
        sitters=_sitters(history, table, agent),
        rounds=_in_rounds(turns, sizes),
        broken=BrokenOff(order[len(turns)], why) if missing else None,
        doubts=tuple(doubts),
    )


def _order(history: _History, table: Table) -> list[int]:
    """Whose turn it was to be: the first party opens and closes."""
    slots = [table.seat(name, f"slot_assignment[{i}]") for i, name in enumerate(history.slot_assignment)]
    silent = [party for seat, party in enumerate(table.parties) if seat not in slots]
    if silent:
        raise Misread("slot_assignment", f"found no slot of {', '.join(silent)}, expected one of each party at least")
    first = table.parties.index(table.first)
    return [first, *slots, first]


def _sizes(slots: int, parties: int) -> list[int]:
    """How many turns the rounds have: the opening, the slots as often as all parties have one, the closing."""
    whole, rest = divmod(slots, parties)
    return [1, *([parties] * whole), *([rest] if rest else []), 1]


def _in_rounds(turns: list[Turn], sizes: list[int]) -> tuple[tuple[Turn, ...], ...]:
    ends = list(accumulate(sizes))
    cut = [tuple(turns[end - size : end]) for size, end in zip(sizes, ends, strict=True)]
    return tuple(each for each in cut if each)


def _sitters(history: _History, table: Table, agent: str) -> tuple[Sitter, ...]:
    names = {table.seat(name, ""): name for name in history.slot_assignment}
    return tuple(Sitter(agent, "imported", {"speaker": names[seat]}) for seat in range(len(table.parties)))


def deal_in(answer: str, issues: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...] | None, str | None]:
    """The deal that an answer puts forward, None where it does not; and why one that is there is not understood.

    A deal is one option of every issue, to the letter; an answer may repeat its deal, and not have two.
    """
    found = _DEAL.findall(answer)
    if not found:
        return None, None
    deals = {_option_of_each(inside, issues) for inside, _ in found}
    if all(closed for _, closed in found) and len(deals) == 1 and None not in deals:
        return deals.pop(), None
    shown = " and ".join(repr(inside.strip()[:60]) for inside, _ in found)
    what = "two deals" if len(deals) > 1 else "a deal"
    return None, f"found {what}, {shown}, expected one option of each issue, once; kept as words, not as an offer"


def _option_of_each(inside: str, issues: tuple[tuple[str, ...], ...]) -> tuple[str, ...] | None:
    words = [word for word in _BETWEEN.split(inside) if word]
    deal = tuple(option for options in issues for option in options if option in words)
    fits = len(words) == len(issues) == len(deal) and all(o in options for o, options in zip(deal, issues, strict=True))
    return deal if fits else None
