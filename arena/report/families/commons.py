"""How a commons looks: the stock as a bar, what each landed beside it, quotas and elections in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.core.protocol import Played
from arena.report.cast import Cast
from arena.report.families.plain import described
from arena.report.numbers import count, number
from arena.report.visible import visible
from arena.scenarios.commons.growth import after as regrown
from arena.scenarios.commons.params import RANGES
from arena.scenarios.commons.settings import SETTINGS
from arena.scenarios.commons.terms import (
    Catch,
    Caught,
    Decree,
    Elect,
    Estimates,
    Fact,
    Fate,
    Goal,
    Growth,
    Harvest,
    Intends,
    Landed,
    Manager,
    Move,
    Needs,
    Quota,
    Rules,
    Season,
    Sheet,
    Storm,
    Vote,
    Waters,
)
from arena.scenarios.commons.waters import BLANK, evolve
from arena.solutions.harvesting import plan

WIDE = 40  # characters of a full stock


@dataclass(frozen=True)
class Commons:
    """The look of a commons to one who has seen what `world` is folded from."""

    world: Waters = BLANK

    def after(self, event: Played) -> Commons:
        return replace(self, world=evolve(self.world, event))

    def move(self, cast: Cast, seat: int, move: Move) -> RenderableType:
        match move:
            case Harvest(units=units):
                return Text.assemble("asks for ", (str(units), "bold"))
            case Vote(units=units):
                return Text(f"votes for a quota of {units}")
            case Elect(name=name):
                return Text(f"votes for {visible(name)}")
            case Decree(units=units):
                return Text.assemble("sets the quota at ", (str(units), "bold"))

    def fact(self, cast: Cast, fact: Fact) -> RenderableType:
        match fact:
            case Rules():
                return self._rules(fact)
            case Sheet():
                return _sheet(cast, fact)
            case Goal():
                wants = f"at least {fact.units} units at the end" if fact.what == "stock" else "to land the most"
                return Text.assemble(cast.name(fact.seat), f" wants {wants}, for {number(fact.bonus)} points more")
            case Fate():
                rate = "" if fact.growth.rate is None else f", and it regrows by {number(fact.growth.rate)}"
                return Text(f"there will be {count(fact.rounds, 'round')}{rate}")
            case Catch():
                short = f" of {fact.asked}" if fact.asked != fact.units else ""
                fine = f", fined {number(fact.fine)}" if fact.fine else ""
                return Text.assemble(cast.name(fact.seat), f" landed {fact.units}{short}{fine}")
            case Landed(units=units):
                return self._landed(cast, units)
            case Season():
                return self._season(fact)
            case Quota(units=units):
                return Text.assemble("quota ", (str(units), "bold"), " each")
            case Manager(seat=seat):
                return Text.assemble(cast.name(seat), " is the manager from here on")
            case Storm():
                return Group(Text(f"a storm: {count(fact.lost, 'unit')} lost"), self._bar(fact.stock))
            case _:
                return described(cast, fact)

    def claim(self, cast: Cast, seat: int, fact: Fact) -> RenderableType:
        match fact:
            case Needs(units=units):
                return Text(f"[needs] {units} in every round")
            case Intends(units=units):
                return Text(f"[intends] {units} at most")
            case Caught(units=units):
                return Text(f"[caught] {units} in the last round")
            case Estimates(percent=percent):
                return Text(f"[estimates] a rate of {percent}%")
            case _:
                return described(cast, fact)

    def ending(self, cast: Cast, why: str) -> RenderableType | None:
        if self.world.rules is None or not self.world.landed:
            return None
        total = tuple(sum(units) for units in zip(*self.world.landed, strict=True))
        return Group(Text(f"In all, {count(sum(total), 'unit')} were landed:"), self._landed(cast, total))

    def best(self, cast: Cast) -> RenderableType | None:
        rules, fate = self.world.rules, self.world.fate
        if rules is None or fate is None:
            return None
        table = regrown(fate.growth)
        made, stock, taken = plan(table, fate.rounds), rules.stock, list[int]()
        for t in range(fate.rounds):
            left = int(made.keep[t, stock])
            taken.append(stock - left)
            stock = int(table[left])
        return Text(f"Most in all, {sum(taken)} units, is landed by taking {', '.join(map(str, taken))}.")

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        return RANGES

    def settings(self) -> Sequence[str]:
        return tuple(setting.name for setting in SETTINGS)

    def _rules(self, rules: Rules) -> RenderableType:
        end = "a hidden number of rounds" if rules.rounds is None else count(rules.rounds, "round")
        lines = [Text(f"A stock of {rules.stock} units, at most {rules.growth.capacity}; {end}."), _grows(rules.growth)]
        if rules.institution != "none":
            fine = f", {number(rules.fine)} points a unit above it" if rules.fine else ""
            by = "the median vote" if rules.institution == "quota" else "an elected manager"
            lines.append(Text(f"A quota by {by}{fine}."))
        return Group(*lines)

    def _season(self, season: Season) -> RenderableType:
        total = "" if season.total is None else f"{season.total} landed; "
        if season.collapsed:
            return Text.assemble(total, ("the stock has collapsed", "bold"))
        last = "; that was the last round" if season.last else ""
        return Text.assemble(f"{total}stock ", self._bar(season.stock), last)

    def _bar(self, stock: int) -> Text:
        full = self.world.rules.growth.capacity if self.world.rules is not None else max(stock, 1)
        filled = round(WIDE * stock / full)
        return Text.assemble(("━" * filled, "green"), ("─" * (WIDE - filled), "dim"), f" {stock}")

    def _landed(self, cast: Cast, units: tuple[int, ...]) -> Table:
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="")
        for seat in range(len(units)):
            table.add_column(cast.name(seat) if seat < len(cast.names) else Text(str(seat)), justify="right")
        table.add_row(*[str(each) for each in units])
        return table


def _sheet(cast: Cast, sheet: Sheet) -> Text:
    told = [f"needs {sheet.need} in every round"] if sheet.need else []
    if sheet.estimate is not None:
        told.append(f"estimates the rate at {number(sheet.estimate)}")
    return Text.assemble(cast.name(sheet.seat), " ", ", ".join(told) or "needs nothing but what it lands")


def _grows(growth: Growth) -> Text:
    rate = "a rate that nobody is told" if growth.rate is None else number(growth.rate)
    match growth.kind:
        case "doubling":
            how = f"by {rate} times itself"
        case "logistic":
            how = f"by {rate} times itself, less the nearer it is to the most"
        case "table":
            how = "by " + ", ".join(f"{added} from {start}" for start, added in growth.steps)
    return Text(f"What is left regrows {how}; under {max(growth.threshold, 1)} it collapses.")
