"""How a workshop looks: the tasks as a table, each round in a line a seat, and in the end a chart of who did what when.

In the chart (Gantt's) a round is a letter, the task's; a small one is work that was done before or was lost.
"""

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
from arena.scenarios.workshop.outcome import firsts
from arena.scenarios.workshop.params import RANGES
from arena.scenarios.workshop.project import of_pieces
from arena.scenarios.workshop.settings import SETTINGS
from arena.scenarios.workshop.shop import BLANK, evolve
from arena.scenarios.workshop.terms import (
    Deed,
    Fact,
    Goal,
    Grown,
    HandOver,
    Idle,
    Intends,
    Lost,
    Move,
    Rules,
    Sheet,
    Shift,
    Shop,
    Skill,
    Take,
    Work,
)
from arena.solutions.scheduling import shortest
from arena.solutions.shopfloor import advance

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZΓΔΘΛΞΠ"  # one a task; each has a small form
WIDE = 60  # rounds in a line of the chart


@dataclass(frozen=True)
class Workshop:
    """The look of a workshop to one who has seen what `world` is folded from."""

    world: Shop = BLANK

    def after(self, event: Played) -> Workshop:
        return replace(self, world=evolve(self.world, event))

    def move(self, cast: Cast, seat: int, move: Move) -> RenderableType:
        match move:
            case Take(task=task):
                return Text.assemble("takes up ", (visible(task), "bold"))
            case Work():
                return Text("works on")
            case HandOver(to=to):
                return Text(f"hands over to {visible(to)}")
            case Idle():
                return Text("does nothing")

    def fact(self, cast: Cast, fact: Fact) -> RenderableType:
        rules = self.world.rules
        match fact:
            case Rules():
                return _rules(fact)
            case Sheet() if rules is not None:
                able = ", ".join([visible(rules.skills[skill]) for skill in fact.skills]) or "nothing"
                return Text.assemble(cast.name(fact.seat), f" can do {able}")
            case Goal() if rules is not None:
                skill = f"{count(fact.units, 'round')} of {visible(rules.skills[fact.skill])}"
                wants = "to have done the most" if fact.what == "most" else f"to do {skill}"
                return Text.assemble(cast.name(fact.seat), f" wants {wants}, for {number(fact.bonus)} points more")
            case Shift(deeds=deeds) if rules is not None:
                return _deeds(cast, rules, deeds)
            case Lost() if rules is not None:
                skill = visible(rules.skills[fact.skill])
                return Text.assemble(cast.name(fact.seat), f" cannot do {skill} any more")
            case Grown() if rules is not None:
                return Text(f"{visible(rules.pieces[fact.task].name)} takes {count(fact.rounds, 'round')} more")
            case _:
                return described(cast, fact)

    def claim(self, cast: Cast, seat: int, fact: Fact) -> RenderableType:
        match fact:
            case Skill(skill=skill, have=have):
                return Text(f"[skill] {visible(skill)}: {have}")
            case Intends(task=task):
                return Text(f"[intends] {visible(task)}")
            case _:
                return described(cast, fact)

    def ending(self, cast: Cast, why: str) -> RenderableType | None:
        rules = self.world.rules
        return chart(cast, rules, self.world.deeds) if rules is not None and self.world.deeds else None

    def best(self, cast: Cast) -> RenderableType | None:
        """The chart of a shortest plan, where the skills of all are shown."""
        rules, skills = self.world.rules, {sheet.seat: frozenset(sheet.skills) for sheet in self.world.sheets}
        if rules is None or len(skills) < len(rules.names) or any(self.world.deeds):
            return None
        project = of_pieces(rules.pieces, tuple([skills[seat] for seat in range(len(rules.names))]))
        made, floor, deeds = shortest(project, project.start()), project.start(), list[tuple[Deed, ...]]()
        for now in range(made.length):
            floor, done = advance(project, floor, made.acts(floor, now), range(len(skills)))
            deeds.append(tuple([Deed(*deed) for deed in done]))
        return Group(Text(f"A shortest plan takes {count(made.length, 'round')}:"), chart(cast, rules, deeds))

    def ranges(self) -> Mapping[str, tuple[float, float]]:
        return RANGES

    def settings(self) -> Sequence[str]:
        return tuple([setting.name for setting in SETTINGS])


def chart(cast: Cast, rules: Rules, deeds: Sequence[Sequence[Deed]]) -> RenderableType:
    """Who did what when: a line a seat, a column a round, and what the letters stand for."""
    new = _news(deeds, len(rules.names))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    for start in range(0, len(deeds), WIDE):
        part = range(start, min(start + WIDE, len(deeds)))
        table.add_row("", Text("".join([str(t + 1)[-1] for t in part]), "dim"))
        for seat in range(len(rules.names)):
            name = cast.name(seat) if seat < len(cast.names) else Text(str(seat))
            table.add_row(name, Text.assemble(*[_cell(deeds[t][seat], new[t][seat]) for t in part]))
    used = sorted({deed.task for round_ in deeds for deed in round_ if deed.task >= 0})
    legend = Text(" · ").join([Text(f"{LETTERS[task]}\u00a0{visible(rules.pieces[task].name)}") for task in used])
    return Group(table, legend, Text("small: done before, or lost; ›: handed over; ·: nothing", "dim"))


def _news(deeds: Sequence[Sequence[Deed]], seats: int) -> list[list[bool]]:
    """Whether what a seat did in a round was new."""
    earned = [firsts(deeds[: t + 1], seats) for t in range(len(deeds))]
    before = [[set[tuple[int, int]]() for _ in range(seats)], *earned]
    return [[len(earned[t][s]) > len(before[t][s]) for s in range(seats)] for t in range(len(deeds))]


def _cell(deed: Deed, new: bool) -> tuple[str, str]:
    if deed.what == "idle":
        return "·", "dim"
    if deed.what == "handed":
        return "›", ""
    letter = LETTERS[deed.task]
    return (letter, "bold") if new else (letter.lower(), "reverse")


def _rules(rules: Rules) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for title in ("task", "skill", "rounds", "after"):
        table.add_column(Text(title), justify="right" if title == "rounds" else "left")
    for piece in rules.pieces:
        after = ", ".join([visible(rules.pieces[task].name) for task in piece.after])
        table.add_row(Text(visible(piece.name)), visible(rules.skills[piece.skill]), str(piece.rounds), after)
    alone = "one could do it all alone" if rules.alone else "nobody could do it all alone"
    return Group(Text(f"{count(len(rules.pieces), 'task')} in at most {count(rules.rounds, 'round')}; {alone}."), table)


def _deeds(cast: Cast, rules: Rules, deeds: Sequence[Deed]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    for seat, deed in enumerate(deeds):
        grid.add_row(cast.name(seat), _deed(cast, rules, deed))
    return grid


def _deed(cast: Cast, rules: Rules, deed: Deed) -> Text:
    if deed.what == "idle":
        return Text("nothing", "dim")
    piece = rules.pieces[deed.task]
    match deed.what:
        case "handed":
            to = cast.name(deed.to) if deed.to >= 0 else Text("all: it lies free")
            return Text.assemble(f"{visible(piece.name)} handed over to ", to)
        case "clashed":
            return Text.assemble(visible(piece.name), ("  lost: another has taken it up", "bold"))
        case "took" | "worked":
            done = "  done" if deed.unit == piece.rounds else f"  {deed.unit} of {piece.rounds}"
            return Text(f"{visible(piece.name)}{done}")
