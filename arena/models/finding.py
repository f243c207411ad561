"""What was found of an endpoint, and what each finding means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Literal

from msgspec import Struct

from arena.core.events import Fault
from arena.core.usage import Usage
from arena.models.answer import Answer
from arena.models.endpoint import Dialect

State = Literal["good", "bad", "note"]
STRICTEST: tuple[Dialect, ...] = ("json_schema", "tools", "json_object", "text")


class Finding(Struct, frozen=True):
    """One thing that was looked at: whether it is well, what was found, what to do about it."""

    name: str
    state: State
    what: str
    advice: str = ""


class Call(Struct, frozen=True):
    """How one call went: what was understood of its answer, or why there is none; and the seconds it took."""

    answer: Answer | None
    fault: Fault | None
    why: str
    status: int | None
    seconds: float

    @property
    def works(self) -> bool:
        """Whether there is an answer, and it can be understood."""
        return self.answer is not None and self.fault is None

    @property
    def told(self) -> str:
        """What went wrong."""
        return f"{self.fault.code}: {self.fault.detail}" if self.fault is not None else self.why


class Diagnosis(Struct, frozen=True):
    """What was found of an endpoint, and the usage of each call that it took."""

    model: str
    place: str
    findings: tuple[Finding, ...]
    usages: tuple[Usage, ...] = ()

    @property
    def well(self) -> bool:
        """Whether matches can be played there."""
        return all(finding.state != "bad" for finding in self.findings)


def of_no_answer(calls: Sequence[Call]) -> Finding:
    """No call was answered: the first says why."""
    first = calls[0]
    what, _, advice = first.why.rpartition("; ")
    name = "key" if first.status in (401, 403) else "model" if first.status == 404 else "answers"
    return Finding(name, "bad", what, advice)


def of_dialects(declared: Sequence[Dialect], calls: Mapping[Dialect, Call]) -> Finding:
    """Which dialects work; bad only where one that is declared does not, or none does."""
    working = [dialect for dialect in STRICTEST if dialect in calls and calls[dialect].works]
    if not working:
        why = calls[declared[0] if declared else "text"].told
        return Finding("dialects", "bad", f"none works: {why}", "the model may be too small to answer in JSON")
    failing = [dialect for dialect in STRICTEST if dialect in calls and dialect not in working]
    what = ", ".join(working) + (f"; not {', '.join(failing)}" if failing else "")
    wrong = [dialect for dialect in declared if dialect in failing]
    if wrong:
        told = f"{wrong[0]}, which is declared, does not work: {calls[wrong[0]].told}"
        return Finding("dialects", "bad", f"{what}. {told}", f"declare dialect: {working[0]}, or auto")
    stricter = [dialect for dialect in declared if STRICTEST.index(dialect) > STRICTEST.index(working[0])]
    hint = f"{working[0]} holds a model to the form, which {stricter[0]} does not" if "text" in stricter else ""
    return Finding("dialects", "good", what, hint)


def of_latency(calls: Sequence[Call]) -> Finding:
    """How long an answer takes."""
    seconds = sorted([call.seconds for call in calls])
    range_of = f"{seconds[0]:.2g} to {seconds[-1]:.2g} s"
    return Finding("latency", "good", f"{median(seconds):.2g} s (median of {len(seconds)} calls; {range_of})")


def of_prefix_cache(first: Usage, second: Usage) -> Finding:
    """Whether the second of two equal prompts was known."""
    if not second.reported:
        advice = "tokens and money cannot be counted here, and a cap on them stops a run: cap calls or minutes"
        return Finding("prefix cache", "note", "the server does not report tokens", advice)
    share = f"{second.cached:,} of {second.prompt:,} tokens of a prompt that was sent before"
    if second.cached > first.cached:
        return Finding("prefix cache", "good", f"hits: {share}")
    advice = "every turn pays for its whole prompt; see whether the server has such a cache and reports it"
    return Finding("prefix cache", "note", f"no hit: {share}", advice)
