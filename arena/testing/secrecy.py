"""Secrets: at every cut of a match they are shown to their own seats alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from arena.agents.find import find
from arena.core.events import Addressed, Disclosed, Posted, Said, audience
from arena.core.game import Game
from arena.core.table import Table, blank, evolve
from arena.errors import BadTemplate
from arena.models.dialects import parse_raw
from arena.moderators.meeting import Meeting
from arena.testing.findings import Failure, short
from arena.testing.playing import tables
from arena.testing.shown import Reader, Shown, heard
from arena.testing.trial import Held, Trial


def canaries(trial: Trial) -> Iterator[Failure]:
    """A mark in a secret reaches only the seats it was told to, and whoever is told it in words.

    Words are the matches' own and those of one seat in each that blurts out all it knows. Marks are what stands in a
    private fact under the name `canary`; a private fact itself is told to no other seat by the game either.
    """
    for held in (*trial.held, *trial.struck):
        for where, cuts in ((held.where, held.cuts), (f"{held.where}; with a leaker", leaked(trial, held))):
            for seat in held.game.everyone:
                yield from _kept(trial, held.meeting, cuts, seat, where)


def leaked(trial: Trial, held: Held) -> list[Table]:
    """The same match with one seat that tells its secrets wherever it can, at every cut."""
    game, agents = held.game, held.agents()
    seat = len(held.lines) % len(agents)

    def parsed(raw: str, ask: Any, names: tuple[str, ...]) -> Any:
        return parse_raw(raw, ask, names, game.scenario.move_types, game.scenario.fact_types)

    agents[seat] = find("leaker", game.scenario.name, game.draw.at("leaker"), parsed)
    return tables(game, trial.play(game, held.meeting, agents)[1].lines)


def secrets(game: Game) -> list[Disclosed[Any]]:
    """What is told to some at the opening, or to nobody."""
    return [d for d in game.scenario.open(game.task) if len(d.to) < len(game.everyone)]


def marks(fact: object) -> Iterator[str]:
    """The canaries in a fact."""
    plain = msgspec.to_builtins(fact)
    waiting = [plain]
    while waiting:
        match waiting.pop():
            case dict() as found:
                yield from (v for k, v in found.items() if k == "canary" and isinstance(v, str) and v)
                waiting += found.values()
            case list() | tuple() as found:
                waiting += found


def _kept(trial: Trial, meeting: Meeting, cuts: Any, seat: int, where: str) -> Iterator[Failure]:
    """What one seat is shown, cut by cut."""
    private = [d for d in secrets(cuts[0].game) if seat not in d.to]
    told = {mark for d in secrets(cuts[0].game) if seat in d.to for mark in marks(d.fact)}
    strange = sorted({mark for d in private for mark in marks(d.fact)} - told)
    own = [d.fact for d in secrets(cuts[0].game) if seat in d.to]
    hidden = [d.fact for d in private if d.fact not in own]
    reader, before = Reader(meeting, seat), None
    for cut, table in enumerate(cuts):
        here = f"{where}; seat {seat}, cut {cut}"
        try:
            now = reader.shown(table, before)
        except BadTemplate as error:
            yield Failure("every template renders", here, str(error))
            now = reader.plain(table)
        if now is before:
            continue
        before = now
        trial.looked["prompts"] += bool(now.prompt)
        yield from _unmarked(table, now, seat, strange, here)
        facts = [e.fact for e in table.seen(seat) if isinstance(e, Disclosed) and e.by is None]
        for fact in (fact for fact in hidden if fact in facts):
            yield Failure("a private fact is told to nobody else", here, short(repr(fact)))


def _unmarked(table: Table, now: Shown, seat: int, strange: list[str], where: str) -> Iterator[Failure]:
    words, texts = heard(table, seat), [e.text for e in table.seen(seat) if isinstance(e, Said | Posted)]
    for mark in strange:
        code, check = mark.encode(), "a canary is shown to nobody else"
        if now.events.count(code) > sum(text.count(mark) for text in texts):
            yield Failure(check, where, f"{mark} is in the seat's events, and not in words that reached it")
        for part in ("known", "ask", "prompt"):
            if mark not in words and code in getattr(now, part):
                yield Failure(check, where, f"{mark} is in the seat's {part}")


def own_events(trial: Trial) -> Iterator[Failure]:
    """What a seat knows and is asked follows from its own events alone: folded by themselves they give the same."""
    for held in (*trial.held, *trial.struck):
        for seat in held.game.everyone:
            yield from _folded(held, seat)


def _folded(held: Held, seat: int) -> Iterator[Failure]:
    new, everyone = blank(held.game.public or held.game), held.game.everyone
    own, done = new, list[Any]()
    for cut, table in enumerate(held.cuts):
        seen = list(table.seen(seat))
        if seen[: len(done)] != done:  # who has forgotten, or is new, sees what is left from the beginning
            own, done = new, []
        for event in seen[len(done) :]:
            own = evolve(own, (Addressed(audience(event, everyone), event),))
        done = seen
        where, check = f"{held.where}; seat {seat}, cut {cut}", "a seat's own events give the same"
        if own.known(seat) != table.known(seat):
            yield Failure(check, where, f"known: {short(repr(own.known(seat)))} for {short(repr(table.known(seat)))}")
        if table.phase >= 0 and held.meeting.told.ask(own, seat) != held.meeting.ask(table, seat):
            yield Failure(check, where, "the ask differs")
