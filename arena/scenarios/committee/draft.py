"""Facts by lot that make a hidden profile: each alone prefers one option, all together another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil, floor
from random import Random

from arena.scenarios.committee.params import Params
from arena.solutions.pooling import favourites

GAP = 0.2  # by how much of the range the best option leads all others
NEAR = 0.1  # how far, of the range, the decoy may lie under the mean


@dataclass(frozen=True)
class Draft:
    """Amounts of points before anything has a name: option 0 is the decoy, option 1 the best.

    shared: (K, facts); unique: (n, K, facts).
    """

    shared: tuple[tuple[int, ...], ...]
    unique: tuple[tuple[tuple[int, ...], ...], ...]

    def pooled(self) -> list[int]:
        """What each option is worth by all facts."""
        return [sum(facts) + sum(sum(own[k]) for own in self.unique) for k, facts in enumerate(self.shared)]

    def views(self) -> list[list[int]]:
        """What each option is worth by what each seat knows, (n, K)."""
        return [[sum(facts) + sum(own[k]) for k, facts in enumerate(self.shared)] for own in self.unique]


def draft(params: Params, rng: Random) -> Draft | None:
    """A hidden profile by lot; None where the lots drawn do not make one.

    It is drawn backwards, from what the options are worth to who knows what. With the decoy at 0, `gains` g_k are the
    values of the options by all facts. The decoy leads option k by l_ik in the view of seat i, drawn alike for every k,
    so that in its own view the best option looks no better and no worse than the others. The rest follows: the decoy
    leads k by s_k in the shared facts, where (n - 1) s_k = sum_i l_ik + g_k. Two seats together see a lead of
    l_ik + l_jk - s_k; every l is half of the best option's s or more, so that two are not enough to find it.
    """
    n, shared, unique = params.seats, params.shared * params.largest, params.unique * params.largest
    unit = (n - 2) * min(shared, unique)
    best = rng.randint(ceil(0.2 * unit), floor(0.45 * unit))
    gains = _gains(params.options, best, rng)
    if gains is None:
        return None
    lead = rng.uniform(1.1, 1.8) * best / (n - 2)
    least = ceil(round((n * lead + best) / (n - 1)) / 2)
    ahead = [0]  # of each option in the shared facts
    closer: list[list[int]] = [[0] for _ in range(n)]  # what the facts of each seat alone make up of that
    for gain in gains[1:]:
        ahead.append(round((n * lead + gain) / (n - 1)))
        spare = (n - 1) * ahead[-1] - gain - n * least
        if spare < 0:
            return None
        for own, part in zip(closer, _parts(spare, n, rng), strict=True):
            own.append(ahead[-1] - least - part)
    sums = [_level([-each for each in ahead], shared, params.shared, rng)]
    sums += [_level(own, unique, params.unique, rng) for own in closer]
    if not all(sums):
        return None
    facts = [[_split(each, count, params.largest, rng) for each in row]
             for row, count in zip(sums, [params.shared, *[params.unique] * n], strict=True)]  # fmt: skip
    return Draft(tuple(facts[0]), tuple(tuple(own) for own in facts[1:]))


def proved(made: Draft) -> bool:
    """Whether it is a hidden profile, by rules that look at no label.

    There are three options or more; every own view strictly prefers the decoy, and no two seats together see the best
    ahead of it; by all facts the best leads every other by at least a fifth of the range, and the decoy lies in the
    tenth of the range under the mean: so the decoy, an option by lot, and any option but the decoy by lot are worth
    about the same.
    """
    worth, views, mean = made.pooled(), made.views(), sum(made.pooled()) / len(made.pooled())
    reach, shared = max(worth) - min(worth), [sum(facts) for facts in made.shared]
    clear = worth[1] - max(worth[:1] + worth[2:]) >= GAP * reach > 0
    pairs = [(a[0] + b[0] - shared[0]) - (a[1] + b[1] - shared[1]) for a, b in combinations(views, 2)]
    return (
        len(worth) >= 3
        and clear
        and 0 <= mean - worth[0] <= NEAR * reach
        and all(favourites(view) == (0,) for view in views)
        and min(pairs) >= 0
    )


def _gains(options: int, best: int, rng: Random) -> list[int] | None:
    """What the options are worth above the decoy, it and the best first; None where it would not lie near the mean."""
    gains = [0, best, *[rng.randint(-best, ceil(0.6 * best)) for _ in range(options - 2)]]
    reach = max(gains) - min(gains)
    return gains if 0 <= sum(gains) / options <= NEAR * reach else None


def _parts(total: int, count: int, rng: Random) -> list[int]:
    """A partition of a total into so many whole numbers, none below 0; all with equal chances."""
    cuts = [-1, *sorted(rng.sample(range(total + count - 1), count - 1)), total + count - 1]
    return [high - low - 1 for low, high in pairwise(cuts)]


def _level(apart: Sequence[int], most: int, count: int, rng: Random) -> list[int]:
    """Sums of points that differ by so much, all within -most to most; [] where that cannot be.

    count: facts in each sum; a single one is never 0. They lie in the middle of what can be: at an edge the facts of
    the best option, low where they are shared and high where they are not, would stand out.
    """
    lows = range(-most - min(apart), most - max(apart) + 1)
    fit = [low for low in lows if count > 1 or all(low + each for each in apart)]
    middle = fit[len(fit) // 3 : len(fit) - len(fit) // 3]
    level = rng.choice(middle) if middle else None
    return [] if level is None else [level + each for each in apart]


def _split(total: int, count: int, largest: int, rng: Random) -> tuple[int, ...]:
    """A sum as so many whole numbers from -largest to largest, none of them 0."""
    parts = list[int]()
    for left in range(count - 1, -1, -1):
        low, high = max(-largest, total - left * largest), min(largest, total + left * largest)
        zero = (0, total) if left == 1 else (0,)
        parts.append(rng.choice([part for part in range(low, high + 1) if part not in zero]))
        total -= parts[-1]
    return tuple(parts)
