"""A metric: what people add to measure something of a match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from arena.core.events import AnyAddressed
from arena.core.table import Table


class Metric(Protocol):
    """A pure function of a match's log and of the table that it folds to, by rule; it never calls a model.

    Returns figures by name, one entry a seat where a figure is a tuple; NaN where one is not defined.
    """

    def __call__(self, table: Table, lines: Sequence[Sequence[AnyAddressed]]) -> Mapping[str, Any]: ...
