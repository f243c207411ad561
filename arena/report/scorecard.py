"""The scorecard of a match, read at a glance: how it ended, how good that is, for whom, and where the rest went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from arena.report.beside import Beside, Measured
from arena.report.cast import Cast
from arena.report.labels import AGREEMENT, CONDUCT, COST, GROUP, HEADLINE, LEAKAGE, LOSS, PER_SEAT, RARE, Label, ordered
from arena.report.measure_table import MeasureTable
from arena.report.numbers import NONE, number
from arena.report.seat_table import SeatTable
from arena.report.status import ENDINGS, STATUS
from arena.report.values import bar, missing, shown
from arena.report.visible import visible

if TYPE_CHECKING:
    from arena.scoring.scorecard import Scorecard

SPARE = ("reasoning", "hits", "uncounted")  # of the cost: rows that stand only where there is something
GOOD, POOR, VOID = "green", "yellow", "#c0605c"


def scorecard(card: Scorecard) -> RenderableType:
    """A scorecard. NaN is `–`, with why where that is known; a measure without a label stands last, by its own name."""
    cast = Cast(card.seats)
    name = Text.assemble((visible(card.scenario), "bold"), (f" · {visible(card.match)}", "dim"))
    parts: list[RenderableType] = [Rule(name, align="left", style="dim"), Beside(_status(card))]
    if card.void is not None:  # what there is to know of a match that is not over: who sat there and how they behaved
        return Group(*parts, *_seats(cast, card), *_conduct(cast, card), *_cost(cast, card))
    if card.headline:
        parts.append(Beside(_headline(card.headline)))
    quality = [*_agreement(card), *_group(cast, card)]
    beside = (*_conduct(cast, card), *_leakage(cast, card), *_cost(cast, card))
    return Group(*parts, *_seats(cast, card), *quality, *beside)


def _section(title: str, *bodies: RenderableType | None) -> list[RenderableType]:
    """A heading and what stands under it; nothing where there is nothing."""
    there = [body for body in bodies if body is not None]
    return [Text(), Beside(Text(title, style="bold")), *[Beside(body) for body in there]] if there else []


def _status(card: Scorecard) -> RenderableType:
    words = STATUS.get(card.status, visible(card.status))
    if card.void is not None:
        return Measured(Text.assemble((words, f"bold {VOID}"), f": {visible(card.void)}"))
    style = GOOD if card.status in ("agreed", "completed", "no_deal_correct") else POOR
    line = Text.assemble((words, f"bold {style}"))
    closed, rounds = card.headline.get("closed"), card.headline.get("rounds")
    if closed is not None and closed != card.status:
        line.append(f": {ENDINGS.get(closed, visible(str(closed)))}")
    return line if rounds is None else line.append(f", in round {rounds}", "dim")


def _headline(found: Mapping[str, Any]) -> Table:
    """The group's value between the floor and the optimum, the coordination gain, and whatever else is there."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    if "value" in found:
        grid.add_row(Text("group value"), _between(found))
    gain = found.get("coordination_gain")
    if missing(gain):
        grid.add_row(Text("coordination gain"), Text(f"{NONE}  the optimum is no better than the floor", "dim"))
    elif gain is not None:
        grid.add_row(Text("coordination gain"), Text.assemble((number(gain, 3), "bold"), "  ", bar(gain)))
    if found.get("hindsight_optimum") != found.get("optimum"):
        grid.add_row(Text("optimum in hindsight"), shown(found.get("hindsight_optimum")))
    for _, label, value in ordered({key: value for key, value in found.items() if key not in HEADLINE}, {}):
        grid.add_row(Text(label.words), shown(value))
    return grid


def _between(found: Mapping[str, Any]) -> Text:
    line = Text.assemble((number(found["value"]), "bold"))
    if "optimum" in found:
        line.append(f" of {'at most ' if found.get('optimum_how') == 'bound' else ''}{number(found['optimum'])}")
    if "floor" in found:
        line.append(f"  floor ({visible(str(found.get('floor_name', '')))}) {number(found['floor'])}", "dim")
    return line


def _seats(cast: Cast, card: Scorecard) -> list[RenderableType]:
    """A column a seat: who sat there, and what it came to for them."""
    found: dict[str, Any] = {"agent": card.sitters, **card.per_seat}
    if found.get("payoff") == found.get("utility"):
        found.pop("payoff", None)
    return _section("Seats", _by_seat(cast, found, {"agent": Label("agent"), **PER_SEAT}))


def _agreement(card: Scorecard) -> list[RenderableType]:
    quality = {key: value for key, value in card.agreement.items() if key not in LOSS}
    loss = {key: value for key, value in card.agreement.items() if key in LOSS}
    lost = sum(value for value in loss.values() if isinstance(value, int | float))
    rows = tuple((label, value) for _, label, value in ordered(loss, LOSS))
    where = MeasureTable(rows, of=lost) if lost else Text("nowhere: nothing was lost")
    return [
        *_section("Agreement", _measures(quality, AGREEMENT)),
        *_section("Where the loss went", where if loss else None),
    ]


def _group(cast: Cast, card: Scorecard) -> list[RenderableType]:
    return _section("Group", _by_seat(cast, card.group, GROUP), _the_rest(cast, card.group, GROUP))


def _conduct(cast: Cast, card: Scorecard) -> list[RenderableType]:
    told = {key: value for key, value in card.conduct.items() if key != "rounds" or "rounds" not in card.headline}
    told = {key: value for key, value in told.items() if key not in RARE or any(value)}
    return _section("Conduct", _by_seat(cast, told, CONDUCT), _the_rest(cast, told, CONDUCT))


def _leakage(cast: Cast, card: Scorecard) -> list[RenderableType]:
    counts = [n for value in card.leakage.values() for n in (value if isinstance(value, list | tuple) else [value])]
    if card.leakage and not any(counts):
        return _section("Leakage", Text("none: no message held a secret mark or a private number"))
    there = {key: value for key, value in card.leakage.items() if not isinstance(value, list | tuple) or any(value)}
    return _section("Messages that leaked", _by_seat(cast, there, LEAKAGE), _the_rest(cast, there, LEAKAGE))


def _cost(cast: Cast, card: Scorecard) -> list[RenderableType]:
    """What it cost, without the rows in which there is nothing."""
    there = {key: value for key, value in card.cost.items() if key not in SPARE or any(value)}
    return _section("Cost", _by_seat(cast, there, COST), _the_rest(cast, there, COST))


def _measures(found: Mapping[str, Any], labels: dict[str, Label]) -> RenderableType | None:
    rows = tuple((label, value) for _, label, value in ordered(dict(found), labels))
    return MeasureTable(rows) if rows else None


def _by_seat(cast: Cast, found: Mapping[str, Any], labels: dict[str, Label]) -> RenderableType | None:
    """What there is one of for each seat."""
    values = {key: value for key, value in found.items() if _is_row(cast, value)}
    rows = tuple((label, values[key]) for key, label, _ in ordered(dict(values), labels))
    return SeatTable(cast, rows) if rows else None


def _the_rest(cast: Cast, found: Mapping[str, Any], labels: dict[str, Label]) -> RenderableType | None:
    """What there is one of for all."""
    rest = {key: value for key, value in found.items() if not _is_row(cast, value) and value != {}}
    return _measures(rest, labels)


def _is_row(cast: Cast, value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and len(value) == len(cast.names)
