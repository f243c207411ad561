"""What a response said: the raw text that is recorded, and the reasoning beside it.

Where it is the endpoint and not the text that says that a reply will not do (it was cut off, it is a refusal, there are
several calls), the raw text ends with a line that says so: `[endpoint: length]`. So the raw text alone gives the fault
again, whenever it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from arena.core.events import Fault
from arena.models.reply_text import ONE_OBJECT

NAME = "reply"  # of the function that a reply calls, and of its schema
LARGEST = 1_000_000  # characters; no turn of a match needs more, and all of it would be sent back with every next turn
KEPT = 10_000  # characters that are recorded of a text that is larger

Ending = Literal["length", "content_filter", "refusal", "reasoning", "several_calls", "unknown_tool", "oversize"]
FAULTS: dict[Ending, Fault] = {
    "length": Fault("truncated", f"The reply was cut off at the limit of its length. Be brief. {ONE_OBJECT}"),
    "content_filter": Fault("refused", f"The provider withheld the reply. Say it differently. {ONE_OBJECT}"),
    "refusal": Fault("refused", f"The reply declines to answer. {ONE_OBJECT}"),
    "reasoning": Fault(
        "only_reasoning", f"The reply spent its tokens on reasoning and gave no answer. Think less. {ONE_OBJECT}"
    ),
    "several_calls": Fault("several", f"The reply calls several functions. Call {NAME!r} once."),
    "unknown_tool": Fault("unknown_tool", f"The reply calls a function that there is not. Call {NAME!r} once."),
    "oversize": Fault("oversize", f"The reply has more than {LARGEST:,} characters. Be brief. {ONE_OBJECT}"),
}
_ENDING = re.compile(rf"(?:\A|\n)\[endpoint: ({'|'.join(FAULTS)})\]\Z")


class Heard(Struct, frozen=True):
    """What a response says: `raw` as it is recorded, and the reasoning beside it, which is for its author alone."""

    raw: str
    reasoning: str | None = None


class NotACompletion(Exception):
    """A response that is no completion; the endpoint's failure, not the model's."""


class Call(Struct, frozen=True):
    """A function that a reply calls, and its arguments as text."""

    name: str
    arguments: str


class Parts(Struct):
    """A response taken apart, whichever API it came from.

    `cut`: the endpoint says that it ended early, and how; `reasoned`: tokens were spent on reasoning, whether or not it
    is shown.
    """

    said: str = ""
    refusal: str = ""
    calls: list[Call] = []
    thoughts: list[str] = []
    cut: Literal["length", "content_filter"] | None = None
    reasoned: bool = False


def settle(parts: Parts, scrub: Callable[[str], str] = str) -> Heard:
    """The raw text and the reasoning of a response; `scrub` sees each whole, before anything is cut off it."""
    said, thoughts = parts.said, list(parts.thoughts)
    if parts.refusal:
        said = parts.refusal
    elif parts.calls:
        thoughts.append(said)  # words beside a call are no part of the reply
        said = "\n".join(dict.fromkeys([call.arguments for call in parts.calls]))
    ending = _ending(parts, said, any(thoughts))
    said = scrub(said)
    if len(said) > LARGEST:
        said, ending = said[:KEPT], "oversize"
    raw = said if ending is None else f"{said}\n[endpoint: {ending}]" if said else f"[endpoint: {ending}]"
    shown = scrub("\n".join(dict.fromkeys(t for t in thoughts if t)))[:LARGEST]  # some servers send it under two names
    return Heard(_clean(raw), _clean(shown) or None)


def fault_of(raw: str) -> Fault | None:
    """The fault that the endpoint declared, as the raw text ends with it."""
    found = _ENDING.search(raw)
    return None if found is None else FAULTS[found[1]]  # type: ignore[index] # the pattern is made of them


def whole(raw: str) -> bool:
    """Whether a raw text is all that the model had to say: not empty, not cut off, not withheld or declined."""
    return bool(raw.strip()) and fault_of(raw) is None


def _ending(parts: Parts, said: str, thought: bool) -> Ending | None:
    if parts.cut == "content_filter":
        return "content_filter"
    if not said.strip() and not parts.calls and (thought or parts.reasoned):
        return "reasoning"
    if parts.cut == "length":
        return "length"
    if parts.refusal:
        return "refusal"
    if len(set(parts.calls)) > 1:  # the same call twice says one thing
        return "several_calls"
    return "unknown_tool" if parts.calls and parts.calls[0].name != NAME else None


def _clean(text: str) -> str:
    """Text that can be written as UTF-8: what is half of a surrogate pair becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
