"""How one value of a scorecard is shown: a number, yes or no, a share of a bar, or a dash and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from arena.report.labels import Label
from arena.report.numbers import NONE, money, number
from arena.report.visible import visible

BAR = 16  # cells of a full bar
DIGITS = 3


def missing(value: object) -> bool:
    """Whether there is no value: None, or NaN."""
    return value is None or (isinstance(value, float) and value != value)


def shown(value: object, form: str = "") -> Text:
    """A value in words, by its form (see `labels.Label`).

    A `share` or `ratio` has all its decimals, so that they align; of `usd`, None is an amount that is not known.
    """
    if form == "usd" and (value is None or isinstance(value, int | float)):
        return Text(money(value), "" if value == value else "dim")
    if missing(value):
        return Text(NONE, "dim")
    if form and isinstance(value, int | float):
        return Text(f"{value:.{DIGITS}f}")
    match value:
        case bool():
            return Text("yes", "green") if value else Text("no", "yellow")
        case int() | float():
            return Text(number(value, DIGITS))
        case Mapping():
            counts = [Text.assemble((f"{visible(str(key))} ", "dim"), shown(each)) for key, each in value.items()]
            return Text(" · ").join(counts) if counts else Text("none", "dim")
        case str():
            return Text(visible(value))
        case Sequence():
            return Text(", ").join([shown(each) for each in value]) if value else Text("none", "dim")
    return Text(visible(str(value)))


def bar(value: float, style: str = "green") -> Text:
    """A share as a bar; below 0 and above 1 it is empty or full, and the number beside it says by how much."""
    full = round(max(0.0, min(1.0, value)) * BAR)
    return Text.assemble(("━" * full, style), ("─" * (BAR - full), "dim"))


def remark(label: Label, value: Any) -> str:
    """What stands beside a value: why there is none, else what it says."""
    if label.form == "usd" and value is None:
        return "a model has no price, or its endpoint did not report its tokens"
    if missing(value) and label.why:
        return label.why
    return label.denies if value is False and label.denies else label.says
