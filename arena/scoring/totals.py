"""What several matches come to: means and shares over their scorecards. A void match is counted, and in no mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
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


def totals(cards: Sequence[Scorecard]) -> Totals:
    """The figures over these scorecards. What is about deals is over the matches that are bargains."""
    held = [card for card in cards if card.void is None]
    bargains = [card for card in held if card.agreement]
    return Totals(
        len(cards),
        dict(sorted(Counter(card.status for card in cards).items())),
        _mean([card.status == "agreed" for card in bargains]),
        _mean([float(u) for card in bargains for u in card.per_seat["utility"]]),
        _mean([card.agreement["pareto_optimal"] for card in bargains]),
        _ratio([(fsum(card.per_seat["utility"]), _most(card)) for card in bargains]),
        _mean([card.agreement["welfare_ratio"] for card in bargains]),
        _ratio([_over_the_floor(card.headline) for card in held]),
    )


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
