"""The look of a family that has none of its own: any struct, told by the names of its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from arena.core.protocol import Played
from arena.report.cast import Cast
from arena.report.numbers import number
from arena.report.visible import visible

SEATS = frozenset({"seat", "by", "seats", "to", "other", "partner"})  # fields that by custom hold seat numbers
SHORT = 60  # characters of a line of `name value` pairs
DEEPEST = 4


@dataclass(frozen=True)
class Plain:
    """Moves in one line where they fit, facts as small lists; remembers nothing."""

    def after(self, event: Played) -> Plain:
        return self

    def move(self, cast: Cast, seat: int, move: Any) -> RenderableType:
        return described(cast, move, skip=frozenset({"seat"}))

    def fact(self, cast: Cast, fact: Any) -> RenderableType:
        return described(cast, fact)

    def claim(self, cast: Cast, seat: int, fact: Any) -> RenderableType:
        return described(cast, fact, skip=frozenset({"seat"}))

    def ending(self, cast: Cast, why: str) -> RenderableType | None:
        return None

    def best(self, cast: Cast) -> RenderableType | None:
        return None

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        return {}

    def settings(self) -> Sequence[str]:
        return ()


def title(thing: Any) -> str:
    """What a struct is called: its tag, else its class, as words."""
    config = getattr(thing, "__struct_config__", None)
    name = config.tag if config is not None and isinstance(config.tag, str) else type(thing).__name__
    return spaced(name)


def spaced(name: str) -> str:
    """An identifier as words."""
    return visible(name.replace("_", " "))


def described(cast: Cast, thing: Any, skip: frozenset[str] = frozenset()) -> RenderableType:
    """A struct: its name, then its fields, on one line if they are few and short."""
    head = Text(title(thing), style="bold")
    fields = {name: value for name, value in _fields(thing).items() if name not in skip}
    if not fields:
        return head
    line = Text("  ")
    for i, (name, value) in enumerate(fields.items()):
        line.append("" if i == 0 else " · ")
        line.append(f"{spaced(name)} ", style="dim")
        line.append_text(_inline(cast, name, value))
    if len(line) <= SHORT and not any(_is_large(value) for value in fields.values()):
        return Text.assemble(head, line)
    return Group(head, Padding(_listed(cast, fields, 1), (0, 0, 0, 2)))


def _fields(thing: Any) -> dict[str, Any]:
    if isinstance(thing, msgspec.Struct):
        return msgspec.structs.asdict(thing)
    return {str(k): v for k, v in thing.items()} if isinstance(thing, Mapping) else {"value": thing}


def _is_large(value: Any) -> bool:
    """Whether a value is a struct, or holds one."""
    if isinstance(value, msgspec.Struct | Mapping):
        return True
    return isinstance(value, Sequence) and not isinstance(value, str | bytes) and any(_is_large(v) for v in value)


def _inline(cast: Cast, name: str, value: Any) -> Text:
    """A value in a line of text; seat numbers as names where the field is called for them."""
    match value:
        case None:
            return Text("–")
        case bool():
            return Text("yes" if value else "no")
        case int() if name in SEATS and 0 <= value < len(cast.names):
            return cast.name(value, "")
        case int() | float():
            return Text(number(value))
        case str() | bytes():
            return Text(visible(value if isinstance(value, str) else repr(value)))
        case Sequence() | frozenset() | set():
            return Text(", ").join([_inline(cast, name, v) for v in value]) if value else Text("none")
        case _:
            return Text(visible(str(value)))


def _listed(cast: Cast, fields: Mapping[str, Any], depth: int) -> Table:
    """Fields one below the other, their names aligned."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, value in fields.items():
        grid.add_row(Text(spaced(name)), _block(cast, name, value, depth))
    return grid


def _block(cast: Cast, name: str, value: Any, depth: int) -> RenderableType:
    if not _is_large(value) or depth >= DEEPEST:
        return _inline(cast, name, value)
    if isinstance(value, msgspec.Struct | Mapping):
        return _listed(cast, _fields(value), depth + 1)
    rows = list(value)
    if len({type(row) for row in rows}) == 1 and isinstance(rows[0], msgspec.Struct):
        return _table(cast, rows)
    return Group(*[_block(cast, name, row, depth + 1) for row in rows])


def _table(cast: Cast, rows: Sequence[msgspec.Struct]) -> Table:
    """Structs of one kind, a row each."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in rows[0].__struct_fields__:
        right = all(type(getattr(row, name)) in (int, float) for row in rows) and name not in SEATS
        table.add_column(Text(spaced(name)), justify="right" if right else "left")
    for row in rows:
        table.add_row(*[_inline(cast, name, value) for name, value in _fields(row).items()])
    return table
