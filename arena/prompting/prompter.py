"""What a model is sent: a seat's view, told as a conversation that only ever grows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from arena import assets
from arena.core.events import AnyEvent, Disclosed, Forgot, Joined, PhaseOpened, Refused, Replied, Summarised, Turned
from arena.core.view import Ask, Seen, View
from arena.core.wire import HIGHEST_BID, exact_schema_text, render
from arena.prompting import merged
from arena.prompting.templates import Templates

# What stands for a reply that left nothing behind, since roles must alternate and no message may be blank.
NO_ANSWER = "(no answer)"


class ChatMessage(Struct, frozen=True):
    """One message of a chat, as every endpoint understands it.

    Its content is `said`, `form` and `then`, one after the other. `form` is the schema of what is legal, most of the
    message: all messages that hold it share it, so that a live match keeps little more than what was said in it.
    """

    role: Literal["system", "user", "assistant"]
    said: str
    form: str = ""
    then: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The pieces of its content."""
        return (self.said, self.form, self.then) if self.form else (self.said,)

    @property
    def content(self) -> str:
        """What is sent."""
        return f"{self.said}{self.form}{self.then}"


class Told(Struct, frozen=True):
    """A conversation up to an ask, and the events that it was made from.

    `talk` is what was said before: the system message, then questions and answers in turn; `last` is what the seat is
    told now. `ends` counts, for each answer in the talk, the seat's events up to it; `start` those up to where the
    conversation began; `put` those up to the question that is open, which a request for a summary puts off.
    """

    events: Seen
    ask: Ask
    talk: tuple[ChatMessage, ...]
    last: ChatMessage
    ends: tuple[int, ...]
    start: int
    put: int

    @property
    def messages(self) -> tuple[ChatMessage, ...]:
        """What is sent. For a summary the conversation is cut behind the last answer that it is to cover."""
        talk = self.talk[: 1 + 2 * self.ask.covers] if self.ask.kind == "summarise" else self.talk
        return (*talk, self.last)

    def leads_to(self, view: View, ask: Ask) -> bool:
        """Whether this is the same conversation, one turn earlier, and its seat remembers it."""
        size = len(self.events)
        if self.ask.nth != ask.nth - 1 or view.events[:size] != self.events[:]:
            return False
        return not any(isinstance(event, Joined | Forgot) for event in view.events[size:])


class Prompter:
    """Turns a view and an ask into messages: system, user, assistant, user, and so on.

    Pure in (view, ask). The messages of a seat's next ask begin with the very messages of this one; then come its own
    reply as it wrote it, and what it has seen since. Asked for a summary, a seat is sent the conversation up to the
    last answer that it is to cover; afterwards it starts afresh: the brief, the summary, and what that did not cover.
    The last conversation of each seat is kept, so that a turn renders one message; without it (a fork, a resume) the
    earlier ones are told again from `view.earlier()`, to the same bytes. One Prompter serves one match.

    scenario: the name of the family, whose words stand in `scenarios/<scenario>/`. meeting: the settings that the
    moderator enforces, read by the template `meeting.j2`. folders: looked in before Arena's own prompts, file by file.
    templates: those of the family, where they are read already.
    Raises BadTemplate: here where a template is missing or does not compile, in `messages` where it asks for what is
    not there.
    """

    def __init__(
        self, scenario: str, meeting: object, folders: Sequence[Path] = (), templates: Templates | None = None
    ) -> None:
        self._scenario = scenario
        self._meeting = getattr(meeting, "told", meeting)  # what will befall the meeting is nothing to tell its seats
        self._templates = Templates(scenario, (*folders, assets.root("prompts"))) if templates is None else templates
        self._told: dict[int, Told] = {}

    def messages(self, view: View, ask: Ask) -> tuple[ChatMessage, ...]:
        """All that is sent for this ask."""
        if view.others:
            return self._merged(view, ask)
        told = self._told.get(view.seat)
        if told is None or not told.leads_to(view, ask):
            told = None
            for earlier in view.earlier():
                told = self._tell(told, *earlier)
        told = self._told[view.seat] = self._tell(told, view, ask)
        return told.messages

    @property
    def templates(self) -> Templates:
        """What its words come from; for another match of the family."""
        return self._templates

    def hashes(self) -> dict[str, str]:
        """The digest of every template by name, for the transcript's header."""
        return self._templates.hashes()

    def _merged(self, view: View, ask: Ask) -> tuple[ChatMessage, ...]:
        """What one agent is sent that has every seat: all of it anew each time, since there is no order of its own."""
        system = merged.system(self._templates, self._scenario, self._context, view)
        turn = self._words("turn.j2", view, ask, news=_beginning(view.events), first=True, afresh=True).content
        others = merged.alone(self._templates, self._context, view, lambda other: _beginning(other.events))
        last = self._templates.render("merged_turn.j2", self._context(view) | {"others": others, "turn": turn})
        return ChatMessage("system", system), ChatMessage("user", last)

    def _tell(self, told: Told | None, view: View, ask: Ask) -> Told:
        """The conversation up to this ask; `told` is what it was at the ask before."""
        if told is None:
            return self._start(view, ask, _beginning(view.events), 0)
        new = view.events[len(told.events) :]
        if told.ask.kind == "summarise" and any(isinstance(event, Summarised) for event in new):
            return self._afresh(told, view, ask, new)
        if ask.kind == "summarise":
            refused = [event for event in view.events[told.put :] if isinstance(event, Refused)]
            last, put = self._words("summarise.j2", view, ask, news=refused[-1:]), told.put
            return Told(view.events, ask, told.talk, last, told.ends, told.start, put)
        talk, ends = told.talk, told.ends
        if told.ask.kind != "summarise":  # else what was asked before it stays unanswered
            at, reply = next((i, event) for i, event in enumerate(new) if isinstance(event, Replied))
            talk = (*talk, told.last, ChatMessage("assistant", _as_written(reply, told.ask, view.seats)))
            ends = (*ends, len(told.events) + at + 1)
        last = self._words("turn.j2", view, ask, news=view.events[ends[-1] :], first=False, afresh=False)
        return Told(view.events, ask, talk, last, ends, told.start, len(view.events))

    def _afresh(self, told: Told, view: View, ask: Ask, new: Sequence[AnyEvent]) -> Told:
        """The conversation after the seat's own summary: that, and all that it was not to cover."""
        at, summary = next((i, event) for i, event in enumerate(new) if isinstance(event, Summarised))
        start = told.ends[told.ask.covers - 1]
        kept = [event for event in view.events[:start] if isinstance(event, Turned)]  # it stays its goal
        return self._start(view, ask, [*kept, summary, *view.events[start : told.put], *new[at + 1 :]], start)

    def _start(self, view: View, ask: Ask, news: Sequence[AnyEvent], start: int) -> Told:
        system = ChatMessage("system", self._templates.render("system.j2", self._context(view)))
        anew = start > 0 or any(isinstance(event, Joined | Forgot) for event in news)
        last = self._words("turn.j2", view, ask, news=news, first=True, afresh=anew)
        return Told(view.events, ask, (system,), last, (), start, len(view.events))

    def _words(self, template: str, view: View, ask: Ask, news: Sequence[AnyEvent], **more: bool) -> ChatMessage:
        form = exact_schema_text(ask, view.seats)
        context = self._context(view) | {
            "ask": ask,
            "news": [event for event in news if not isinstance(event, Replied)],
            "schema": form,
        }
        said, found, then = self._templates.render(template, context | more).rpartition(form)
        return ChatMessage("user", said, form, then) if found else ChatMessage("user", then)

    def _context(self, view: View) -> dict[str, Any]:
        return {
            "scenario": self._scenario,
            "meeting": self._meeting,
            "seat": view.seat,
            "seats": view.seats,
            "known": view.known,
            "highest_bid": HIGHEST_BID,
        }


def _as_written(reply: Replied[Any, Any], ask: Ask, seats: tuple[str, ...]) -> str:
    """A reply for the one who gave it: its raw text; else, as of a scripted agent, what it said in the wire form."""
    if reply.raw.strip():
        return reply.raw
    if reply.body is None:
        return NO_ANSWER
    wire = json.dumps(render(reply.body, ask, seats), ensure_ascii=False)
    return f"```json\n{wire}\n```"


def _beginning(events: Seen) -> list[AnyEvent]:
    """What the first message tells: everything but the brief."""
    opened = next((i for i, event in enumerate(events) if isinstance(event, PhaseOpened)), len(events))
    return [event for event in events[:opened] if not isinstance(event, Disclosed)] + events[opened:]
