"""An example of a game: an instance as it is dealt, its briefs, and what there is to be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from rich.console import Group, RenderableType
from rich.text import Text

from arena.core.draw import Draw
from arena.core.events import AnyAddressed, Disclosed, address
from arena.core.game import Game
from arena.core.protocol import AnyScenario
from arena.core.recall import view
from arena.core.table import Table, blank, evolve
from arena.core.task import Reference, Task
from arena.errors import ArenaError
from arena.moderators.agenda import opening
from arena.moderators.meeting import Meeting
from arena.moderators.playout import certify
from arena.prompting import Prompter
from arena.report.beside import Beside
from arena.report.cast import Cast
from arena.report.families.family import Family, family
from arena.report.numbers import number
from arena.report.pieces import piece
from arena.report.visible import visible


@dataclass(frozen=True)
class Example:
    """A dealt game that has just been opened."""

    game: Game
    opened: tuple[AnyAddressed, ...]
    table: Table
    reference: Reference

    @property
    def cast(self) -> Cast:
        """The seats, seen with everything in view."""
        return Cast(self.game.names)


def example(scenario: AnyScenario, task: Task, draw: Draw) -> Example:
    """The example that a dealt task makes."""
    game = Game(scenario, task, draw, tuple(range(len(task.seats))))
    opened = address(opening(blank(game)).events, game.everyone)
    table = evolve(blank(game), opened)
    return Example(game, opened, table, certify(table))


def dealt(scenario: AnyScenario, params: Any, seed: int) -> Example:
    """The instance that `arena run` would deal for this seed with the salt it has by default."""
    draw = Draw.root(seed, "open")
    return example(scenario, scenario.deal(params, draw.at("deal")), draw)


def facts(shown: Example) -> list[RenderableType]:
    """What the game tells, to whom it tells it, and what is best."""
    look: Family = family(shown.game.scenario.name)
    parts: list[RenderableType] = []
    for each in shown.opened:
        seen = piece(shown.cast, look, each) if isinstance(each.e, Disclosed) else None
        if seen is not None:
            parts += [Text(), Beside(seen.body, private=seen.only is not None, note=seen.only)]
        if isinstance(each.e, Disclosed):
            look = look.after(each.e)
    best = look.best(shown.cast)
    return [*parts, Text(), Beside(_optimum(shown.reference)), *([] if best is None else [Beside(best)])]


def _optimum(reference: Reference) -> RenderableType:
    line = Text.assemble(("Optimum", "bold"), " at most " if reference.how == "bound" else " ", number(reference.best))
    if reference.hind != reference.best:
        line.append(f", {number(reference.hind)} in hindsight")
    floors = [
        f"{visible(name)} {number(floor.value)}{f' ± {number(floor.error)}' if floor.error else ''}"
        for name, floor in reference.floors.items()
    ]
    return Group(line, Text(f"floors: {', '.join(floors)}", "dim"))


def brief(shown: Example, seat: int = 0) -> str | None:
    """What a model in this seat is told before anything happens; None where the family has no prompts."""
    meeting = Meeting()
    try:
        messages = Prompter(shown.game.scenario.name, meeting).messages(
            view(shown.table, meeting, seat), meeting.ask(shown.table, seat)
        )
    except ArenaError:
        return None
    return messages[0].content


def plain(shown: Example) -> dict[str, Any]:
    """The example as plain values."""
    return {
        "task": msgspec.to_builtins(shown.game.task),
        "reference": msgspec.to_builtins(shown.reference),
        "brief": brief(shown),
    }
