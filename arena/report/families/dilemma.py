"""How a dilemma looks: payoffs as a small table, each round's choices and points in a line of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.core.protocol import Played as Event
from arena.report.cast import Cast
from arena.report.families.plain import described
from arena.report.numbers import count, number
from arena.report.visible import visible
from arena.scenarios.dilemma.forms import columns
from arena.scenarios.dilemma.params import RANGES
from arena.scenarios.dilemma.ring import BLANK, evolve
from arena.scenarios.dilemma.settings import SETTINGS
from arena.scenarios.dilemma.stage import stage
from arena.scenarios.dilemma.terms import (
    Act,
    Fact,
    Fate,
    Goal,
    Intends,
    Move,
    Paid,
    Payoffs,
    Played,
    Ring,
    Rules,
    Sheet,
    Shift,
)


@dataclass(frozen=True)
class Dilemma:
    """The look of a dilemma to one who has seen what `world` is folded from."""

    world: Ring = BLANK

    def after(self, event: Event) -> Dilemma:
        return replace(self, world=evolve(self.world, event))

    def move(self, cast: Cast, seat: int, move: Move) -> RenderableType:
        match move:
            case Act(action=action):
                return Text.assemble("chooses ", (visible(action), "bold"))

    def fact(self, cast: Cast, fact: Fact) -> RenderableType:
        rules = self.world.rules
        match fact:
            case Rules():
                return _rules(fact)
            case Sheet() if rules is not None:
                return Group(Text.assemble("payoffs of ", cast.name(fact.seat)), _points(rules, fact))
            case Shift(sheet=sheet) if rules is not None:
                return Group(Text.assemble("new payoffs of ", cast.name(sheet.seat)), _points(rules, sheet))
            case Goal():
                wants = "to have the most" if fact.what == "most" else f"{visible(fact.action)} in half of the rounds"
                return Text.assemble(cast.name(fact.seat), f" wants {wants}, for {number(fact.bonus)} points more")
            case Fate():
                return Text(f"this is a game of {fact.game.replace('_', ' ')}, of {count(fact.rounds, 'round')}")
            case Played(actions=actions) if rules is not None:
                return _chosen(cast, rules, actions)
            case Paid():
                return Text.assemble(cast.name(fact.seat), f" gets {number(fact.points)}")
            case _:
                return described(cast, fact)

    def claim(self, cast: Cast, seat: int, fact: Fact) -> RenderableType:
        match fact:
            case Intends(action=action):
                return Text(f"[intends] {visible(action)}")
            case Payoffs(action=action, points=points):
                return Text(f"[payoffs] {visible(action)}: {', '.join(map(str, points))}")
            case _:
                return described(cast, fact)

    def ending(self, cast: Cast, why: str) -> RenderableType | None:
        rules, played = self.world.rules, self.world.played
        if rules is None or not played:
            return None
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="")
        table.add_column(Text("chosen", "dim"))
        for seat in range(len(rules.names)):
            table.add_column(cast.name(seat) if seat < len(cast.names) else Text(str(seat)), justify="right")
        for index, action in enumerate(rules.actions):
            times = [sum(each.actions[seat] == index for each in played) for seat in range(len(rules.names))]
            table.add_row(visible(action), *map(str, times))
        return table

    def best(self, cast: Cast) -> RenderableType | None:
        rules, sheets = self.world.rules, self.world.sheets
        if rules is None or (rules.form != "claim" and len(sheets) < len(rules.names)):
            return None
        most, profile = stage(rules, sheets).best()
        chosen = [cast.name(seat).append(f" {visible(rules.actions[a])}", "not bold") for seat, a in enumerate(profile)]
        return Text.assemble("Best for all, ", number(most), " points a round: ", Text(", ").join(chosen))

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        return RANGES

    def settings(self) -> Sequence[str]:
        return tuple(setting.name for setting in SETTINGS)


def _rules(rules: Rules) -> RenderableType:
    end = "a hidden number of rounds" if rules.rounds is None else count(rules.rounds, "round")
    lines = [Text(f"All choose at once: {', '.join(map(visible, rules.actions))}; {end}.")]
    if rules.form == "claim":
        claims = ", ".join(f"{visible(a)} {c}" for a, c in zip(rules.actions, rules.claims, strict=True))
        lines.append(Text(f"Claims: {claims}; the lowest is paid, {rules.bonus} more or less where they differ."))
    return Group(*lines)


def _points(rules: Rules, sheet: Sheet) -> RenderableType:
    """The payoffs of a seat: a row an action, a column for what the others do."""
    if not sheet.points:
        return Text()
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("")
    for name in columns(rules):
        table.add_column(Text(visible(name)), justify="right")
    for action, row in zip(rules.actions, sheet.points, strict=True):
        table.add_row(visible(action), *map(str, row))
    return table


def _chosen(cast: Cast, rules: Rules, actions: tuple[int, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="")
    for seat in range(len(actions)):
        table.add_column(cast.name(seat) if seat < len(cast.names) else Text(str(seat)))
    table.add_row(*[visible(rules.actions[action]) for action in actions])
    return table
