"""Facts by lot that make a hidden profile: each alone prefers one option, all together another."""

from __future__ import annotations

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

    Of the facts about each option that a seat sees, as many stand out to the good as a seat has alone; the rest lies
    lower. Of the best option the good ones are those that a seat has alone, so that there are more of them than anyone
    sees; of the others at least half of them are known to all. What a seat sees of an option has the same distribution
    whichever it is, the decoy apart, so that by itself it tells nothing. The decoy is drawn last, to suit the rest.
    """
    bands = _bands(params, rng)
    if not all(bands) or not _roomy(bands, params):
        return None
    most = params.unique // 2  # facts to the good, of those that a seat alone has about an option that is not best
    goods = [params.unique]
    goods += [rng.randint(max(0, params.unique - params.shared), most) for _ in range(params.options - 2)]
    shared = [_facts(bands, params.unique - good, params.shared, rng) for good in goods]
    unique = [[_facts(bands, good, params.unique, rng) for good in goods] for _ in range(params.seats)]
    sums = _decoy(Draft(tuple(shared), tuple(map(tuple, unique))), params, rng)
    if sums is None or (params.unique == 1 and 0 in sums[1]):
        return None
    known = _split(sums[0], params.shared, params.largest, rng)
    alone = [_split(each, params.unique, params.largest, rng) for each in sums[1]]
    return Draft((known, *shared), tuple((one, *own) for one, own in zip(alone, unique, strict=True)))


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


def _bands(params: Params, rng: Random) -> tuple[list[int], list[int]]:
    """The amounts of facts to the good, and of the rest: as far above as below a level, none of them 0."""
    largest = params.largest
    wide = max(rng.randint(1, max(1, 3 * largest // 4)) for _ in range(2))
    level, near = rng.randint(-largest // 2, largest // 4), ceil(wide / 2)
    high, low = range(level + near, level + wide + 1), range(level - wide, level - near + 1)
    fits = [[amount for amount in band if 0 < abs(amount) <= largest] for band in (high, low)]
    return fits[0], fits[1]


def _roomy(bands: tuple[list[int], list[int]], params: Params) -> bool:
    """Whether a decoy would suit facts that lie to its disadvantage, by a quarter of what the bands leave open.

    That is asked of the bands, so that hardly anything has to be asked of the facts: which facts are refused would
    tell where they lie.
    """
    n, shared, alone = params.seats, params.shared, params.unique
    high, low = ([_within(band, at) for at in (-0.25, 0.25)] for band in bands)

    def worth(good: int, at: int) -> float:
        known = (alone - good) * high[at] + (shared - alone + good) * low[at]
        return known + n * (good * high[at] + (alone - good) * low[at])

    def mean(best: float) -> float:
        return (best + (params.options - 2) * worth(max(0, alone - shared), 0)) / (params.options - 1)

    pair = shared * low[1] + 2 * alone * high[1]
    own = alone * high[1] + shared * low[1] + 1
    least, most = mean(worth(alone, 0)), mean(worth(alone, 1))
    known = max((n * pair / 2 - most) / (n / 2 - 1), (n * own - least) / (n - 1))
    return known <= min(shared * params.largest, least + n * alone * params.largest)


def _within(band: list[int], at: float) -> float:
    """A place in a band: 0 is its middle, 0.5 its upper end."""
    return (band[0] + band[-1]) / 2 + at / 2 * (band[-1] - band[0])


def _facts(bands: tuple[list[int], list[int]], good: int, count: int, rng: Random) -> tuple[int, ...]:
    """So many facts, so many of them to the good, in an order by lot."""
    drawn = [rng.choice(bands[0]) for _ in range(good)] + [rng.choice(bands[1]) for _ in range(count - good)]
    return tuple(rng.sample(drawn, count))


def _decoy(rest: Draft, params: Params, rng: Random) -> tuple[int, list[int]] | None:
    """What speaks for the decoy in what all know, and in what each seat alone knows; None where nothing can.

    rest: the other options, the best of them first. By all facts it is worth a little less than their mean. It leads
    in every own view, and no two seats together see the best ahead of it: both ask for a least sum of the facts of
    each seat alone, the same for all, and what is left over is shared out by lot.
    """
    n, worth, views = params.seats, rest.pooled(), rest.views()
    mean, reach = sum(worth) / len(worth), max(worth) - min(worth)
    worth_of = rng.randint(min(ceil(mean - NEAR * reach), floor(mean)), floor(mean))
    pairs = max(one[0] + other[0] for one, other in combinations(views, 2)) - sum(rest.shared[0])
    own, most = max(map(max, views)) + 1, params.unique * params.largest
    fits = list[tuple[int, int, int]]()
    for known in range(-params.shared * params.largest, params.shared * params.largest + 1):
        least = max(ceil((pairs - known) / 2), own - known, -most)
        if (spare := worth_of - known - n * least) >= 0:
            fits.append((known, least, spare))
    if not fits:
        return None
    known, least, spare = rng.choice(fits)
    alone = [least + part for part in _parts(spare, n, rng)]
    return (known, alone) if max(alone) <= most else None


def _parts(total: int, count: int, rng: Random) -> list[int]:
    """A partition of a total into so many whole numbers, none below 0; all with equal chances."""
    cuts = [-1, *sorted(rng.sample(range(total + count - 1), count - 1)), total + count - 1]
    return [high - low - 1 for low, high in pairwise(cuts)]


def _split(total: int, count: int, largest: int, rng: Random) -> tuple[int, ...]:
    """A sum as so many whole numbers from -largest to largest, none of them 0."""
    parts = list[int]()
    for left in range(count - 1, -1, -1):
        low, high = max(-largest, total - left * largest), min(largest, total + left * largest)
        zero = (0, total) if left == 1 else (0,)
        parts.append(rng.choice([part for part in range(low, high + 1) if part not in zero]))
        total -= parts[-1]
    return tuple(parts)
