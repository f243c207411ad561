"""The meeting: turns, channel, limits and refusals put together into a moderator.

`next` looks at the table and says what comes: one ruling, or everything that is to be asked now, or the end. It keeps
no state of its own, so that playing on from any line of a log is the same as never having stopped.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from arena.core.board import Board
from arena.core.events import (
    AnyEvent,
    Bid,
    Body,
    Disclosed,
    Floor,
    Forfeited,
    Moved,
    Noted,
    Passed,
    Posted,
    Refused,
    Said,
    Summarised,
    address,
)
from arena.core.moderator import Asks, Ruling
from arena.core.protocol import Refusal
from arena.core.table import Table, evolve
from arena.core.task import Phase
from arena.core.view import Allowance, Ask, MoveSpec, Role
from arena.moderators.agenda import close, close_phase, opening
from arena.moderators.channels import NOBODY, Channel, Public
from arena.moderators.limits import Limits, spent
from arena.moderators.noise import underway
from arena.moderators.perturbations import Perturbation
from arena.moderators.refusals import judge, judge_move
from arena.moderators.strikes import struck
from arena.moderators.turns import (
    AlternatingOffers,
    BidForFloor,
    ChairCalls,
    Now,
    Recorded,
    RoundRobin,
    Simultaneous,
    Turns,
    Wave,
    kind,
)

TOGETHER = Simultaneous()
Memory = Literal["none", "notes", "board", "both"]


class Meeting(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The rules of a meeting, and the moderator that enforces them.

    `refusals`: how often a seat is asked again before it forfeits its turn. `talk`: turns a seat has in a phase with
    talk, in place of the phase's own number. `memory`: whether seats keep notes, and whether they share a board.
    `merged`: one agent has every seat, is asked for one at a time, and sees what all of them see. `perturb`: what
    befalls the meeting, in the order in which it does where it is in the same round.
    """

    turns: Turns = RoundRobin()
    channel: Channel = Public()
    limits: Limits = Limits()
    refusals: int = 2
    talk: int | None = None
    memory: Memory = "notes"
    merged: bool = False
    perturb: tuple[Perturbation, ...] = ()

    @property
    def told(self) -> Meeting:
        """The same meeting as its seats know it: what will befall it is left out, and its asks are the same."""
        return replace(self, perturb=()) if self.perturb else self

    def next(self, table: Table, asked: tuple[Ask, ...] = ()) -> Ruling | Asks | None:
        """One atomic ruling, or all outstanding asks, or None at the end.

        `asked`: the asks that the pending replies answer, if at hand: computing them again would give the same.
        """
        if table.closed is not None:
            return None
        if table.phase < 0:
            return Ruling(struck(table, opening(table).events, self.perturb))
        over = table.game.scenario.over(table.world)
        if over is not None:
            return Ruling(close(table, over))
        phase = table.game.task.agenda[table.phase]
        turns = self._turns(phase)
        if isinstance(turns, ChairCalls) and turns.chair in table.silent:
            turns = RoundRobin()
        now = self._now(table, phase)
        wave = turns.wave(now)
        if wave is None:
            return Ruling(self._end_phase(table))
        desks = table.desks
        missing = [seat for seat in wave.seats if desks[seat].pending is None and seat not in table.silent]
        if missing:
            # Summaries come last, so that a match that is resumed within a wave asks in the same order.
            first = [seat for seat in missing if desks[seat].overflow is None]
            due = (first or missing)[:1] if self.merged else first or missing
            return Asks(tuple([self.ask(table, seat) for seat in due]))
        return self._rule(table, now, wave, asked)

    def ask(self, table: Table, seat: int) -> Ask:
        """The question that a seat would be asked now; the table that its own events fold to gives the same."""
        game, desk = table.game, table.desks[seat]
        if desk.overflow is not None:
            left = Allowance(characters=desk.overflow.room)
            return Ask(seat, "summarise", desk.nth, (), (), (), NOBODY, left, covers=desk.overflow.covers)
        scenario, known = game.scenario, table.known(seat)
        phase = game.task.agenda[table.phase]
        turns, present = self._turns(phase), _present(table)
        asked = kind(turns, seat, table.floor, present)
        left = self.limits.left(desk.messages, desk.characters)
        talks = phase.talk and asked != "bid" and not spent(left)
        reach = self.channel.reach(seat, len(game.everyone)) if talks else NOBODY
        forms = scenario.moves(known, seat)
        moves: tuple[MoveSpec, ...] = ()
        if phase.act != "no" and asked != "bid":
            moves = _legal(forms, _roles(turns, table, seat, present))
        must = phase.act == "must" and bool(moves)
        called = tuple([s for s in present if s != seat]) if asked == "call" else ()
        claims, notes = scenario.claims(known, seat), self.memory in ("notes", "both")
        board = self._board(table)
        return Ask(seat, asked, desk.nth, moves, claims, forms, reach, left, must, called, notes=notes, board=board)

    def times(self, phase: Phase) -> int:
        """How many turns each seat has in a phase."""
        return self.talk if self.talk is not None and phase.talk and not phase.together else phase.times

    def most(self, phase: Phase, seats: int, rounds: int) -> int:
        """How many turns there can be in a phase, over so many rounds."""
        turns = self._turns(phase)
        if isinstance(turns, Recorded):
            return sum([len(turns.order(r, seats)) for r in range(1, rounds + 1)])
        return rounds * self.times(phase) * seats

    def _board(self, table: Table) -> Board | None:
        """The shared board as it stands; None where the meeting has none."""
        if self.memory not in ("board", "both"):
            return None
        last = table.board
        return Board(0, "", self.limits.board) if last is None else Board(last.version, last.text, self.limits.board)

    def _turns(self, phase: Phase) -> Turns:
        return TOGETHER if phase.together else self.turns

    def _now(self, table: Table, phase: Phase) -> Now:
        spoken = tuple([desk.spoken for desk in table.desks])
        return Now(
            _concerned(table, phase), spoken, table.floor, table.round, phase.name, self.times(phase), table.game.draw
        )

    def _rule(self, table: Table, now: Now, wave: Wave, asked: tuple[Ask, ...]) -> Ruling:
        """Everyone of the wave has replied: refuse what will not do, or publish it all."""
        asks = {ask.seat: ask for ask in asked}
        refusals = {s: self._judge(table, s, asks.get(s)) for s in wave.seats if s not in table.silent}
        again: list[AnyEvent] = []  # nobody's turn is over by these
        for seat, refusal in refusals.items():
            if refusal is None:
                again += _summary(table, seat)
            elif table.desks[seat].refused < self.refusals:
                again.append(Refused(seat, refusal.code, refusal.detail))
        if again:
            return Ruling(tuple(again))
        if wave.kind == "bid":
            return self._grant(table, now, refusals)
        events: list[AnyEvent] = []
        for seat in wave.seats:
            if seat in table.silent:
                events += _stand_in(table, seat) or [Passed(seat)]
                continue
            refusal = refusals[seat]
            if refusal is not None:
                events += [Forfeited(seat, refusal.code), *_stand_in(table, seat)]
                continue
            # Nobody could know that another writes in the same wave: the first stands, what comes after it lapses.
            written = any(isinstance(event, Posted) for event in events)
            events += self._publish(table, seat, written)
        return Ruling(tuple(events))

    def _judge(self, table: Table, seat: int, ask: Ask | None) -> Refusal | None:
        reply = table.desks[seat].pending
        assert reply is not None, "a wave is ruled on when everyone of it has replied"
        if reply.body is None:
            return Refusal(reply.fault.code, reply.fault.detail) if reply.fault else Refusal("empty", "No answer came.")
        ask, move = ask or self.ask(table, seat), reply.body.move
        refusal = judge(ask, table.game.everyone, reply.body)
        if refusal is not None or move is None:
            return refusal
        return table.game.scenario.refuse(table.known(seat), seat, move) or judge_move(ask, move)

    def _publish(self, table: Table, seat: int, written: bool) -> list[AnyEvent]:
        """What becomes of an accepted reply; `written`: another seat of the wave has written the board already."""
        body: Body[Any, Any] = table.desks[seat].pending.body  # type: ignore[union-attr, assignment]
        sealed = table.game.task.agenda[table.phase].together
        events: list[AnyEvent] = []
        if body.notes is not None:
            events.append(Noted(seat, body.notes))
        if body.board is not None and not written:
            events.append(Posted(seat, body.board.version + 1, body.board.text))
        said: list[Said | Disclosed[Any]] = [Said(seat, message.to, message.text) for message in body.messages]
        said += [Disclosed(claim.fact, claim.to, seat) for claim in body.claims]
        events += underway(table, seat, said, self.perturb) if said else said
        if body.move is not None:
            events.append(Moved(seat, body.move, sealed))
        if not events:
            events.append(Passed(seat))
        if body.call is not None:
            events.append(Floor(body.call, "called"))
        return events

    def _grant(self, table: Table, now: Now, refusals: dict[int, Refusal | None]) -> Ruling:
        """All bids are in.

        The floor goes to the highest. A bid that will not do is 0, and to the others looks like it.
        """
        events: list[AnyEvent] = []
        bids: dict[int, int] = {}
        for seat, refusal in refusals.items():
            if refusal is not None:
                events += [Bid(seat, 0), Forfeited(seat, refusal.code)]
                continue
            bids[seat] = table.desks[seat].pending.body.bid  # type: ignore[union-attr, assignment]
            events.append(Bid(seat, bids[seat]))
        assert isinstance(self.turns, BidForFloor)
        winner = self.turns.winner(bids, now)
        if winner is not None:
            return Ruling((*events, Floor(winner, "granted")))
        after = evolve(table, address(tuple(events), table.game.everyone))
        return Ruling((*events, *self._end_phase(after)))

    def _end_phase(self, table: Table) -> tuple[AnyEvent, ...]:
        """What ends a phase, and what befalls the next where that begins a round."""
        return struck(table, close_phase(table, self.limits.rounds), self.perturb)


def _stand_in(table: Table, seat: int) -> list[AnyEvent]:
    """The move that the game has for one that a seat did not make, where it has one."""
    phase = table.game.task.agenda[table.phase]
    move = table.game.scenario.forfeit(table.world, seat) if phase.act != "no" else None
    return [Moved(seat, move, phase.together)] if move is not None else []


def _summary(table: Table, seat: int) -> list[AnyEvent]:
    """The summary that a seat was asked for; it is then asked what it was to be asked before."""
    desk = table.desks[seat]
    if desk.overflow is None or desk.pending is None or desk.pending.body is None or desk.pending.body.summary is None:
        return []
    return [Summarised(seat, desk.pending.body.summary)]


def _present(table: Table) -> tuple[int, ...]:
    absent = table.game.scenario.absent(table.world)
    return tuple([s for s in table.game.everyone if s not in absent]) if absent else table.game.everyone


def _concerned(table: Table, phase: Phase) -> tuple[int, ...]:
    """The seats that a phase is about: without talk, those that have a move in it."""
    present = _present(table)
    if phase.talk:
        return present
    moves = table.game.scenario.moves
    return tuple([seat for seat in present if any(spec.legal for spec in moves(table.known(seat), seat))])


def _roles(turns: Turns, table: Table, seat: int, present: tuple[int, ...]) -> frozenset[Role] | None:
    """The roles that the order of turns leaves to a seat now; None for all."""
    if not isinstance(turns, AlternatingOffers):
        return None
    return turns.roles(seat, table.round, present, len(table.game.everyone))


def _legal(forms: tuple[MoveSpec, ...], roles: frozenset[Role] | None) -> tuple[MoveSpec, ...]:
    if roles is None:
        return tuple([spec for spec in forms if spec.legal])
    return tuple([spec for spec in forms if spec.legal and spec.role in roles])
