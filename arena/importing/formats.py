"""The formats that can be imported, by name, and what each needs besides its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from arena import assets
from arena.configs.load import parse, read_text
from arena.configs.resolve import game_file
from arena.errors import NotFound, UsageError
from arena.importing import casino, dealornodeal, llm_deliberation
from arena.importing.record import Misread, Record

Reader = Callable[[str, str], Iterator[Record | Misread]]

SAMPLES = "foreign"  # the folder of the samples that holds records as they were published


class Asked(Struct, frozen=True):
    """What was asked for beside the files: who sat there, the game, what its parties are called in the records."""

    agent: str | None = None
    game: str | None = None
    parties: Mapping[str, str] = {}


class Format(Struct, frozen=True):
    """A format: what reads its text; the files of a directory; the sample that comes along, "" where none does."""

    reader: Callable[[Asked], tuple[Reader, tuple[str, ...]]]
    files: str
    sample: str = ""


def _casino(asked: Asked) -> tuple[Reader, tuple[str, ...]]:
    return partial(casino.records, agent=asked.agent or "person"), ()


def _dealornodeal(asked: Asked) -> tuple[Reader, tuple[str, ...]]:
    return partial(dealornodeal.records, agent=asked.agent or "person"), ()


def _llm_deliberation(asked: Asked) -> tuple[Reader, tuple[str, ...]]:
    if asked.game is None:
        raise UsageError("llm-deliberation: its records do not hold the score sheets; name the game with --game FILE")
    file = game_file(asked.game, Path())
    game = parse(read_text(file), str(file))
    if not isinstance(game, dict):
        raise UsageError(f"{asked.game}: expected a game: issues and parties")
    table, beside = llm_deliberation.table(game, asked.parties, file.stem)
    told = (f"{asked.game}: {', '.join(beside)}: no part of a game, not read",) if beside else ()
    return partial(llm_deliberation.records, table=table, agent=asked.agent or "model"), told


FORMATS: dict[str, Format] = {
    "casino": Format(_casino, "*.json", "casino.json"),
    "dealornodeal": Format(_dealornodeal, "*.txt"),
    "llm-deliberation": Format(_llm_deliberation, "history*.json", "llm-deliberation-history.json"),
}


def reader(name: str, asked: Asked) -> tuple[Reader, tuple[str, ...]]:
    """What reads a format, and what the user should know of it. Raises UsageError, ConfigError."""
    if name != "llm-deliberation" and (asked.game is not None or asked.parties):
        raise UsageError(f"{name}: its records hold their game; leave out --game and --party")
    return FORMATS[name].reader(asked)


def files(name: str, paths: Sequence[Path]) -> list[Path]:
    """The files that are meant, those of directories in order; the sample where none is named. Raises UsageError."""
    form = FORMATS[name]
    if not paths and not form.sample:
        raise UsageError(f"{name}: name the files to import; no sample of it comes along")
    if not paths:
        return [assets.path("samples", SAMPLES, form.sample)]
    found: list[Path] = []
    for path in paths:
        if path.is_symlink() and not path.exists():
            raise UsageError(f"{path}: it is a link to {path.readlink()}, which is not there")
        if not path.exists():
            raise NotFound(
                "file", str(path), [str(each) for each in path.parent.glob("*")] if path.parent.is_dir() else []
            )
        inside = sorted(path.glob(form.files)) if path.is_dir() else [path]
        if not inside:
            raise UsageError(f"{path}: no {form.files} in this directory")
        found += inside
    return list(dict.fromkeys(found))
