"""What a check found: every failure with its evidence, and how much was looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from traceback import extract_tb
from typing import Final

SHOWN: Final = 3  # failures of one kind that are shown in full


@dataclass(frozen=True)
class Failure:
    """One thing that does not hold: the check, where it was seen (parameters, seed, meeting, cut), what was found."""

    check: str
    where: str
    found: str

    def __str__(self) -> str:
        return f"{self.where}: {self.found}" if self.where else self.found


@dataclass
class Report:
    """What came of checking one thing. `looked` counts what was looked at, so that nothing passes by being empty."""

    subject: str
    failures: list[Failure] = field(default_factory=list)
    looked: Counter[str] = field(default_factory=Counter)

    def take(self, check: str, found: Callable[[], Iterator[Failure]]) -> None:
        """Run a check and keep its failures; one that raises has failed, and the others still run."""
        try:
            self.failures.extend(found())
        except Exception as error:  # noqa: BLE001 (whatever the code under test raises is the evidence)
            at = extract_tb(error.__traceback__)[-1]
            where = f"{at.filename}, line {at.lineno}"
            self.failures.append(Failure(check, where, f"{type(error).__name__}: {error}"))

    def settle(self) -> Report:
        """This report, if nothing failed. Raises Broken with every failure."""
        if self.failures:
            raise Broken(self)
        return self

    def __str__(self) -> str:
        count = len(self.failures)
        lines = [f"{self.subject}: {count} failure{'' if count == 1 else 's'}"]
        for check in dict.fromkeys(failure.check for failure in self.failures):
            some = [failure for failure in self.failures if failure.check == check]
            lines.append(f"  {check}")
            lines += [f"    {failure}" for failure in some[:SHOWN]]
            lines += [f"    and {len(some) - SHOWN} more"] * (len(some) > SHOWN)
        return "\n".join(lines)


class Broken(AssertionError):
    """A contract that is not kept; `report` has every failure."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(str(report))


def short(value: object, most: int = 300) -> str:
    """A value as evidence, cut to so many characters."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= most else f"{text[:most]}..."
