"""Estimates as people read them: the value, its interval, what it is over and how it was worked out."""

from __future__ import annotations

from math import isnan

from arena.report.numbers import NONE, count
from arena.statistics.estimate import Estimate


def interval(found: Estimate, digits: int = 2, percent: bool = False) -> str:
    """`0.85 [0.70, 1.00]`, or `85% [70, 100]`; the value alone where it has no interval."""
    if isnan(found.value):
        return NONE
    value = f"{found.value:.{digits}%}" if percent else figure(found.value, digits)
    ends = span(found, digits, percent)
    return f"{value} {ends}" if ends else value


def span(found: Estimate, digits: int = 2, percent: bool = False) -> str:
    """`[0.70, 1.00]`; empty where there is no interval."""
    if isnan(found.low) or isnan(found.high):
        return ""
    scale = 100 if percent else 1
    return f"[{figure(scale * found.low, digits)}, {figure(scale * found.high, digits)}]"


def over(found: Estimate, counted: str = "matches") -> str:
    """`n = 18 matches, 12 instances; t`; of fewer than 10, `few instances: 2`."""
    instances = count(found.instances, "instance")
    if isnan(found.low):
        return f"n = {found.n:,} {counted}, {instances}"
    few = f"few instances: {found.instances}" if found.few else instances
    return f"n = {found.n:,} {counted}, {few}; {found.method}"


def figure(value: float, digits: int) -> str:
    """A number with so many decimals; never minus zero."""
    text = f"{value:,.{digits}f}"
    return text.removeprefix("-") if not float(text.replace(",", "")) else text
