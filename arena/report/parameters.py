"""The parameters of a scenario as a table: what each may be, and what it is where it is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import inspect
from rich.table import Table
from rich.text import Text

from arena.report.numbers import number
from arena.report.visible import visible

Ranges = Mapping[str, tuple[float, float]]


def parameters(kind: type, ranges: Ranges) -> list[dict[str, Any]]:
    """Name, what may be given, and the default of each field of a struct of parameters; no default: it is required.

    `ranges` are the bounds of the numbers, where the scenario has any.
    """
    struct = inspect.type_info(kind)
    fields = struct.fields if isinstance(struct, inspect.StructType) else ()
    rows = []
    for field in fields:
        row: dict[str, Any] = {"name": field.encode_name, "may_be": _allowed(field.type, ranges.get(field.encode_name))}
        if field.default is not msgspec.NODEFAULT:
            row["default"] = field.default
        elif field.default_factory is not msgspec.NODEFAULT:
            row["default"] = field.default_factory()
        rows.append(row)
    return rows


def parameter_table(rows: list[dict[str, Any]]) -> Table:
    """The parameters, a row each."""
    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False, header_style="dim")
    for title in ("parameter", "default", "may be"):
        table.add_column(Text(title))
    for row in rows:
        default = Text("required", "yellow") if "default" not in row else Text(_plain(row["default"]))
        table.add_row(Text(visible(row["name"]), "bold"), default, Text(visible(row["may_be"]), "dim"))
    return table


def _plain(value: Any) -> str:
    if value is None:
        return "–"
    return number(value) if type(value) in (int, float) else visible(str(value))


def _allowed(kind: inspect.Type, bounds: tuple[float, float] | None) -> str:
    """What a value may be, in words."""
    match kind:
        case inspect.LiteralType(values=values):
            return ", ".join(str(value) for value in values)
        case inspect.BoolType():
            return "true, false"
        case inspect.IntType() | inspect.FloatType():
            words = "whole number" if isinstance(kind, inspect.IntType) else "number"
            return words if bounds is None else f"{words}, {number(bounds[0])} to {number(bounds[1])}"
        case inspect.StrType():
            return "text"
        case inspect.UnionType(types=types):
            return " or ".join(_allowed(one, bounds) for one in types if not isinstance(one, inspect.NoneType))
        case inspect.TupleType(item_types=items):
            return f"[{', '.join(_allowed(item, bounds) for item in items)}]"
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            return f"list of: {_allowed(item, bounds)}"
        case inspect.DictType() | inspect.StructType():
            return "mapping"
    return type(kind).__name__.removesuffix("Type").lower()
