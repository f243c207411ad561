"""From a mapping that people wrote to one of our structs, every mistake in it at once, each with its path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from arena.configs.mistakes import short
from arena.errors import Mistake, nearest

_TYPES = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "yes or no",
    "array": "a list",
    "object": "keys and values",
    "null": "nothing",
}
_QUOTED = re.compile(r"`(\w+(?: \| \w+)*)`")
_INDEX = re.compile(r"\[(\d+)\]")


def convert(value: Mapping[str, Any], kind: type[Struct], path: str, found: list[Mistake]) -> Any:
    """The struct of this kind, from those of its keys that will do; None where one that it needs will not.

    Unknown keys, wrong types and missing keys are added to `found`; only where there are none is it what was written.
    """
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    known = {key: each for key, each in value.items() if key in fields}
    found += [Mistake(f"{path}.{key}", "unknown key", nearest(key, fields)) for key in value if key not in known]
    needed = [name for name, field in fields.items() if field.required]
    found += [Mistake(f"{path}.{name}", "missing", "it is needed") for name in needed if name not in known]
    for key, each in list(known.items()):
        wrong = _wrong(each, fields[key].type, f"{path}.{key}")
        if wrong is not None:
            found.append(wrong)
            del known[key]
    return msgspec.convert(known, kind) if known.keys() >= set(needed) else None


def _wrong(value: Any, kind: Any, path: str) -> Mistake | None:
    if get_origin(kind) is Literal and value not in get_args(kind):
        return Mistake(path, f"found {short(value)}", nearest(str(value), map(str, get_args(kind))))
    try:
        msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError) as error:
        text, _, where = str(error).partition(" - at `$")
        for step in _INDEX.findall(where):
            value = value[int(step)]
        return Mistake(path + where.rstrip("`"), f"found {short(value)}", _plain(text))
    return None


def _plain(text: str) -> str:
    """What msgspec expected, in words: "Expected `int | null`, got `str`" as "expected a whole number or nothing"."""
    expected = re.sub(r", got `[^`]*`$", "", text[:1].lower() + text[1:])
    return _QUOTED.sub(lambda kinds: " or ".join(_TYPES.get(kind, kind) for kind in kinds[1].split(" | ")), expected)
