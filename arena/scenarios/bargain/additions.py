"""What a game file adds to the points: pairs of options that are worth more together, and bonuses of a party's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from arena.core.draw import Draw
from arena.dealing.canary import canary
from arena.scenarios.bargain.findings import Findings, join
from arena.scenarios.bargain.terms import Goal, Interaction, Issue


def _entries(find: Findings, value: object, path: str, known: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
    """What is written once or as a list of such: each with its path."""
    entries = []
    for i, written in enumerate(value if isinstance(value, list) else [] if value is None else [value]):
        here = f"{path}[{i}]" if isinstance(value, list) else path
        entry = find.mapping(written, here, f"a mapping with {', '.join(known)}")
        find.keys(entry, here, known)
        entries.append((here, entry))
    return entries


def _seat(find: Findings, path: str, entry: Mapping[str, Any], names: tuple[str, ...]) -> int:
    party = entry.get("party")
    return names.index(str(party)) if find.one_of(party, join(path, "party"), names) else 0


def bonuses(find: Findings, value: object, names: tuple[str, ...], draw: Draw) -> list[Goal]:
    """The private goals that a game's `bonus` gives, with canaries from `draw`."""
    goals: list[Goal] = []
    for path, entry in _entries(find, value, "bonus", ("party", "points", "when")):
        find.one_of(entry.get("when", "all"), join(path, "when"), ("all",))
        seat = _seat(find, path, entry, names)
        points = find.number(entry.get("points"), join(path, "points"))
        goals.append(Goal(seat, "all", points, canary=canary(draw, "goal", len(goals))))
    return goals


def interactions(
    find: Findings, value: object, names: tuple[str, ...], issues: tuple[Issue, ...]
) -> list[tuple[int, Interaction]]:
    """The interactions of a game, each with the seat whose points they are."""
    added = []
    for path, entry in _entries(find, value, "interactions", ("party", "options", "points")):
        seat = _seat(find, path, entry, names)
        points = find.number(entry.get("points"), join(path, "points"))
        pair = _pair(find, join(path, "options"), entry.get("options"), issues)
        if pair:
            added.append((seat, Interaction(*pair[0], *pair[1], points)))
    return added


def _pair(
    find: Findings, path: str, value: object, issues: tuple[Issue, ...]
) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Two options of two different issues, by name."""
    chosen = find.mapping(value, path, "two issues and an option of each")
    known = {issue.name: issue.options for issue in issues}
    if len(chosen) != 2:
        find.add(path, f"{len(chosen)} issues", "expected two issues and an option of each")
        return None
    fits = [
        find.one_of(issue, path, known) and find.one_of(str(option), join(path, issue), known[issue])
        for issue, option in chosen.items()
    ]
    if not all(fits):
        return None
    (first, a), (second, b) = chosen.items()
    return (first, str(a)), (second, str(b))
