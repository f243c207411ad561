"""From the rule of regrowth, as everyone is told it, to the table of next stocks that the solver reads."""

from __future__ import annotations

from arena.scenarios.commons.terms import Growth
from arena.solutions.harvesting import Ints
from arena.solutions.regrowth import next_stocks


def after(growth: Growth) -> Ints:
    """The next stock for each number of units left standing, (K + 1,); 0 where it collapses. The rate must be known."""
    rate = 0.0 if growth.rate is None else growth.rate
    assert growth.rate is not None or growth.kind == "table", "a rate that nobody is told stands in the fate"
    return next_stocks(growth.kind, growth.capacity, growth.threshold, rate, growth.steps)
