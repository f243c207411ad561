"""Refusals and forfeits: every reason can be met and has words, and whoever never answers well stops nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import isfinite

from arena.core.events import Forfeited, Moved, Refused
from arena.core.game import Game
from arena.core.protocol import Refusal
from arena.core.table import Table
from arena.moderators.meeting import Meeting
from arena.testing.anyone import Anyone
from arena.testing.contract import Case
from arena.testing.findings import Failure
from arena.testing.fumbling import fuzzers, garbling, wild_move
from arena.testing.meetings import fitting
from arena.testing.playing import Function, Line, tables
from arena.testing.trial import Trial, short

CODE = re.compile(r"[a-z]+(_[a-z]+)*")
AGAIN = 6  # times that a seat is asked again, so that much is tried


def reasons(trial: Trial) -> Iterator[Failure]:
    """Fuzzing meets every reason that the family lists, and no other; each tells the seat what to do, in words."""
    found, listed = dict[str, Refusal](), trial.contract.reasons
    for seed in range(trial.size.fuzzed):
        for case in trial.contract.cases:
            if seed == 0 or (listed is not None and not listed <= set(found)):
                found |= {refusal.code: refusal for refusal in _met(trial, case, seed)}
    trial.looked["reasons"] += len(found)
    for refusal in found.values():
        if not CODE.fullmatch(refusal.code) or not refusal.detail.strip():
            yield Failure("a refusal has a code and words", refusal.code, f"the words are {refusal.detail!r}")
    if listed is not None:
        tried = f"not in {trial.size.fuzzed} matches of each case; add to `tries` a move that meets it"
        for code in sorted(listed - set(found)):
            yield Failure("every reason can be met", code, tried)
        for code in sorted(set(found) - listed):
            yield Failure("every reason is listed", code, found[code].detail)


def _met(trial: Trial, case: Case, seed: int) -> Iterator[Refusal]:
    """The scenario's own refusals in a match of fuzzers, and of what else might be sent at each of its cuts."""
    game, scenario = trial.game(case.params, seed), trial.scenario
    meetings = list(fitting(game).values())
    meeting = _asking(meetings[seed * 5 % len(meetings)])
    draw = game.draw.at("fuzz", seed)
    agents = [Function(answer) for answer in fuzzers(game, draw, trial.contract.tries)]
    cuts = tables(game, trial.play(game, meeting, agents)[1].lines)
    rng = draw.of("wild")
    for table in cuts[1:]:
        for seat in game.everyone:
            reply, known = table.desks[seat].pending, table.known(seat)
            sent = [reply.body.move] if reply is not None and reply.body is not None else []
            sent.append(wild_move(scenario, meeting.ask(table, seat), rng))
            for move in sent:
                refusal = scenario.refuse(known, seat, move) if move is not None else None
                if refusal is not None:
                    yield refusal


def _asking(meeting: Meeting) -> Meeting:
    return Meeting(meeting.turns, meeting.channel, meeting.limits, AGAIN, meeting.talk, meeting.memory)


def forfeits(trial: Trial) -> Iterator[Failure]:
    """Seats that never answer legally lose their turns, and the match ends all the same, in every order that fits."""
    for index, case in enumerate(trial.contract.cases):
        game = trial.game(case.params, index)
        for number, (name, meeting) in enumerate(fitting(game).items()):
            if trial.size.every or number % len(trial.contract.cases) == index:
                yield from _forfeited(trial, game, short(meeting), number % 2 == 0, f"{case}; {name}")


def _forfeited(trial: Trial, game: Game, meeting: Meeting, all_of_them: bool, where: str) -> Iterator[Failure]:
    garbage, anyone = garbling(trial.scenario, game.draw.at("garbage")), Anyone(trial.scenario, game.draw)
    agents = [Function(garbage if all_of_them or seat == 0 else anyone) for seat in game.everyone]
    end, memory = trial.play(game, meeting, agents)
    trial.looked["forfeits"] += sum(isinstance(a.e, Forfeited) for line in memory.lines for a in line)
    if 0 not in end.forfeits and any(isinstance(e, Refused) for e in end.seen(0)):
        yield Failure("a turn is forfeited", where, "a seat that never answered legally has forfeited nothing")
    assert end.valued is not None, "a match that ended is valued"
    if not all(map(isfinite, (*end.valued.utilities, *end.valued.payoffs, end.valued.value))):
        yield Failure("a match of forfeits has an outcome", where, f"expected finite numbers: {end.valued}")
    yield from _stood_in(tables(game, memory.lines), memory.lines, where)


def _stood_in(cuts: Sequence[Table], lines: Sequence[Line], where: str) -> Iterator[Failure]:
    """A move that stands in for a forfeited one is legal itself."""
    for cut, line in enumerate(lines):
        lost = {a.e.seat for a in line if isinstance(a.e, Forfeited)}
        for event in (a.e for a in line if isinstance(a.e, Moved) and a.e.seat in lost):
            table = cuts[cut]
            refusal = table.game.scenario.refuse(table.known(event.seat), event.seat, event.move)
            if refusal is not None:
                found = f"{event.move} is refused as {refusal.code}: {refusal.detail}"
                yield Failure("what stands in is legal", f"{where}; line {cut}", found)
