"""A schema with what it says twice said once, under `$defs`."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

SHORTEST = 64  # bytes below which a reference saves nothing

_spelt = msgspec.json.Encoder().encode  # equal schemas spell alike, since one hand builds them all


def share(schema: dict[str, Any]) -> dict[str, Any]:
    """An equivalent schema in which each part that stands in several places is a definition.

    A definition has the name of the property that it is first met under, and a number where that is taken. The root
    itself stays an object, as strict mode wants it.
    """
    counts: Counter[bytes] = Counter()
    for part in _parts(schema):
        _count(part, counts)
    if not any(n > 1 for n in counts.values()):
        return schema
    sharing = _Sharing({spelt for spelt, n in counts.items() if n > 1})
    shared = sharing.inside(schema, "root")
    return {**shared, "$defs": {name: sharing.definitions[name] for name in sharing.names.values()}}


def _parts(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The schemas directly inside a schema."""
    items = [schema["items"]] if "items" in schema else []
    return [*schema.get("properties", {}).values(), *items, *schema.get("anyOf", ())]


def _count(part: dict[str, Any], counts: Counter[bytes]) -> None:
    # What lies inside a part that was met before is not met again: it will stand in that part's definition.
    spelt = _spelt(part)
    if len(spelt) < SHORTEST:
        return
    counts[spelt] += 1
    if counts[spelt] == 1:
        for inner in _parts(part):
            _count(inner, counts)


class _Sharing:
    def __init__(self, repeated: set[bytes]) -> None:
        self.repeated = repeated
        self.names: dict[bytes, str] = {}
        self.definitions: dict[str, dict[str, Any]] = {}

    def part(self, part: dict[str, Any], under: str) -> dict[str, Any]:
        spelt = _spelt(part)
        if spelt not in self.repeated:
            return self.inside(part, under)
        if spelt not in self.names:
            name = self._name(under)
            self.names[spelt] = name
            self.definitions[name] = self.inside(part, under)
        return {"$ref": f"#/$defs/{self.names[spelt]}"}

    def inside(self, part: dict[str, Any], under: str) -> dict[str, Any]:
        changed = dict(part)
        if "properties" in part:
            changed["properties"] = {name: self.part(inner, name) for name, inner in part["properties"].items()}
        if "items" in part:
            changed["items"] = self.part(part["items"], under)
        if "anyOf" in part:
            changed["anyOf"] = [self.part(inner, under) for inner in part["anyOf"]]
        return changed

    def _name(self, under: str) -> str:
        stem = under if under.isascii() and under.isidentifier() else "part"
        taken = set(self.names.values())
        return next(name for i in range(1, len(taken) + 3) if (name := stem if i == 1 else f"{stem}{i}") not in taken)
