"""Reads what people write, and remembers everything that is wrong with it instead of stopping at the first."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from arena.errors import ConfigError, Mistake, nearest

_EXPONENT = re.compile(r"[-+]?\d+(\.\d*)?[eE][-+]?\d+", re.ASCII)
HUGE = 1e9  # beyond it, sums of points would no longer be exact to the tolerance


class Findings:
    """The mistakes found so far. Every reader returns something usable, so that reading goes on after a mistake."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def add(self, path: str, found: object, expected: str) -> None:
        """Note a mistake. found: what stands there, shown short."""
        shown = found if isinstance(found, str) else repr(found)
        self.mistakes.append(Mistake(path, f"found {shown[:60]}{'...' if len(shown) > 60 else ''}", expected))

    def done(self, source: str) -> None:
        """Raises ConfigError with all mistakes; nothing where there is none."""
        if self.mistakes:
            raise ConfigError(self.mistakes, source)

    def mapping(self, value: object, path: str, what: str) -> dict[str, Any]:
        """A mapping whose keys are names; {} where it is none."""
        if not isinstance(value, Mapping) or not value:
            self.add(path or "(top)", "nothing" if value is None else value, f"expected {what}")
            return {}
        return {self.name(key, path or "(top)"): each for key, each in value.items()}

    def named(self, value: object, path: str, what: str) -> Iterator[tuple[str, str, Any]]:
        """Things with names, as a mapping from name to thing or a list of mappings with a `name`: name, path, thing."""
        if not isinstance(value, list):
            yield from ((name, join(path, name), each) for name, each in self.mapping(value, path, what).items())
            return
        seen: set[str] = set()
        for i, each in enumerate(value):
            here = f"{path}[{i}]"
            if not isinstance(each, Mapping):
                self.add(here, each, f"expected a mapping with a name; {path} are {what}")
                continue
            thing = self.mapping(each, here, "a name")
            name = self.name(thing.pop("name", None), join(here, "name"))
            if name in seen:
                self.add(join(here, "name"), repr(name), "expected each name once")
            seen.add(name)
            yield name, here, thing

    def keys(self, found: Mapping[str, Any], path: str, known: Collection[str]) -> None:
        """Every key must be a known one."""
        for key in found:
            if key not in known:
                self.add(join(path, key), "an unknown key", nearest(key, known))

    def name(self, value: object, path: str) -> str:
        """A name: text, or a number as it is written."""
        if value is None:
            self.add(path, "nothing", "expected a name; put it in quotes if it is one (YAML reads null so)")
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.add(path, value, "expected a name; put it in quotes if it is one (YAML reads yes, no, on and off so)")
            return str(value)
        if not str(value).strip():
            self.add(path, "an empty name", "expected some text")
        return str(value)

    def text(self, value: object, path: str) -> str:
        """Text, "" where there is none."""
        if value is None:
            return ""
        if not isinstance(value, str):
            self.add(path, value, "expected text")
            return ""
        return value.strip()

    def number(self, value: object, path: str, low: float = -HUGE, high: float = HUGE) -> float:
        """A number within the range, the nearest in it where it is outside; 0 where it is none."""
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            self.add(path, "nothing" if value is None else value, f"expected a number{_spelling(value)}")
            return 0.0
        if not low <= value <= high:
            self.add(path, value, f"expected a number of at least {low:g}, at most {high:g}")
        return float(min(max(value, low), high))

    def whole(self, value: object, path: str, low: int, high: int) -> int:
        """A whole number within the range; its lower end where it is none."""
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.add(path, value, f"expected a whole number from {low} to {high}")
            return low
        return value

    def one_of(self, value: object, path: str, known: Collection[str]) -> bool:
        """Whether it is one of the known names."""
        if isinstance(value, str) and value in known:
            return True
        self.add(path, "nothing" if value is None else repr(value), nearest(str(value), known))
        return False

    def row(self, value: object, path: str, names: tuple[str, ...], what: str) -> tuple[float, ...]:
        """A number for each name: a list in their order, or a mapping from each of them."""
        if isinstance(value, Mapping):
            given = self.mapping(value, path, "numbers")
            self.keys(given, path, names)
            return tuple(self.number(given.get(name), join(path, name)) for name in names)
        if not isinstance(value, list) or len(value) != len(names):
            found = f"{len(value)} values" if isinstance(value, list) else "nothing" if value is None else value
            self.add(path, found, f"expected {len(names)} numbers, one for each {what}: {', '.join(names)}")
            return (0.0,) * len(names)
        return tuple(self.number(each, f"{path}[{i}]") for i, each in enumerate(value))

    def names(self, values: Iterable[object], path: str) -> tuple[str, ...]:
        """Names, each once."""
        names = [self.name(value, f"{path}[{i}]") for i, value in enumerate(values)]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.add(path, f"{name!r} {names.count(name)} times", "expected each once")
        return tuple(names)


def _spelling(value: object) -> str:
    """What to do about a text that its author takes for a number: to YAML 1.1, 1e3 and 1.5e3 are none."""
    if isinstance(value, str) and _EXPONENT.fullmatch(value):
        return "; YAML reads this as text: write its digits out, or its exponent with a point and a sign, as in 1.0e+3"
    return ""


def join(path: str, key: str) -> str:
    """The path of a key below a path."""
    return f"{path}.{key}" if path else key
