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
SHOWN = 12  # ties shown of each solution


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
    from rich.console import Console

    Console().print(_page(solved))


def _page(solved: dict[str, Any]) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    from arena.report.visible import visible

    parts: list[RenderableType] = [Text(visible(solved["name"]), style="bold"), _counts(solved), Text()]
    parts.append(
        _table(solved) if solved["rational"] else Text("No outcome is individually rational: no deal is best.")
    )
    if "outcomes" in solved["frontier"]:
        parts += [Text(), _frontier(solved)]
    return Group(*parts)


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


def _columns(table: Table, solved: dict[str, Any]) -> None:
    from rich.text import Text

    from arena.report.visible import visible

    table.add_column(Text("deal"), overflow="fold")
    for party in solved["parties"]:
        table.add_column(Text(visible(party)), justify="right", overflow="fold")


def _table(solved: dict[str, Any]) -> Table:
    """The solutions, a row for each outcome that attains one; the thresholds stand beneath."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from arena.report.numbers import NONE, number

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(Text("solution"), no_wrap=True)
    table.add_column(Text("value"), justify="right", no_wrap=True)
    _columns(table, solved)
    for name, (title, unit) in TITLES.items():
        value, tied = solved[name]["value"], solved[name]["outcomes"]
        rows = [_outcome(outcome) for outcome in tied[:SHOWN]]
        if len(tied) > SHOWN:
            rows.append([Text(f"and {len(tied) - SHOWN:,} more; --json lists them", style="dim")])
        heads = [Text(title, style="bold"), Text(unit, style="dim")] + [Text()] * (len(rows) - 2)
        worth = [Text(NONE if value is None else number(value, 4))] + [Text()] * (len(heads) - 1)
        for head, one, row in zip_longest(heads, worth, rows):
            table.add_row(head, one, *(row or ()))
    table.add_section()
    without = [Text(number(threshold), style="dim") for threshold in solved["thresholds"]]
    table.add_row(Text("No deal", style="dim"), Text(), Text("the thresholds", style="dim"), *without)
    return table


def _frontier(solved: dict[str, Any]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", title="Frontier", title_justify="left")
    _columns(table, solved)
    for outcome in solved["frontier"]["outcomes"]:
        table.add_row(*_outcome(outcome))
    return table


def _outcome(outcome: dict[str, Any]) -> list[Text]:
    from rich.text import Text

    from arena.report.numbers import number
    from arena.report.visible import visible

    deal = outcome["deal"]
    if isinstance(deal, str):
        shown = visible(deal)
    elif all(option.startswith(issue) for issue, option in deal.items()):
        shown = " ".join(visible(option) for option in deal.values())  # A2 B3 C3: the options name their issues
    else:
        shown = "\n".join(f"{visible(issue)}: {visible(option)}" for issue, option in deal.items())
    return [Text(shown), *(Text(number(u)) for u in outcome["utilities"])]
