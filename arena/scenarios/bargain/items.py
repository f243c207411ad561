"""Game files in which there are things to divide: who gets how many of what, and what one of each is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from arena.scenarios.bargain.findings import Findings, join
from arena.scenarios.bargain.preferences import allocations
from arena.scenarios.bargain.terms import Issue
from arena.solutions.space import LARGEST

Points = tuple[tuple[float, ...], ...]


def shared_out(find: Findings, value: object, seats: int) -> tuple[tuple[Issue, ...], tuple[int, ...]]:
    """The kinds of item as issues, whose options say who gets how many ("2-1", in seat order), and the supply of each.

    A game with too many divisions to enumerate is a mistake, and comes back without options.
    """
    named = [_item(find, name, path, written) for name, path, written in find.named(value, "items", "numbers of items")]
    divisions = math.prod(math.comb(count + seats - 1, count) if seats else 1 for _, _, count in named)
    if divisions > LARGEST:
        find.add("items", f"{divisions:,} divisions", f"expected at most {LARGEST:,}, which can be enumerated exactly")
        return tuple(Issue(name, about, ()) for name, about, _ in named), tuple(count for _, _, count in named)
    return (
        tuple(Issue(name, about, _options(count, seats)) for name, about, count in named),
        tuple(count for _, _, count in named),
    )


def worth(find: Findings, issues: tuple[Issue, ...], seat: int, path: str, party: Mapping[str, Any]) -> Points:
    """Points of a party's sheet for every option of every kind: so many times what one item is worth, 0 or more."""
    here = join(path, "points")
    names = tuple(issue.name for issue in issues)
    each = find.row(party.get("points"), here, names, "item")
    for name, one in zip(names, each, strict=True):
        if one < 0:
            find.add(join(here, name), one, "expected 0 or more: items are goods")
    return tuple(
        tuple(one * int(option.split("-")[seat]) for option in issue.options)
        for issue, one in zip(issues, each, strict=True)
    )


def _item(find: Findings, name: str, path: str, written: object) -> tuple[str, str, int]:
    if not isinstance(written, Mapping):
        return name, "", find.whole(written, path, 0, LARGEST)
    item = find.mapping(written, path, "how many there are")
    find.keys(item, path, ("count", "about"))
    about = find.text(item.get("about"), join(path, "about"))
    return name, about, find.whole(item.get("count"), join(path, "count"), 0, LARGEST)


def _options(count: int, seats: int) -> tuple[str, ...]:
    return tuple("-".join(map(str, shares)) for shares in allocations(count, seats)) if seats else ()
