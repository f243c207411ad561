"""The JSON Schema of a transcript: its header, and a line with the closed unions of a family's moves and facts.

A transcript is JSON Lines; the schema describes one line of it, the header or any other. Fields that are not in it are
allowed, since later versions may add some.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct, defstruct

from arena.core.events import Addressed
from arena.core.protocol import AnyScenario
from arena.transcripts.header import SCHEMA, Header

DRAFT = "https://json-schema.org/draft/2020-12/schema"
REFERENCE = "#/$defs/"


def transcript_schema(scenario: AnyScenario) -> dict[str, Any]:
    """The schema of the transcripts of a family, as plain values; same family and version, same bytes."""
    (head, line, task), defs = components([Header, _line_type(scenario), scenario.task_type])
    header = defs[name_of(head)]
    header["properties"] |= {"schema": {"const": SCHEMA}, "scenario": {"const": scenario.name}, "task": task}
    return {
        "$schema": DRAFT,
        "title": f"A line of a transcript ({SCHEMA}, {scenario.name})",
        "description": "JSON Lines: the first line is the header, every other line one ruling, in order.",
        "oneOf": [head, line],
        "$defs": dict(sorted(defs.items())),
    }


def components(types: Sequence[Any]) -> tuple[list[Any], dict[str, Any]]:
    """The schemas of these types, and by name those that they refer to; generic types go by their own names."""
    roots, found = msgspec.json.schema_components(types, ref_template=f"{REFERENCE}{{name}}")
    short = {name: _short(name, found) for name in found}
    defs = {short[name]: _renamed(schema, short) for name, schema in found.items()}
    return [_renamed(root, short) for root in roots], defs


def name_of(reference: dict[str, Any]) -> str:
    """The name of what a schema refers to."""
    return str(reference["$ref"]).removeprefix(REFERENCE)


def _line_type(scenario: AnyScenario) -> type[Struct]:
    """`codec.Line` for the moves and facts of this family."""
    event = Addressed[scenario.move_types, scenario.fact_types]  # type: ignore[name-defined]
    fields: list[tuple[str, Any]] = [("n", int), ("t", int), ("h", str), ("es", tuple[event, ...])]
    return defstruct("Line", fields, frozen=True)


def _short(name: str, known: dict[str, Any]) -> str:
    """A generic type's name without its parameters, which are always the family's; as it is where that is taken."""
    plain = re.split(r"_arena\.|\[", name)[0]
    return plain if plain == name or plain not in known else name


def _renamed(schema: Any, short: dict[str, str]) -> Any:
    """The schema with its references, and the titles that go with them, by their short names."""
    if isinstance(schema, list):
        return [_renamed(each, short) for each in schema]
    if not isinstance(schema, dict):
        return schema
    renamed = {key: _renamed(value, short) for key, value in schema.items()}
    for key in ("$ref", "title"):
        if isinstance(renamed.get(key), str):
            renamed[key] = _retitled(renamed[key], short)
    if isinstance(mapping := renamed.get("mapping"), dict):
        renamed["mapping"] = {tag: _retitled(target, short) for tag, target in mapping.items()}
    return renamed


def _retitled(text: str, short: dict[str, str]) -> str:
    if text.startswith(REFERENCE):
        name = text.removeprefix(REFERENCE)
        return f"{REFERENCE}{short.get(name, name)}"
    return text.partition("[")[0]
