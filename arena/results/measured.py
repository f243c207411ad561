"""Measures over many matches: which values count, how they are averaged, what comes of it.

Each match of an instance is averaged from the innermost condition out: repeats, then seatings, then teams. Within a
family a figure is over all its instances; over several families it is the mean of theirs (measures, section 5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isfinite, nan
from typing import Literal

from msgspec import Struct

from arena.results.observed import PER_GAIN, Observation
from arena.statistics.bounds import Bounds, bounds
from arena.statistics.estimate import Estimate
from arena.statistics.families import across
from arena.statistics.means import mean
from arena.statistics.points import Point
from arena.statistics.rates import rate
from arena.statistics.ratios import ratio

Kind = Literal["mean", "ratio", "rate"]

RATIOS = frozenset({"coordination_gain", "joint_share", "pareto_efficiency_floor_adjusted", *PER_GAIN})
RATES = frozenset({"agreed", "settled", "individually_rational", "pareto_optimal", "quality_gate"})
PRIMARY = "coordination_gain"
UNIT = ("_ratio", "_efficiency", "_rate", "survival", "efficiency", "equality")  # how names of shares in [0, 1] end


class Figure(Struct, frozen=True):
    """What a measure comes to: in each family, and over all of them.

    bounds: by family, at worst and at best, where more than 2% of the matches are void.
    """

    measure: str
    families: dict[str, Estimate]
    overall: Estimate
    bounds: dict[str, Bounds] = {}


def kind(measure: str) -> Kind:
    """How a measure adds up over matches."""
    if measure in RATIOS or measure.startswith("gain_over_"):
        return "ratio"
    return "rate" if measure in RATES else "mean"


def estimator(measure: str) -> Callable[[Iterable[Point]], Estimate]:
    """What makes an estimate of a measure's points."""
    match kind(measure):
        case "ratio":
            return ratio
        case "rate":
            return rate
        case "mean":
            return mean


def figure(found: Sequence[Observation], measure: str, agent: str | None = None) -> Figure:
    """A measure over matches; of an agent, over those in which it sat, and of a measure of seats over its own."""
    estimate = estimator(measure)
    families: dict[str, Estimate] = {}
    uncertain: dict[str, Bounds] = {}
    for family in sorted({each.scenario for each in found}):
        of_it = [each for each in found if each.scenario == family and (agent is None or agent in each.agents)]
        known = points(of_it, measure, agent)
        if not any(isfinite(point.value) for point in known):
            continue
        families[family] = estimate(known)
        if between := _bounded(of_it, known, measure):
            uncertain[family] = between
    return Figure(measure, families, across(list(families.values())), uncertain)


def points(found: Iterable[Observation], measure: str, agent: str | None = None) -> list[Point]:
    """The points of a measure: one a match, or one a seat; NaN where it is not defined. Void matches have none."""
    return [
        Point(each.instance, seating(each), value, whole)
        for each in found
        if each.void is None
        for value, whole in shares(each, measure, agent)
    ]


def seating(each: Observation) -> tuple[str, ...]:
    """The conditions of a match within its instance: its team, and who of it sat where."""
    return cell(each.agents)


def cell(agents: Sequence[str]) -> tuple[str, ...]:
    """The same of the agents by seat."""
    return ("+".join(sorted(agents)), "+".join(agents))


def shares(each: Observation, measure: str, agent: str | None = None) -> list[tuple[float, float]]:
    """What a measure says of a match, as a part and its whole: one entry, or one for each seat (of the agent)."""
    if kind(measure) == "ratio":
        return [each.ratios.get(measure, (nan, nan))]
    if measure in each.per_seat:
        figures = zip(each.agents, each.per_seat[measure], strict=True)
        return [(value, 1.0) for name, value in figures if agent is None or name == agent]
    return [(each.values.get(measure, nan), 1.0)]


def measures(found: Iterable[Observation]) -> list[str]:
    """Every measure that some match has, in the order of their names."""
    names: set[str] = set()
    for each in found:
        names.update(each.values, each.per_seat, each.ratios if each.void is None else ())
    return sorted(names)


def span(measure: str, known: Iterable[Point]) -> tuple[float, float]:
    """The range of a measure: [0, 1] of shares, else from the least to the most that was seen."""
    if (kind(measure) != "mean" or measure.endswith(UNIT)) and measure not in PER_GAIN:
        return 0.0, 1.0
    values = [point.value for point in known if isfinite(point.value)]
    return (min(values), max(values)) if values else (nan, nan)


def _bounded(found: Sequence[Observation], known: Sequence[Point], measure: str) -> Bounds | None:
    void = [
        Point(each.instance, seating(each), nan, each.ratios.get(measure, (nan, 1.0))[1])
        for each in found
        if each.void is not None
    ]
    return bounds(known, void, *span(measure, known), estimator(measure))
