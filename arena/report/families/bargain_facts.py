"""What a bargain tells: the rules, the score sheets, the goals, as neat tables."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.report.across import Across
from arena.report.beside import Measured
from arena.report.cast import Cast
from arena.report.families.bargain_deals import option_shown, worth
from arena.report.families.plain import described
from arena.report.numbers import count, number, signed
from arena.report.visible import paragraphs, visible
from arena.scenarios.bargain.terms import Goal, Judged, Rules, Sheet, Truth


def fact_shown(cast: Cast, rules: Rules | None, fact: Any) -> RenderableType:
    """A fact that the game tells; `rules` are those told so far, which name the issues of a sheet."""
    match fact:
        case Rules():
            return _rules(cast, fact)
        case Sheet() if rules is not None and len(fact.points) == len(rules.issues):
            return _sheet(cast, rules, fact, cast.whose(fact.seat).append(" score sheet", "bold"))
        case Truth(sheets=sheets) if rules is not None:
            return Group(
                *[
                    _sheet(cast, rules, s, Text("What it is truly worth to ").append_text(cast.name(s.seat)))
                    for s in sheets
                ]
            )
        case Goal():
            return _goal(cast, rules, fact)
        case Judged(offer=offer, stands=stands):
            verdict = ("it stands", "bold green") if stands else ("it does not stand", "bold")
            return Text.assemble(f"offer {offer} is judged by everyone's threshold: ", verdict)
        case _:
            return described(cast, fact)


def _rules(cast: Cast, rules: Rules) -> RenderableType:
    rows: list[RenderableType] = [Text("To be divided" if rules.division else "To be settled", style="bold")]
    if rules.about:
        rows += [Measured(Text("\n".join(paragraphs(rules.about)))), Text()]
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="bold")
    for i, issue in enumerate(rules.issues):
        about = [Text(visible(issue.about), style="dim")] if issue.about else []
        offered = (
            Text(f"{rules.division[i]} of them")
            if rules.division
            else Text(" · ").join([Text(visible(o)) for o in issue.options])
        )
        grid.add_row(Text(visible(issue.name)), Group(offered, *about))
    return Group(*rows, grid, Text(), Measured(_standing(cast, rules)))


def _standing(cast: Cast, rules: Rules) -> Text:
    """When a deal stands, and until when one can be made."""
    everyone = rules.quorum == len(cast.names)
    who = "everyone" if everyone else f"{rules.quorum} of {len(cast.names)}"
    if rules.judged is None:
        line = Text(f"A deal stands when {who} {'accepts' if everyone else 'accept'} it")
    else:
        line = Text("Nobody accepts; after the last round the offer of ").append_text(cast.name(rules.judged))
        line.append(f" stands if it reaches the threshold of {who}")
    if rules.vetoes and not everyone:
        line.append(", ").append_text(cast.several(rules.vetoes)).append(" among them")
    if rules.rounds is not None:
        line.append(f"; there {'is' if rules.rounds == 1 else 'are'} {count(rules.rounds, 'round')}")
    line.append(".")
    if rules.alignment:
        line.append(f" {number(rules.alignment * 100)}% of each payoff is the group's value.")
    return line


def _sheet(cast: Cast, rules: Rules, sheet: Sheet, head: Text) -> RenderableType:
    head = Text.assemble(head, f" · needs {number(sheet.threshold)}", *_conditions(sheet))
    return Group(head, _points(rules, sheet), *[_interaction(one) for one in sheet.interactions])


def _conditions(sheet: Sheet) -> list[tuple[str, str]]:
    said = []
    if sheet.discount != 1:
        said.append(f"keeps {number(sheet.discount * 100)}% of its gain a round")
    if sheet.cost:
        said.append(f"{number(sheet.cost)} a message")
    if sheet.noise:
        said.append(f"estimates, ± {number(sheet.noise)}")
    return [(f", {', '.join(said)}", "dim")] if said else []


def _points(rules: Rules, sheet: Sheet) -> Across:
    """Issues down, options across, each with its points; the best of each issue stands out."""
    rows = []
    for issue, points in zip(rules.issues, sheet.points, strict=True):
        values = worth(rules, issue, sheet.seat, points)
        best = max(points) if max(points) > min(points) and len(values) > 1 else None
        cells = tuple((name, number(value)) for name, value in values)
        rows.append((f"  {visible(issue.name)}", cells, tuple(value == best for _, value in values)))
    return Across(tuple(rows))


def _interaction(one: Any) -> Text:
    first, second = f"{one.issue}: {one.option}", f"{one.other_issue}: {one.other_option}"
    return Text.assemble("  ", (signed(one.points), "bold"), f" if {visible(first)} comes with {visible(second)}")


def _goal(cast: Cast, rules: Rules | None, goal: Goal) -> Text:
    named = f"{visible(goal.issue)}: {option_shown(cast, rules, goal.option)}"
    what = {
        "want": f"the deal has {named}",
        "block": f"there is a deal without {named}",
        "propose": "the deal is its own offer",
        "all": "everyone reaches what they need",
    }[goal.what]
    return Text.assemble(
        cast.whose(goal.seat), (" private goal: ", "bold"), (signed(goal.bonus), "bold"), f" if {what}"
    )
