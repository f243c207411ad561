"""The shock that may befall a committee: a fact was wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from msgspec.structs import replace

from arena.core.draw import Draw
from arena.core.events import Disclosed
from arena.core.view import World
from arena.scenarios.committee.outcome import Facts
from arena.scenarios.committee.room import everything, holders, pieces
from arena.scenarios.committee.terms import Correction, Item, Room, Rules
from arena.solutions.pooling import values


def shock(w: World[Room], draw: Draw) -> Facts:
    """A fact by lot is corrected, for those who know of it, so that another option is the best.

    Where no one fact can do that, facts that speak for the best option are corrected as well, one after another, until
    one can. Nothing before anything was dealt.
    """
    rules = w.common.rules
    if rules is None:
        return ()
    known = holders(w)
    wrong = _wrong(everything(w), rules, draw.of("fact"))
    return tuple(Disclosed(Correction(item), tuple(known[item.number])) for item in wrong)


def _wrong(facts: Mapping[int, Item], rules: Rules, rng: Random) -> Iterator[Item]:
    """The facts as they should have read, by lot; the last of them makes another option the best."""
    worth = dict(zip(rules.options, values(rules.options, pieces(facts.values())), strict=True))
    left, best = dict(sorted(facts.items())), _best(worth)
    while not (turns := [fixed for fixed in _others(left, rules) if not _best(_after(worth, left, fixed)) & best]):
        high = [item for item in left.values() if item.option in best and item.amount > -rules.largest]
        if not high:
            break
        worse = replace(rng.choice(high), amount=-rules.largest)
        worth = _after(worth, left, worse)
        del left[worse.number]
        yield worse
    if choices := turns or list(_others(left, rules)):
        yield rng.choice(choices)


def _others(facts: Mapping[int, Item], rules: Rules) -> Iterator[Item]:
    """Every fact, with every other amount that it may have."""
    for item in facts.values():
        for amount in range(-rules.largest, rules.largest + 1):
            if amount not in (0, item.amount):
                yield replace(item, amount=amount)


def _after(worth: Mapping[str, int], facts: Mapping[int, Item], fixed: Item) -> dict[str, int]:
    return {**worth, fixed.option: worth[fixed.option] + fixed.amount - facts[fixed.number].amount}


def _best(worth: Mapping[str, int]) -> set[str]:
    return {option for option, each in worth.items() if each == max(worth.values())}
