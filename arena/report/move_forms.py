"""The kinds of move and claim of a game, in words: what each is called and what it holds."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from arena.core.view import Choice, Field, MoveSpec, Record, Whole
from arena.report.numbers import count
from arena.report.visible import visible

SHOWN = 4  # options that are named; of more, one is


def move_table(specs: Sequence[MoveSpec]) -> Table:
    """The kinds, a row each; specs of one kind stand together."""
    grid = Table.grid(padding=(0, 3, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    kinds = dict.fromkeys(spec.kind for spec in specs)
    for kind in kinds:
        same = [spec for spec in specs if spec.kind == kind]
        more = [Text(f"and {count(len(same) - 1, 'more like it', 'more like it')}", "dim")] if len(same) > 1 else []
        grid.add_row(Text(visible(kind), "bold"), Group(_fields(same[0]), *more))
    return grid


def _fields(spec: MoveSpec) -> Text:
    return Text("; ", "dim").join([_field(field) for field in spec.fields]) if spec.fields else Text("–", "dim")


def _field(field: Field) -> Text:
    name = Text(f"{visible(field.name)} ")
    match field:
        case Choice(changing=True):
            return name.append("one of those there are then", "dim")
        case Choice(options=options):
            return name.append(_options(options), "dim")
        case Whole(low=low, high=high):
            return name.append(f"{low} to {high}", "dim")
        case Record(fields=fields):
            return name.append("(").append_text(Text(", ").join([_part(part) for part in fields])).append(")")


def _part(field: Choice | Whole) -> Text:
    return Text(visible(field.name))


def _options(options: Sequence[str | int]) -> str:
    if len(options) > SHOWN:
        return f"one of {len(options)}, such as {visible(str(options[0]))}"
    return " | ".join(visible(str(option)) for option in options)
