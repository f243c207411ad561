"""An exact sequence of replies and faults, instead of answers that are drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

from arena.errors import UsageError
from arena.mock.answer import Answer, Finish, placed
from arena.mock.asked import read_asked
from arena.mock.faults import FAULTS, Fault, read_rates
from arena.mock.json_value import Json, read_json
from arena.mock.request import Request

KEYS = ("reply", "fault", "message", "reasoning", "finish", "model", "seat", "times")
NAMED = "You are {}."  # how the first message of a seat begins


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a reply (text, or a JSON object), a whole message of a chat, or a fault; and what it is for.

    `model` and `seat` narrow it to requests for that model, and of that seat. It is used `times` times; None: for ever.
    """

    reply: Json = None
    message: dict[str, Json] | None = None
    fault: Fault | None = None
    reasoning: str = ""
    finish: Finish = "stop"
    model: str | None = None
    seat: str | None = None
    times: int | None = 1

    def fits(self, request: Request) -> bool:
        """Whether it is for a request like this one; a whole message is for chats only."""
        named = self.seat is None or request.first.startswith(NAMED.format(self.seat))
        return named and self.model in (None, request.model) and (self.message is None or request.api == "chat")

    def answer(self, request: Request) -> Answer:
        """The answer that its reply amounts to: a text is said as it stands, an object goes where it is asked for."""
        answer = Answer(self.reply) if isinstance(self.reply, str) else placed(self.reply, read_asked(request))
        return replace(answer, thoughts=self.reasoning, finish=self.finish)


class Script:
    """Entries in order. Each request takes the first that is for it and not used up yet; in order of arrival."""

    def __init__(self, entries: tuple[Entry, ...] = ()) -> None:
        self._entries = entries
        self._left = [entry.times for entry in entries]

    def next(self, request: Request) -> Entry | None:
        """What this request takes, None where nothing is left for it."""
        for i, entry in enumerate(self._entries):
            left = self._left[i]
            if left != 0 and entry.fits(request):
                self._left[i] = None if left is None else left - 1
                return entry
        return None


def read_script(source: object) -> Script:
    """The script that a list of plain values says; raises UsageError naming the first entry that will not do."""
    if not isinstance(source, list):
        raise UsageError(f"a script is a list of replies and faults, not {_what(source)}")
    return Script(tuple(_entry(each, f"entry {i}") for i, each in enumerate(source, start=1)))


def _entry(source: object, place: str) -> Entry:
    if isinstance(source, str):
        return Entry(source)
    if not isinstance(source, dict):
        raise UsageError(f"{place} is {_what(source)}; expected a text, or keys and values ({', '.join(KEYS)})")
    unknown = [str(key) for key in source if key not in KEYS]
    if unknown:
        raise UsageError(f"{place}: unknown key {unknown[0]!r}; there is: {', '.join(KEYS)}")
    kinds = [key for key in ("reply", "fault", "message") if key in source]
    if len(kinds) != 1:
        raise UsageError(f"{place} has {' and '.join(kinds) or 'none of them'}; expected one of reply, fault, message")
    try:
        plain = read_json(json.dumps(source))
    except (TypeError, ValueError) as e:
        raise UsageError(f"{place} is not JSON: {e}") from None
    assert isinstance(plain, dict), "an object stays one"
    return Entry(
        reply=plain.get("reply"),
        message=_message(plain, place),
        fault=_fault(plain, place),
        reasoning=_text(plain, "reasoning", place) or "",
        finish=_finish(plain, place),
        model=_text(plain, "model", place),
        seat=_text(plain, "seat", place),
        times=_times(plain, place),
    )


def _message(source: Mapping[str, Json], place: str) -> dict[str, Json] | None:
    message = source.get("message")
    if message is not None and not isinstance(message, dict):
        raise UsageError(f"{place}: message is {_what(message)}; expected a chat's message, such as {{content: ...}}")
    return message


def _fault(source: Mapping[str, Json], place: str) -> Fault | None:
    if "fault" not in source:
        return None
    try:
        ((name, _),) = read_rates([(str(source["fault"]), 1.0)]).of
    except ValueError as e:
        raise UsageError(f"{place}: {e}") from None
    return FAULTS[name]


def _text(source: Mapping[str, Json], key: str, place: str) -> str | None:
    value = source.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{place}: {key} is {_what(value)}; expected a text")
    return value


def _finish(source: Mapping[str, Json], place: str) -> Finish:
    match source.get("finish", "stop"):
        case "stop" | "length" | "content_filter" as finish:
            return finish
        case other:
            raise UsageError(f"{place}: finish is {other!r}; expected one of {', '.join(get_args(Finish))}")


def _times(source: Mapping[str, Json], place: str) -> int | None:
    times = source.get("times", 1)
    if times == "always":
        return None
    if isinstance(times, bool) or not isinstance(times, int) or times < 1:
        raise UsageError(f"{place}: times is {times!r}; expected a whole number, 1 or more, or 'always'")
    return times


def _what(value: object) -> str:
    return "nothing" if value is None else f"a {type(value).__name__}"
