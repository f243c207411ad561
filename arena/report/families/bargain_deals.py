"""Deals as tables: issue by issue, or who gets how many of what; what changed is marked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from arena.report.cast import Cast
from arena.report.numbers import number
from arena.report.visible import visible
from arena.scenarios.bargain.terms import Deal, Issue, Rules

CHANGED, SAME = "› ", "  "


def deal_table(cast: Cast, rules: Rules, deal: Deal, earlier: Deal | None = None) -> Table:
    """A deal of these rules; what differs from `earlier` is marked."""
    return _division(cast, rules, deal, earlier) if rules.division else _settlement(rules, deal, earlier)


def deal_line(cast: Cast, rules: Rules, deal: Deal) -> Text:
    """A deal in a line of text."""
    pairs = zip(rules.issues, deal, strict=True)
    parts = [Text.assemble((visible(i.name), "dim"), " ", option_shown(cast, rules, option)) for i, option in pairs]
    return Text(" · ").join(parts)


def option_shown(cast: Cast, rules: Rules | None, option: str) -> str:
    """An option in words: a division "2-0-1" as who gets how many."""
    if rules is None or not rules.division or len(shares := option.split("-")) != len(cast.names):
        return visible(option)
    return ", ".join(f"{cast.plain(seat)} {share}" for seat, share in enumerate(shares) if share != "0") or "nobody any"


def worth(rules: Rules, issue: Issue, seat: int, points: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """What the options of an issue are worth to a seat. Of a division, what each unit is worth to it if that says all;
    else, if its own share alone counts, what so many units are."""
    options = tuple(zip(issue.options, points, strict=False))
    if not rules.division:
        return tuple((visible(option), worth) for option, worth in options)
    by_share: dict[int, set[float]] = {}
    for option, worth in options:
        by_share.setdefault(int(option.split("-")[seat]), set()).add(worth)
    if any(len(each) > 1 for each in by_share.values()):
        return options
    shares = {share: by_share[share].pop() for share in sorted(by_share)}
    unit = shares.get(1, 0.0)
    if all(worth == share * unit for share, worth in shares.items()):
        return (("each", unit),)
    return tuple((f"{share} of them", worth) for share, worth in shares.items())


def _grid(columns: int, right: bool) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    for _ in range(columns):
        grid.add_column(justify="right" if right else "left")
    return grid


def _name(issue: Issue, changed: bool) -> Text:
    return Text.assemble((CHANGED if changed else SAME, "bold"), (visible(issue.name), "" if changed else "dim"))


def _settlement(rules: Rules, deal: Deal, earlier: Deal | None) -> Table:
    grid = _grid(2, right=False)
    for i, (issue, option) in enumerate(zip(rules.issues, deal, strict=True)):
        was = None if earlier is None or earlier[i] == option else earlier[i]
        shown = Text(visible(option), style="" if was is None else "bold")
        grid.add_row(_name(issue, was is not None), shown, Text(f"was {visible(was)}" if was else "", style="dim"))
    return grid


def _division(cast: Cast, rules: Rules, deal: Deal, earlier: Deal | None) -> Table:
    """A row for each kind of item, a column for each seat."""
    grid = _grid(len(cast.names), right=True)
    grid.add_row(Text(), *[cast.name(seat, "") for seat in range(len(cast.names))])
    for i, (issue, option) in enumerate(zip(rules.issues, deal, strict=True)):
        shares = option.split("-")
        before = shares if earlier is None else earlier[i].split("-")
        cells = [_share(share, was) for share, was in zip(shares, before, strict=True)]
        grid.add_row(_name(issue, shares != before), *cells)
    return grid


def _share(share: str, was: str) -> Text:
    return Text(visible(share), style="bold" if share != was else "dim" if share == "0" else "")


def worth_line(rules: Rules, issue: Issue, seat: int, points: Sequence[float]) -> str:
    """What the options of an issue are worth to a seat, in words."""
    return ", ".join(f"{name} {number(value)}" for name, value in worth(rules, issue, seat, points))
