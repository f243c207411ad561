"""Score sheets as typed claims: telling one's own, and putting together what others have told."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any, Final

from arena.core.events import Claim, Seats
from arena.core.view import Ask, MoveSpec, Record, View, Whole
from arena.scenarios.bargain.terms import Fact, Interaction, Points, Reserve, Rules, Sheet, Synergy
from arena.solutions.tolerance import TOLERANCE

Told = dict[int, list[Points | Reserve | Synergy]]

LABEL: Final = "{}: {}"
"""How an option of an issue is named in a claim."""


def known_sheets(view: View, rules: Rules) -> dict[int, Sheet]:
    """The sheets of other seats that this seat has been told in full, by the game or by themselves.

    In full: points for every issue, and the threshold; what was not said of pairs of options is taken to be nothing. A
    later claim replaces an earlier one on the same.
    """
    common, own = view.known.common, view.known.own
    told = _told(view)
    sheets = {seat: sheet for seat in told if (sheet := assembled(rules, seat, told[seat])) is not None}
    sheets.update({sheet.seat: sheet for sheet in (*common.sheets, *own.sheets)})
    sheets.pop(view.seat, None)
    return sheets


def as_told(view: View, rules: Rules) -> Sheet | None:
    """The seat's own sheet as it has told it, None where it has not done so in full."""
    return assembled(rules, view.seat, _told(view).get(view.seat, ()))


def assembled(rules: Rules, seat: int, facts: Iterable[Points | Reserve | Synergy]) -> Sheet | None:
    """The sheet that a seat's claims amount to; None where an issue or the threshold is missing."""
    points: dict[str, tuple[float, ...]] = {}
    pairs: dict[tuple[str, str], float] = {}
    threshold: float | None = None
    for fact in facts:
        match fact:
            case Points(issue=issue, points=told):
                points[issue] = told
            case Reserve(points=least):
                threshold = least
            case Synergy(first=first, second=second, points=more):
                pairs[_pair(first, second)] = more
    if threshold is None or any(len(points.get(i.name, ())) != len(i.options) for i in rules.issues):
        return None
    labels = {LABEL.format(i.name, option): (i.name, option) for i in rules.issues for option in i.options}
    interactions = tuple(
        Interaction(*labels[first], *labels[second], more)
        for (first, second), more in pairs.items()
        if first in labels and second in labels and labels[first][0] != labels[second][0]
    )
    return Sheet(seat, tuple(points[i.name] for i in rules.issues), threshold, interactions)


def disclosed(ask: Ask, rules: Rules, sheet: Sheet, to: Seats) -> tuple[Claim[Fact], ...]:
    """The whole sheet as claims for the seats in `to`; none where claims cannot be made now.

    Claims are whole numbers within limits: points are told to the nearest one, the threshold rounded up.
    """
    if not to:
        return ()
    facts: list[Fact] = []
    names = [issue.name for issue in rules.issues]
    for spec in ask.claims:
        match spec.kind:
            case "points":
                issue = spec.fields[0].options[0]  # type: ignore[union-attr]
                facts.append(Points(str(issue), _clipped(sheet.points[names.index(str(issue))], spec)))
            case "reserve":
                facts.append(Reserve(_clipped((ceil(sheet.threshold - TOLERANCE),), spec)[0]))
            case "synergy":
                facts += _synergies(sheet, spec)
    return tuple([Claim(to, fact) for fact in facts])


def _synergies(sheet: Sheet, spec: MoveSpec) -> list[Synergy]:
    """One claim for each pair of options, as a later claim on the same pair replaces an earlier one."""
    pairs: dict[tuple[str, str], float] = {}
    for one in sheet.interactions:
        pair = _pair(LABEL.format(one.issue, one.option), LABEL.format(one.other_issue, one.other_option))
        pairs[pair] = pairs.get(pair, 0.0) + one.points
    return [Synergy(*pair, _clipped((points,), spec)[0]) for pair, points in pairs.items()]


def _pair(first: str, second: str) -> tuple[str, str]:
    return min(first, second), max(first, second)


def _clipped(values: Iterable[float], spec: MoveSpec) -> tuple[float, ...]:
    """The nearest numbers that a claim of this form may name."""
    flat = [field for one in spec.fields for field in (one.fields if isinstance(one, Record) else (one,))]
    limits = [field for field in flat if isinstance(field, Whole)]
    return tuple([float(min(max(round(value), w.low), w.high)) for value, w in zip(values, limits, strict=True)])


def _told(view: View) -> Told:
    """What each seat has claimed of its sheet, oldest first; what was told to all before what was told to some."""
    told: Told = {}
    claims: Any = (*view.known.common.claims, *view.known.own.claims)
    for by, fact in claims:
        if isinstance(fact, Points | Reserve | Synergy):
            told.setdefault(by, []).append(fact)
    return told
