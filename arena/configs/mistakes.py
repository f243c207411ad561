"""Pydantic's errors as our mistakes: a path, what was found, what was expected, the nearest valid name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from arena.configs.schema import AgentConfig, ProtocolConfig, RunConfig, ScenarioConfig
from arena.errors import Mistake, nearest

LAYERS: dict[str, type[BaseModel]] = {"agents": AgentConfig, "scenarios": ScenarioConfig, "protocol": ProtocolConfig}


def mistakes(error: ValidationError) -> list[Mistake]:
    """Every mistake that pydantic found."""
    return [_mistake(e) for e in error.errors()]


def path_of(location: Iterable[str | int]) -> str:
    """A location as people write it: `scenarios[0].params.seats`."""
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path or "the file"


def _mistake(e: Any) -> Mistake:
    location: tuple[str | int, ...] = e["loc"]
    path = path_of(step for step in location if step != "[key]")
    match e["type"]:
        case "extra_forbidden":
            return Mistake(path, "unknown key", nearest(str(location[-1]), _keys(location)))
        case "missing":
            return Mistake(path, "missing", "it is needed")
        case "literal_error":
            return Mistake(path, f"found {short(e['input'])}", f"expected {e['ctx']['expected']}")
        case "value_error":
            return Mistake(path, str(e["ctx"]["error"]), "change one of them")
        case "string_pattern_mismatch":
            return Mistake(path, f"found {short(e['input'])}", "a name has letters, digits, and _ . - (64 at most)")
    return Mistake(path, f"found {short(e['input'])}", str(e["msg"]).lower())


def short(value: Any) -> str:
    """A value, cut to what fits on a line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _keys(location: tuple[str | int, ...]) -> list[str]:
    layer: type[BaseModel] = RunConfig
    for step in location[:-1]:
        layer = LAYERS.get(str(step), layer)
    return list(layer.model_fields)
