"""One thing in full, found by its name across all kinds of thing: as plain values and as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Group, RenderableType
from rich.text import Text

from arena import assets
from arena.core.draw import Draw
from arena.errors import NotFound
from arena.report.beside import Measured
from arena.report.families.family import family
from arena.report.inventory import about_scenario, agent_docstring, first_sentence, inventory
from arena.report.visible import paragraphs, visible


@dataclass(frozen=True)
class Exhibit:
    """What there is to show of a thing."""

    plain: dict[str, Any]
    page: RenderableType


@dataclass(frozen=True)
class Kind:
    """A kind of thing: the names there are, and what shows one of them, by the seed of an instance where it has any."""

    names: Callable[[], Iterable[str]]
    show: Callable[[str, int], Exhibit]


def exhibit(name: str, seed: int) -> Exhibit:
    """What there is to show of a thing: `NAME`, or `KIND/NAME`, or the file of a game, a scenario or a transcript.

    Raises NotFound with the nearest name of any kind.
    """
    kind, slash, rest = name.partition("/")
    if slash and kind in KINDS:
        if rest not in (known := set(KINDS[kind].names())):
            raise NotFound(kind, rest, known)
        return KINDS[kind].show(rest, seed)
    for each in KINDS.values():
        if name in each.names():
            return each.show(name, seed)
    for suffix, of in FILES.items():
        if name.rpartition(":")[0].endswith(suffix) or (name.endswith(suffix) and Path(name).is_file()):
            return KINDS[of].show(name, seed)
    raise NotFound("thing to show", name, [*(n for each in KINDS.values() for n in each.names()), "schema"])


def schema(of: str) -> dict[str, Any]:
    """A published JSON Schema. Raises NotFound."""
    if of == "transcript":
        from arena.scenarios.find import find
        from arena.transcripts.schema import transcript_schema

        return transcript_schema(find("bargain"))
    if of == "config":
        from arena.configs.schema import RunConfig

        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **RunConfig.model_json_schema()}
    if of == "remote":
        from arena.agents.told_schema import remote_schema
        from arena.scenarios.find import find

        scenario = find("bargain")
        return remote_schema(scenario.move_types, scenario.fact_types, type(scenario.blank()))
    raise NotFound("schema", of, ["config", "remote", "transcript"])


# Scenarios and games --------------------------------------------------------------------------------------------------


def _scenarios() -> Iterable[str]:
    from arena.scenarios.find import names

    return names()


def _scenario(name: str, seed: int) -> Exhibit:
    from arena.core.view import World
    from arena.report.example import brief, dealt, facts, plain
    from arena.report.move_forms import move_table
    from arena.report.parameters import parameter_table, parameters
    from arena.scenarios.find import find

    scenario, look = find(name), family(name)
    shown = dealt(scenario, scenario.params_type(), seed)
    known: World[Any] = shown.table.known(0)
    moves, claims = scenario.moves(known, 0), scenario.claims(known, 0)
    rows, settings = parameters(scenario.params_type, look.ranges()), tuple(look.settings())
    about = about_scenario(name)
    told = brief(shown)
    page = Group(
        Text.assemble((visible(name), "bold"), f"  {about}"),
        *_titled("Parameters", parameter_table(rows), Text(), _told(_running(scenario.params_type.__doc__))),
        *_titled("Moves", move_table(moves)),
        *(_titled("Claims", move_table(claims)) if claims else ()),
        *(_titled("Settings", Text(", ".join(settings))) if settings else ()),
        *_titled(f"An example: seed {seed}", *facts(shown)),
        *(_titled(f"What {shown.cast.plain(0)} is told", _told(told)) if told else ()),
    )
    return Exhibit(
        {
            "name": name,
            "about": about,
            "parameters": rows,
            "moves": msgspec.to_builtins(moves),
            "claims": msgspec.to_builtins(claims),
            "settings": settings,
            "example": {"seed": seed, **plain(shown)},
        },
        page,
    )


def _games() -> Iterable[str]:
    return assets.names("configs/games", ".yaml")


def _game(name: str, seed: int) -> Exhibit:
    from arena.configs.load import parse, read_text
    from arena.configs.resolve import game_file
    from arena.report.example import example, facts, plain
    from arena.scenarios.bargain.games import task
    from arena.scenarios.find import find

    file = game_file(name, Path())
    game = parse(read_text(file), str(file))
    draw = Draw.root(seed, "open")
    shown = example(find("bargain"), task(game, draw, source=file.stem), draw)
    source = game.get("source") if isinstance(game, dict) else None
    head = Text(visible(shown.game.task.name), "bold")  # type: ignore[attr-defined]
    words = [Measured(Text(visible(str(source)), "dim"))] if source else []
    hint = Text(f"arena solve {visible(name)} solves it exactly", "dim")
    return Exhibit({"name": file.stem, "game": game, **plain(shown)}, Group(head, *words, *facts(shown), Text(), hint))


def _titled(title: str, *parts: RenderableType) -> tuple[RenderableType, ...]:
    return (Text(), Text(title, "bold underline"), *parts)


def _running(docstring: str | None) -> str:
    """A docstring as paragraphs of running text."""
    return "\n\n".join(" ".join(each.split()) for each in cleandoc(docstring or "").split("\n\n"))


def _told(text: str) -> RenderableType:
    return Measured(Text("\n".join(paragraphs(text))))


# Agents, metrics, samples ---------------------------------------------------------------------------------------------


def _listed(kind: str) -> Kind:
    """A kind whose things are told in a few fields."""

    def names() -> Iterable[str]:
        return [row["name"] for row in inventory(kind)]

    def show(name: str, seed: int) -> Exhibit:
        rows = [row for row in inventory(kind) if row["name"] == name]  # the same measure, of a seat and of the group
        return Exhibit({"name": name, "found": rows}, Group(*[_fields(row) for row in rows]))

    return Kind(names, show)


def _agent(name: str, seed: int) -> Exhibit:
    """An agent, with all that its code says of it."""
    found = next(row for row in inventory("agents") if row["name"] == name)
    said = _running(agent_docstring(name, found["plays"][0]))
    more = said.partition("\n\n")[2] if first_sentence(said) == said.partition("\n\n")[0] else said
    page = Group(_fields(found), *([Text(), _told(more)] if more else []))
    return Exhibit({"name": name, "found": [found], "says": said}, page)


def _fields(row: dict[str, Any]) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 3, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for key, value in row.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        grid.add_row(Text(key.replace("_", " ")), Text(visible(shown), "bold" if key == "name" else ""))
    return grid


def _samples() -> Iterable[str]:
    return assets.names("samples", ".jsonl")


def _sample(name: str, seed: int) -> Exhibit:
    from arena.report.cast import Cast
    from arena.report.heading import heading
    from arena.report.scorecard import scorecard
    from arena.results.score import score, transcript
    from arena.transcripts.read import read

    file = transcript(Path(name))
    found, card = read(file), score(file)
    hint = Text(f"arena replay {visible(name)} shows it again", "dim")
    page = Group(heading(found.header, Cast(found.game.names)), Text(), scorecard(card), Text(), hint)
    header = msgspec.json.decode(msgspec.json.encode(found.header))
    return Exhibit({"header": header, "lines": len(found.lines) + 1, "score": msgspec.to_builtins(card)}, page)


KINDS = {
    "scenario": Kind(_scenarios, _scenario),
    "game": Kind(_games, _game),
    "sample": Kind(_samples, _sample),
    "agent": Kind(_listed("agents").names, _agent),
    "metric": _listed("metrics"),
}
FILES = {".py": "scenario", ".yaml": "game", ".yml": "game", ".json": "game", ".jsonl": "sample"}
