"""`arena solve`: the exact solutions of a game."""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

TITLES = {
    "nash": ("Nash", "product of gains"),
    "kalai_smorodinsky": ("Kalai-Smorodinsky", "smallest r"),
    "egalitarian": ("Egalitarian", "smallest gain"),
    "welfare": ("Welfare", "sum of utilities"),
}
R = "r: a party's gain as a share of its largest in an outcome acceptable to all"
SHOWN = 12  # ties shown of each solution
FIGURE = 3  # cells of a utility
GAP = 3


@click.command("solve")
@click.argument("game", metavar="GAME")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--frontier", is_flag=True, help="List the Pareto frontier of the individually rational outcomes, too.")
def command(game: str, as_json: bool, frontier: bool) -> None:
    """Solve a game exactly: what passes, the Pareto frontier, and the bargaining solutions.

    GAME is a game file (YAML or JSON) or the name of a game that Arena brings along, such as sports-resort. Nash,
    Kalai-Smorodinsky, egalitarian and welfare are over the individually rational outcomes, with every tie.
    """
    from pathlib import Path

    from arena.configs.load import parse, read_text
    from arena.configs.resolve import game_file
    from arena.core.draw import Draw
    from arena.scenarios.bargain.exact import exact
    from arena.scenarios.bargain.games import task

    file = game_file(game, Path())
    solved = exact(task(parse(read_text(file), str(file)), Draw.root(0, ""), source=file.stem), frontier)
    if as_json:
        click.echo(json.dumps(solved, indent=2, ensure_ascii=False, allow_nan=False))
        return
    from arena.report.beside import Trimmed
    from arena.report.console import stdout

    out = stdout()
    out.print(Trimmed(_page(solved, out.width)))


def _page(solved: dict[str, Any], width: int) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    from arena.report.visible import visible

    parts: list[RenderableType] = [Text(visible(solved["name"]), style="bold"), _counts(solved), Text()]
    heads, legend = _heads(solved, width)
    if not solved["rational"]:
        parts.append(Text("No outcome is individually rational: no deal is best."))
    elif heads is None:
        parts += [_blocks(solved), Text(R, "dim")]
    else:
        parts += [*legend, _table(solved, heads), Text(R, "dim")]
    if "outcomes" in solved["frontier"]:
        parts += [Text(), _frontier(solved, heads or _numbers(solved))]
    return Group(*parts)


def _heads(solved: dict[str, Any], width: int) -> tuple[list[str] | None, list[RenderableType]]:
    """What stands above the parties' columns: their names; where those do not fit, numbers and a legend; None where
    not even these do."""
    from rich.cells import cell_len
    from rich.text import Text

    from arena.report.visible import visible

    names = [visible(party) for party in solved["parties"]]
    deals = [line for each in TITLES if solved[each] for o in solved[each]["outcomes"] for line in _deal(o).split("\n")]
    left = 2 + sum([17, GAP, 9, GAP, max([cell_len(deal) for deal in deals], default=0)])
    if left + sum(max(cell_len(name), FIGURE) + GAP for name in names) <= width:
        return names, []
    if left + (FIGURE + GAP) * len(names) > width:
        return None, []
    legend = " · ".join(f"{i} {name}" for i, name in enumerate(names, 1))
    return _numbers(solved), [Text(f"The parties: {legend}")]


def _numbers(solved: dict[str, Any]) -> list[str]:
    return [str(i) for i in range(1, len(solved["parties"]) + 1)]


def _blocks(solved: dict[str, Any]) -> RenderableType:
    """The solutions one below the other, for a narrow page."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    from arena.report.numbers import NONE, number

    parts: list[RenderableType] = []
    for name, (title, unit) in TITLES.items():
        value, tied = solved[name]["value"], solved[name]["outcomes"]
        shown = NONE if value is None else number(value, 4)
        parts.append(Text.assemble((title, "bold"), (f", {unit} ", "dim"), shown))
        parts += [Padding(Group(Text(_deal(o)), _each(solved, o["utilities"])), (0, 0, 0, 2)) for o in tied[:SHOWN]]
        if len(tied) > SHOWN:
            parts.append(Text(f"  and {len(tied) - SHOWN:,} more; --json lists them", style="dim"))
    without = Padding(_each(solved, solved["thresholds"]), (0, 0, 0, 2))
    return Group(*parts, Text("No deal, the thresholds", "dim"), without)


def _each(solved: dict[str, Any], values: list[float]) -> RenderableType:
    from rich.text import Text

    from arena.report.flow import Flow
    from arena.report.numbers import number
    from arena.report.visible import visible

    pairs = zip(solved["parties"], values, strict=True)
    return Flow(Text(), tuple([Text(f"{visible(party)} {number(value)}") for party, value in pairs]), Text())


def _counts(solved: dict[str, Any]) -> Table:
    from rich.table import Table
    from rich.text import Text

    frontier = solved["frontier"]
    counts = [
        (solved["outcomes"], f"outcomes, {frontier['all']:,} of them Pareto-optimal"),
        (solved["passing"], "pass, where each party agrees to what reaches its threshold"),
        (solved["rational"], f"are acceptable to all, {frontier['rational']:,} of them Pareto-optimal among those"),
    ]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right")
    for count, what in counts:
        grid.add_row(Text(f"{count:,}", style="bold"), Text(what))
    return grid


def _columns(table: Table, heads: list[str]) -> None:
    from rich.text import Text

    table.add_column(Text("deal"), overflow="fold")
    for head in heads:
        table.add_column(Text(head), justify="right", no_wrap=True)


def _table(solved: dict[str, Any], heads: list[str]) -> Table:
    """The solutions, a row for each outcome that attains one; the thresholds stand beneath."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from arena.report.numbers import NONE, number

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(Text("solution"), no_wrap=True)
    table.add_column(Text("value"), justify="right", no_wrap=True)
    _columns(table, heads)
    for name, (title, unit) in TITLES.items():
        value, tied = solved[name]["value"], solved[name]["outcomes"]
        rows = [_outcome(outcome) for outcome in tied[:SHOWN]]
        if len(tied) > SHOWN:
            rows.append([Text(f"and {len(tied) - SHOWN:,} more; --json lists them", style="dim")])
        titles = [Text(title, style="bold"), Text(unit, style="dim")] + [Text()] * (len(rows) - 2)
        worth = [Text(NONE if value is None else number(value, 4))] + [Text()] * (len(titles) - 1)
        for head, one, row in zip_longest(titles, worth, rows):
            table.add_row(head, one, *(row or ()))
    table.add_section()
    without = [Text(number(threshold), style="dim") for threshold in solved["thresholds"]]
    table.add_row(Text("No deal", style="dim"), Text(), Text("the thresholds", style="dim"), *without)
    return table


def _frontier(solved: dict[str, Any], heads: list[str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", title="Frontier", title_justify="left")
    _columns(table, heads)
    for outcome in solved["frontier"]["outcomes"]:
        table.add_row(*_outcome(outcome))
    return table


def _outcome(outcome: dict[str, Any]) -> list[Text]:
    from rich.text import Text

    from arena.report.numbers import number

    return [Text(_deal(outcome)), *(Text(number(u)) for u in outcome["utilities"])]


def _deal(outcome: dict[str, Any]) -> str:
    """A deal on one line where its options name their issues (A2 B3 C3) or are short and all different."""
    from arena.report.visible import visible

    deal = outcome["deal"]
    if isinstance(deal, str):
        return visible(deal)
    options = list(deal.values())
    named = all(option.startswith(issue) for issue, option in deal.items())
    if named or (max(map(len, options)) <= FIGURE and len(set(options)) == len(options)):
        return " ".join(visible(option) for option in options)
    return "\n".join(f"{visible(issue)}: {visible(option)}" for issue, option in deal.items())
