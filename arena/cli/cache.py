"""`arena cache`: what the cache of replies holds, and clearing it."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.option(
    "--file", type=click.Path(path_type=Path), help="The cache; by default ARENA_CACHE, or transcripts/cache.sqlite."
)
UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}


command = click.Group(
    "cache",
    help="See what the cache of replies holds, and clear it.\n\n"
    "An agent with `cache: true`, or a run with it, keeps what its models answer, and takes the answer from there when "
    "the very same is asked at the same place of the same match.",
)


@command.command("list")
@FILE
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(file: Path | None, as_json: bool) -> None:
    """List what is kept, by model."""
    from arena.cli.console import short, stdout
    from arena.models.cache import entries

    path = _file(file)
    found = entries(path)
    if as_json:
        import msgspec

        plain = {"file": str(path), "entries": found}
        click.echo(msgspec.json.format(msgspec.json.encode(plain), indent=2).decode())
        return
    if not found:
        click.echo(f"{short(path)}: nothing is kept")
        return
    stdout().print(_table(path))


def _table(path: Path) -> object:
    from time import time

    from rich.table import Table

    from arena.models.cache import entries
    from arena.report.numbers import age, size
    from arena.report.visible import visible

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("model", "at", "replies", "size", "oldest", "newest"):
        table.add_column(name, justify="left" if name in ("model", "at") else "right")
    now = time()
    for one in entries(path):
        aged = (age(now - one.oldest), age(now - one.newest))
        table.add_row(visible(one.model), visible(one.place), f"{one.replies:,}", size(one.bytes), *aged)
    return table


@command.command("clear")
@FILE
@click.option("--model", help="Only the replies of this model, by the name that `list` shows.")
@click.option("--older-than", metavar="AGE", help="Only replies older than this: 12h, 30d, 2w.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def clear_(file: Path | None, model: str | None, older_than: str | None, yes: bool) -> int:
    """Remove what is kept: all of it, or what the options choose."""
    from time import time

    from arena.cli.console import short
    from arena.errors import UsageError
    from arena.models.cache import clear
    from arena.report.numbers import count

    path = _file(file)
    before = None if older_than is None else time() - _seconds(older_than)
    found = clear(path, model, before, dry=True)
    replies = count(found, "reply", "replies")
    if found and not yes:
        try:
            click.confirm(f"remove {replies} from {short(path)}?", abort=True, err=True)
        except click.Abort:
            raise UsageError("nothing was removed; say --yes to remove without being asked") from None
    removed = clear(path, model, before) if found else 0
    click.echo(f"{short(path)}: {count(removed, 'reply', 'replies')} removed")
    return 0


def _file(named: Path | None) -> Path:
    from arena.models.cache import cache_file

    return named if named is not None else cache_file(Path("transcripts"))


def _seconds(age: str) -> float:
    from arena.errors import UsageError

    number, unit = age[:-1], age[-1:]
    if unit not in UNITS or not number.isdecimal():
        raise UsageError(f"--older-than {age}: expected a number and m, h, d or w, such as 12h or 30d")
    return int(number) * float(UNITS[unit])
