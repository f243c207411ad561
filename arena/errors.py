"""Everything that Arena raises on purpose, as one tree.

    ArenaError                    exit code 1 unless said otherwise
    ├── UsageError            2   what the user asked for cannot be done as asked
    │   ├── ConfigError       2   a configuration, with every mistake in it
    │   ├── NotFound          2   a name that is not there, with the nearest one
    │   ├── BadParams         2   impossible parameters of a scenario
    │   ├── Unfit             2   a meeting and a game that do not go together
    │   ├── TooLarge          2   more outcomes than can be enumerated exactly
    │   └── BadTemplate       2   a prompt template that is broken or asks for what is not there
    ├── TranscriptError       2   a file that is not a transcript of ours, or not one we can read
    │   └── Tampered          1   a transcript whose lines are not the ones that were written
    ├── StorageError          1   the disk is full, read-only, or gone
    │   └── Removed           1   a transcript was removed while it was being written
    ├── WorkerFailed          1   one of the processes that play a run did in a way that nobody foresaw
    └── Halt                  3   the infrastructure failed: the match is void until resumed
        ├── EndpointDown      3   a model's endpoint gave up
        ├── ContextTooSmall   3   a prompt that does not fit its model, and nothing in it can be summarised
        └── BudgetSpent       5   the next call would go beyond what the run may cost

A message says what was found, what was expected, and what to do. A failure that belongs to a *model* (malformed,
illegal, too long) is not in this tree: it is an event in the transcript, charged to that seat.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


class ArenaError(Exception):
    """Anything that Arena raises on purpose."""

    exit_code = 1


class UsageError(ArenaError):
    """What was asked for cannot be done as asked."""

    exit_code = 2


@dataclass(frozen=True)
class Mistake:
    """One mistake in a configuration: where it is, what stands there, what may."""

    path: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}: {self.found}; {self.expected}"


class ConfigError(UsageError):
    """A configuration that cannot be run, with all of its mistakes at once."""

    def __init__(self, mistakes: Iterable[Mistake], source: str = "configuration") -> None:
        self.mistakes = tuple(mistakes)
        self.source = source
        count = len(self.mistakes)
        head = f"{source}: {count} mistake{'s' if count != 1 else ''}"
        super().__init__("\n".join([head, *(f"  {mistake}" for mistake in self.mistakes)]))


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that ends a message: the nearest known name, or the list of them."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"there is: {', '.join(names)}" if names else "there is none"


class NotFound(UsageError):
    """A name that is not there; the message offers the nearest one."""

    def __init__(self, what: str, name: str, known: Iterable[str] = ()) -> None:
        self.what, self.name = what, name
        super().__init__(f"no {what} named {name!r}; {nearest(name, known)}")


class BadParams(UsageError):
    """Impossible parameters of a scenario; `mistakes` has each with its path, where they can be told apart."""

    def __init__(self, message: str, mistakes: Iterable[Mistake] = ()) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(message)


class Unfit(UsageError):
    """A meeting and a game that do not go together."""


class TooLarge(UsageError):
    """More outcomes than can be enumerated exactly."""


class BadTemplate(UsageError):
    """A prompt template that is broken or asks for what is not there."""


class TranscriptError(ArenaError):
    """A file that is not a transcript, or not one that this version reads."""

    exit_code = 2


class Tampered(TranscriptError):
    """A transcript whose lines are not the ones that were written.

    Attributes: line, the number of the first line that differs (the header is line 1); why; file, its path or "".
    """

    exit_code = 1

    def __init__(self, line: int, why: str, file: str = "") -> None:
        self.line, self.why, self.file = line, why, file
        super().__init__(f"{file}, line {line}: {why}" if file else f"line {line}: {why}")


class StorageError(ArenaError):
    """The disk is full, read-only, or gone."""


class Removed(StorageError):
    """A transcript was removed while it was being written; other matches are none the worse for it."""


class WorkerFailed(ArenaError):
    """A worker of a run failed in a way that nobody foresaw, or could not be started."""


class Halt(ArenaError):
    """The infrastructure failed: the match is void until it is resumed, and never scored."""

    exit_code = 3


class EndpointDown(Halt):
    """A model's endpoint gave up: unreachable, refusing the key, or failing past the retries.

    `status` is that of HTTP in the last attempt, None without an answer; `attempts` how many there were.
    """

    def __init__(self, message: str, status: int | None = None, attempts: int = 1) -> None:
        super().__init__(message)
        self.status = status
        self.attempts = attempts


class ContextTooSmall(Halt):
    """A prompt does not fit its model, and nothing in it can be summarised."""


class BudgetSpent(Halt):
    """The next call would go beyond what the run may cost."""

    exit_code = 5
