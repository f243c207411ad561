"""Pydantic's errors as our mistakes: a path, what was found, what was expected, the nearest valid name."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from arena.configs.schema import AgentConfig, LimitsConfig, ProtocolConfig, RunConfig, ScenarioConfig
from arena.errors import Mistake, nearest

UNIONS = frozenset({"turns", "channel", "script"})  # the fields whose branches pydantic names in a location
BRANCHES = frozenset({"str", "dict[str,any]", "list[any]"})
_BRIEF = reprlib.Repr()
_BRIEF.maxstring = _BRIEF.maxother = 60


WORDS = {
    "bool_type": "yes or no",
    "dict_type": "keys and values",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_type": "keys and values",
    "string_type": "text",
    "too_short": "at least one",
}


def mistakes(error: ValidationError) -> list[Mistake]:
    """Every mistake that pydantic found, one for each place."""
    found: dict[str, Mistake] = {}
    for e in error.errors():
        mistake = _mistake(e)
        before = found.get(mistake.path)
        if before is not None and before.expected != mistake.expected:  # the other branch of a union
            other = mistake.expected.removeprefix("expected ")
            mistake = Mistake(mistake.path, mistake.found, f"{before.expected}, or {other}")
        found[mistake.path] = mistake
    return list(found.values())


def path_of(location: Iterable[str | int]) -> str:
    """A location as people write it: `scenarios[0].params.seats`."""
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path or "the file"


def _mistake(e: Any) -> Mistake:
    location: tuple[str | int, ...] = e["loc"]
    path = path_of(_own(location))
    match e["type"]:
        case "extra_forbidden":
            return Mistake(path, "unknown key", nearest(str(location[-1]), _keys(location)))
        case "missing":
            return Mistake(path, "missing", "it is needed")
        case "literal_error":
            return Mistake(path, f"found {short(e['input'])}", f"expected {e['ctx']['expected']}")
        case "value_error":
            what, _, expected = str(e["ctx"]["error"]).partition("; ")
            return Mistake(path, what, expected)
        case "string_pattern_mismatch":
            return Mistake(path, f"found {short(e['input'])}", "a name has letters, digits, and _ . - (64 at most)")
    expected = f"expected {WORDS[e['type']]}" if e["type"] in WORDS else str(e["msg"])
    return Mistake(path, f"found {short(e['input'])}", expected.replace("Input should be", "expected", 1))


def _own(location: tuple[str | int, ...]) -> Iterator[str | int]:
    """The steps of a location without pydantic's own: `[key]` for a key itself, the branch of a union."""
    for before, step in zip(("", *location), location, strict=False):
        if step != "[key]" and not (before in UNIONS and step in BRANCHES):
            yield str(step) if before == "agents" else step


def short(value: Any) -> str:
    """A value, cut to what fits on a line."""
    text = _BRIEF.repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _keys(location: tuple[str | int, ...]) -> list[str]:
    layer: type[BaseModel] = RunConfig
    match location:
        case ("agents", _, _):
            layer = AgentConfig
        case ("limits", _):
            layer = LimitsConfig
        case ("scenarios", _, _):
            layer = ScenarioConfig
        case ("scenarios", _, "protocol", _):
            layer = ProtocolConfig
        case ("limits", _):
            layer = LimitsConfig
    return list(layer.model_fields)
