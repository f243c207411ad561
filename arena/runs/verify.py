"""Verifying a transcript: every ruling and every prompt computed again, and where they part.

The chain of digests tells an edit that left the digests alone. This tells the rest: a line whose digest was made anew,
a ruling that the rules do not give, a reply that does not say what it was taken to say, a prompt that was not the one
sent.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec import Struct

from arena.agents.told import message_hash, told
from arena.core.events import AnyEvent, Fault, Halted, Replied, address
from arena.core.moderator import Asks, Ruling
from arena.core.recall import view
from arena.core.table import Table, blank, evolve
from arena.core.view import Ask, View
from arena.errors import Tampered, Unfit, UsageError
from arena.models.dialects import parse_raw
from arena.models.endpoint import Roles
from arena.models.messages import prompt_hash
from arena.models.roles import arrange
from arena.moderators.fit import check_fit
from arena.planning.instances import dealt
from arena.prompting import Prompter
from arena.transcripts.codec import Line, encode
from arena.transcripts.header import Sitter
from arena.transcripts.read import Transcript, read

READ = frozenset({"model", "script", "url"})  # kinds of agents whose bodies are always read from their raw replies


class Verdict(Struct, frozen=True):
    """Whether a transcript is what was played: `line` is the first that differs (the header is 1), `lines` their
    number.

    `why` also says, of one that is, whether the match is over; and what could not be checked.
    """

    ok: bool
    line: int | None
    why: str
    lines: int


class _Differs(Exception):
    """Where and why a transcript is not what the rules give."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


def verify(path: Path) -> Verdict:
    """Compute a transcript again. Raises TranscriptError where the file is no transcript of ours."""
    try:
        transcript = read(path)
    except Tampered as error:
        return Verdict(False, error.line, error.why, 0)
    total = len(transcript.lines) + 1
    checker = _Checker(transcript)
    try:
        checker.header()
        for line in transcript.lines:
            checker.line(line)
        return Verdict(True, None, checker.end(total), total)
    except _Differs as error:
        return Verdict(False, error.line, str(error), total)


class _Checker:
    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.table: Table = blank(transcript.game)
        self.unchecked: list[str] = []
        self.of_another_version = transcript.header.versions.get("arena") != version("coordination-arena")
        self.prompted_anew = 1  # the last line whose prompts were made from other templates
        self.prompter = self._prompter()

    def _prompter(self) -> Prompter | None:
        header = self.transcript.header
        if not header.prompts:
            if any(self._prompted(line.n, a.e) for line in self.transcript.lines for a in line.es):
                self.unchecked.append("the prompts, whose templates the header does not tell")
            return None
        prompter = Prompter(self.transcript.game.scenario.name, header.meeting)
        if prompter.hashes() != header.prompts:
            self.unchecked.append("the prompts, whose templates have changed since")
            return None
        if header.fork is not None and header.fork.prompts not in ({}, header.prompts):
            self.prompted_anew = header.fork.line
            self.unchecked.append(f"the prompts up to line {header.fork.line}, whose templates changed at the fork")
        return prompter

    def _prompted(self, n: int, event: AnyEvent) -> bool:
        """Whether an event of a line is a reply to a prompt."""
        return isinstance(event, Replied) and event.prompt is not None and self._sitter(n, event.seat).kind != "url"

    def header(self) -> None:
        """The task and its certificate must be what seed and parameters give, where this version dealt them."""
        header, game = self.transcript.header, self.transcript.game
        try:
            check_fit(header.meeting, game)
        except Unfit as error:
            raise _Differs(1, str(error)) from None
        if self.of_another_version:
            self.unchecked.append("the deal, which another version made")
            return
        try:
            task, reference = dealt(header)
        except UsageError as error:
            raise _Differs(1, f"its parameters cannot be dealt: {error}") from None
        if encode(task) != bytes(header.task):
            raise _Differs(1, "the dealt task is not the one that its seed and parameters give")
        if encode(reference) != encode(header.reference):
            raise _Differs(1, "the certificate is not the one that its task gives")

    def line(self, line: Line) -> None:
        events = tuple(a.e for a in line.es)
        if encode(address(events, self.table.game.everyone)) != encode(line.es):
            raise _Differs(line.n, "an event is addressed to other seats than may see it")
        match self.transcript.header.meeting.next(self.table):
            case None:
                raise _Differs(line.n, "the match had ended before this line")
            case Ruling(events=expected):
                if encode(expected) != encode(events):
                    raise _Differs(line.n, "the rules give another ruling here")
            case Asks(asks=asks):
                self._answer(line.n, events, {ask.seat: ask for ask in asks})
        self.table = evolve(self.table, line.es)

    def _answer(self, n: int, events: tuple[AnyEvent, ...], due: dict[int, Ask]) -> None:
        match events:
            case (Halted(),):
                return
            case (Replied() as reply,) if reply.seat in due:
                self._reply(n, reply, due[reply.seat])
            case _:
                raise _Differs(n, "a reply was due here, from a seat that had been asked")

    def _reply(self, n: int, reply: Replied[object, object], ask: Ask) -> None:
        scenario = self.table.game.scenario
        if reply.overflow is not None:
            if reply.raw or reply.body is not None or reply.fault is not None:
                raise _Differs(n, "a reply to a prompt that did not fit says something")
        elif reply.raw or self._sitter(n, reply.seat).kind in READ:
            meant = parse_raw(reply.raw, ask, self.table.game.names, scenario.move_types, scenario.fact_types)
            body, fault = (None, meant) if isinstance(meant, Fault) else (meant, None)
            if encode([body, fault]) != encode([reply.body, reply.fault]):
                raise _Differs(n, "the raw reply does not say what it was taken to say")
        if reply.prompt is None:
            return
        shown = view(self.table, self.transcript.header.meeting, reply.seat)
        if self._sitter(n, reply.seat).kind == "url":
            self._told(n, shown, ask, reply.prompt)
        elif self.prompter is not None and n > self.prompted_anew:
            sent = arrange(self.prompter.messages(shown, ask), _roles(n, self._sitter(n, reply.seat)))
            if prompt_hash(sent) != reply.prompt:
                raise _Differs(n, "the prompt that was sent is not the one that this view gives")

    def _told(self, n: int, shown: View, ask: Ask, recorded: str) -> None:
        """What a remote agent was told must be what its view gives."""
        if self.of_another_version:
            what = "what remote agents were told, which another version wrote"
            self.unchecked += [what] if what not in self.unchecked else []
        elif message_hash(told(shown, ask)) != recorded:
            raise _Differs(n, "what the remote agent was told is not what this view gives")

    def _sitter(self, n: int, seat: int) -> Sitter:
        """Who sat in a seat at a line."""
        return self.transcript.header.seated(n, self.table.relieved)[seat]

    def end(self, total: int) -> str:
        """The words for a transcript that is what was played, once nothing is found missing at its end."""
        step = self.transcript.header.meeting.next(self.table)
        if isinstance(step, Ruling):
            raise _Differs(total + 1, "a ruling is missing: a line was removed, or the match was cut off and can go on")
        words = ["the match is over" if step is None else "the match is not over yet"]
        if self.transcript.torn:
            words.append(f"{self.transcript.torn} bytes of a torn last line were left out")
        words += [f"not checked: {what}" for what in self.unchecked]
        return "; ".join(words)


def _roles(n: int, sitter: Sitter) -> Roles:
    try:
        roles: Roles = msgspec.convert(sitter.settings.get("roles", "strict"), Roles)
        return roles
    except msgspec.ValidationError:
        raise _Differs(n, f"the agent {sitter.name!r} has roles that there are not") from None
