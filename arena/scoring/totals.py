"""What several matches come to: means and shares over their scorecards. A void match is counted, and in no mean."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from math import fsum, isfinite, nan
from typing import Any

from msgspec import Struct

from arena.scoring.scorecard import Scorecard
from arena.solutions.tolerance import TOLERANCE


class Mean(Struct, frozen=True):
    """A mean or a share, and the number of matches, deals or seats that it is over; NaN where there are none."""

    value: float
    n: int


class Totals(Struct, frozen=True):
    """Figures over all matches that are not void, those without a deal included unless said otherwise.

    statuses: how many ended how, void ones among them. agreement_rate: the share with a deal. mean_points: the mean
    utility of a seat. pareto_optimal_share: of the deals, those that no deal dominates. joint_share: the points that
    all seats have together, as a share of the most they could have agreed on: sum W / sum (W_d + V*). welfare_ratio:
    the mean of those defined. coordination_gain: sum (V - F) / sum (V* - F), over the matches where V* lies above F.
    """

    matches: int
    statuses: dict[str, int]
    agreement_rate: Mean
    mean_points: Mean
    pareto_optimal_share: Mean
    joint_share: Mean
    welfare_ratio: Mean
    coordination_gain: Mean


class Adding:
    """Takes scorecards one by one, of which it keeps no more than a few numbers each; whatever their order, the figures
    are the same. What is about deals is over the matches that are bargains.
    """

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._agreed, self._points, self._optimal, self._welfare = (array("d") for _ in range(4))
        self._joint, self._gain = (array("d"), array("d")), (array("d"), array("d"))

    def add(self, card: Scorecard) -> None:
        """Count a match."""
        self._statuses[card.status] += 1
        if card.void is not None:
            return
        _put(self._gain, *_over_the_floor(card.headline))
        if card.agreement:
            self._agreed.append(card.status == "agreed")
            self._points.extend([float(u) for u in card.per_seat["utility"]])
            self._optimal.append(card.agreement["pareto_optimal"])
            self._welfare.append(card.agreement["welfare_ratio"])
            _put(self._joint, fsum(card.per_seat["utility"]), _most(card))

    def totals(self) -> Totals:
        """The figures over what was added."""
        return Totals(
            self._statuses.total(),
            dict(sorted(self._statuses.items())),
            _mean(self._agreed),
            _mean(self._points),
            _mean(self._optimal),
            _ratio(zip(*self._joint, strict=True)),
            _mean(self._welfare),
            _ratio(zip(*self._gain, strict=True)),
        )


def totals(cards: Iterable[Scorecard]) -> Totals:
    """The figures over these scorecards."""
    adding = Adding()
    for card in cards:
        adding.add(card)
    return adding.totals()


def _put(pairs: tuple[array[float], array[float]], part: float, whole: float) -> None:
    pairs[0].append(part)
    pairs[1].append(whole)


def _most(card: Scorecard) -> float:
    """W_d + V*: the most that the seats could have had together, by a deal that passes or by none."""
    return fsum(card.per_seat["threshold"]) + float(card.headline["optimum"])


def _over_the_floor(headline: dict[str, Any]) -> tuple[float, float]:
    floor = headline["floor"]
    return headline["value"] - floor, headline["optimum"] - floor


def _mean(values: Iterable[float]) -> Mean:
    defined = [float(value) for value in values if isfinite(value)]
    return Mean(fsum(defined) / len(defined) if defined else nan, len(defined))


def _ratio(pairs: Iterable[tuple[float, float]]) -> Mean:
    """A ratio of sums, over the pairs whose second is above 0."""
    defined = [pair for pair in pairs if pair[1] > TOLERANCE]
    whole = fsum(pair[1] for pair in defined)
    return Mean(fsum(pair[0] for pair in defined) / whole if defined else nan, len(defined))
