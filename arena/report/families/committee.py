"""How a committee looks: facts by option in lines, a ballot in columns, and in the end what each option was worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from arena.core.protocol import Played
from arena.core.view import World
from arena.report.cast import Cast
from arena.report.families.plain import described
from arena.report.numbers import count, number
from arena.report.visible import visible
from arena.scenarios.committee.account import decoy
from arena.scenarios.committee.params import RANGES
from arena.scenarios.committee.room import BLANK, everything, evolve, holders, worth
from arena.scenarios.committee.settings import SETTINGS
from arena.scenarios.committee.terms import (
    Ballot,
    Correction,
    Counted,
    Fact,
    Goal,
    Intends,
    Item,
    Move,
    Room,
    Rules,
    Sheet,
    Stake,
    States,
    Vote,
)
from arena.solutions.pooling import facts_needed, favourites

VOTING = {
    "plurality": "the most votes decide, ties by lot",
    "majority": "more than half of all seats decide",
    "unanimity": "all have to vote alike",
    "chair": "the chair decides alone",
}


@dataclass(frozen=True)
class Committee:
    """The look of a committee to one who has seen what `world` is folded from."""

    world: Room = BLANK

    def after(self, event: Played) -> Committee:
        return replace(self, world=evolve(self.world, event))

    def move(self, cast: Cast, seat: int, move: Move) -> RenderableType:
        match move:
            case Vote(option=option):
                return Text.assemble("votes for ", (visible(option), "bold"))

    def fact(self, cast: Cast, fact: Fact) -> RenderableType:
        match fact:
            case Rules():
                return _rules(cast, fact)
            case Sheet():
                return _sheet(cast, fact)
            case Stake():
                paid = f" gets {number(fact.points)} points more if {visible(fact.option)} is chosen"
                return Text.assemble(cast.name(fact.seat), paid)
            case Goal():
                wants = (
                    f"{visible(fact.option)} not to be chosen"
                    if fact.what == "block"
                    else "to be on the side that wins"
                )
                return Text.assemble(cast.name(fact.seat), f" wants {wants}, for {number(fact.bonus)} points more")
            case Correction(item=item):
                return Text.assemble("a fact was wrong: ", visible(item.option), ", ", *_item(item))
            case Ballot():
                return _ballot(cast, fact)
            case Counted():
                return Text("the votes are counted", "dim")
            case _:
                return described(cast, fact)

    def claim(self, cast: Cast, seat: int, fact: Fact) -> RenderableType:
        match fact:
            case States(fact=of, option=option, amount=amount):
                return Text(f"[states] {visible(option)}: no. {of} {amount:+d}")
            case Intends(option=option):
                return Text(f"[intends] {visible(option)}")
            case _:
                return described(cast, fact)

    def ending(self, cast: Cast, why: str) -> RenderableType | None:
        return self._options()

    def best(self, cast: Cast) -> RenderableType | None:
        return self._options()

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        return RANGES

    def settings(self) -> Sequence[str]:
        return tuple(setting.name for setting in SETTINGS)

    def _options(self) -> RenderableType | None:
        """What each option is worth by all facts, and what it takes to see it; None to one who has not seen them."""
        rules = self.world.rules
        w = World(self.world, self.world)
        if rules is None or len(self.world.sheets) < len(rules.names):
            return None
        values, lure = worth(w, rules), decoy(w, rules)
        best = favourites(values)[0]
        chosen = self.world.ballots[-1].chosen if self.world.ballots else None
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        table.add_column(Text("by all facts"))
        for option in rules.options:
            table.add_column(Text(visible(option), "bold" if option == chosen else ""), justify="right")
        table.add_row("worth", *[Text(str(each), "bold" if k == best else "") for k, each in enumerate(values)])
        if best == lure:
            return table
        shown = (visible(rules.options[lure]), visible(rules.options[best]), self._needed(w, rules, best, lure))
        return Group(table, Text("Own views prefer {}; {} is best. {}".format(*shown)))

    def _needed(self, w: World[Room], rules: Rules, best: int, lure: int) -> str:
        """How many of the facts that one seat alone has it takes until the best overtakes the decoy."""
        signs = {rules.options[best]: 1, rules.options[lure]: -1}
        known, facts = holders(w), everything(w).values()
        lead = -sum(signs.get(item.option, 0) * item.amount for item in facts if len(known[item.number]) > 1)
        gains = [signs[i.option] * i.amount for i in facts if len(known[i.number]) == 1 and i.option in signs]
        needed = facts_needed(lead, gains)
        if needed is None:
            return ""
        least = str(needed[0]) if needed[0] == needed[1] else f"{needed[0]} to {needed[1]}"
        return f"It takes {least} of the {len(gains)} facts about the two that one seat alone has to see it."


def _rules(cast: Cast, rules: Rules) -> RenderableType:
    chair = Text.assemble(": ", cast.name(rules.chair)) if rules.chair is not None else Text()
    facts = count(rules.facts, "fact")
    return Group(
        Text(f"One of {', '.join(map(visible, rules.options))}; {facts}, 1 to {rules.largest} points each way."),
        Text.assemble(f"{VOTING[rules.voting].capitalize()}", chair, f"; {count(rules.ballots, 'ballot')}. ")
        + Text(f"Without a decision: {rules.status_quo}."),
    )


def _sheet(cast: Cast, sheet: Sheet) -> RenderableType:
    """The facts of a seat, a line an option."""
    options = sorted({item.option for item in sheet.items})
    table = Table.grid(padding=(0, 2))
    for option in options:
        items = [Text.assemble(*_item(item)) for item in sheet.items if item.option == option]
        table.add_row(Text(visible(option)), Text(", ").join(items))
    return Group(Text.assemble("facts that ", cast.name(sheet.seat), " knows"), table)


def _item(item: Item) -> tuple[str | tuple[str, str], ...]:
    return ((f"{item.number} ", "dim"), f"{visible(item.topic)} {item.amount:+d}")


def _ballot(cast: Cast, ballot: Ballot) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="")
    for seat in range(len(ballot.votes)):
        table.add_column(cast.name(seat) if seat < len(cast.names) else Text(str(seat)))
    table.add_row(*["–" if vote is None else visible(vote) for vote in ballot.votes])
    chosen = "nothing is chosen" if ballot.chosen is None else f"chosen: {visible(ballot.chosen)}"
    return Group(table, Text(chosen, "bold"))
