"""A generated bargain as bare mathematics: drawn until one is worth playing, and then shuffled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

import numpy as np

from arena.core.draw import Draw
from arena.errors import BadParams
from arena.scenarios.bargain import preferences
from arena.scenarios.bargain.filters import rejected
from arena.scenarios.bargain.params import Params
from arena.scenarios.bargain.terms import Rules
from arena.scenarios.bargain.thresholds import with_zone, without_zone
from arena.solutions.space import Floats, Interaction, Space, additive

ATTEMPTS = 3000


@dataclass(frozen=True, eq=False)
class Draft:
    """Numbers without names: points (options, seats) per issue, interactions, thresholds (seats,), and which of the
    generator's options (item division: of the `allocations`) stands in each place."""

    points: tuple[Floats, ...]
    added: tuple[Interaction, ...]
    thresholds: Floats
    options: tuple[tuple[int, ...], ...]


def draft(params: Params, rules: Rules, zone: bool, draw: Draw) -> Draft:
    """The first of up to 3000 drafts that no filter rejects; without a zone, the first.

    Of 600 drafts each, with 2 to 8 seats, these percentages pass (issues of 4 options):
    4 issues, conflict .5: 64 54 40 29 23 14 12; conflict .8: 54 66 60 48 40 33 28
    5 issues, conflict .5: 65 64 51 44 35 34 24; conflict .8: 58 82 82 74 69 67 60
    At conflict 0, one issue contested, they fall from 42 to 1: where all want the same, whoever dictates does well for
    all.
    Raises BadParams where all were rejected, and says why.
    """
    why: Counter[str] = Counter()
    for attempt in range(ATTEMPTS):
        rng = draw.of("attempt", attempt)
        points, added = preferences.points(params, rng), preferences.interactions(params, rng)
        utilities = additive(points, added)
        options = tuple(tuple(range(len(table))) for table in points)
        if not zone:
            return Draft(tuple(points), tuple(added), without_zone(utilities, rules, rng), options)
        thresholds = with_zone(utilities, rng)
        reason = rejected(Space(utilities, thresholds, np.zeros(len(utilities), dtype=bool)))
        if reason is None:
            return Draft(tuple(points), tuple(added), thresholds, options)
        why[reason] += 1
    reasons = ", ".join(f"{reason} {count}" for reason, count in why.most_common())
    raise BadParams(
        f"bargain: none of {ATTEMPTS} drafts was worth playing ({reasons}); "
        "bring conflict nearer to .5, or ask for fewer seats or more options"
    )


def shuffled(made: Draft, seats: list[int], rng: Random) -> Draft:
    """The same bargain with issues and options in a random order, and as seat j the draft's seat seats[j].

    This comes after acceptance, so that no place can be told by what the filter lets through.
    """
    issues = rng.sample(range(len(made.points)), len(made.points))
    orders = [rng.sample(range(len(made.points[k])), len(made.points[k])) for k in issues]
    added = tuple(
        Interaction(
            issues.index(one.issue),
            orders[issues.index(one.issue)].index(one.option),
            issues.index(one.other_issue),
            orders[issues.index(one.other_issue)].index(one.other_option),
            [one.points[seat] for seat in seats],
        )
        for one in made.added
    )
    return Draft(
        tuple(made.points[k][order][:, seats] for k, order in zip(issues, orders, strict=True)),
        added,
        made.thresholds[seats],
        tuple(tuple(made.options[k][o] for o in order) for k, order in zip(issues, orders, strict=True)),
    )
