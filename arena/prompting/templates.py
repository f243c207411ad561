"""The templates of one scenario: read once, compiled before anything is played, strict about what they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from msgspec import Struct

from arena.errors import BadTemplate, nearest
from arena.prompting.envelope import inert, quote
from arena.prompting.sandbox import Sandbox

# Those that are rendered, and what every scenario must have; the others are included by them.
ROOTS = ("system.j2", "turn.j2", "summarise.j2", "merged.j2", "merged_turn.j2")
OWN = ("brief.j2", "turn.j2", "events.j2")

# What a template that asks for too much ends in; anything else is a bug of ours and shows as one.
BROKEN = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError)

GAPS = re.compile(r"\n(?:[ \t]*\n){2,}")


class Source(Struct, frozen=True):
    """A template as it was read, and where from."""

    path: Path
    text: str


class Missing(StrictUndefined):
    """What is not there; where an object lacks it, the message offers the nearest that the object has."""

    @property
    def _undefined_message(self) -> str:
        message = super()._undefined_message
        fields = getattr(type(self._undefined_obj), "__struct_fields__", ())
        name = self._undefined_name
        return f"{message}; {nearest(name, fields)}" if fields and isinstance(name, str) else message


class Templates:
    """The templates that a scenario's prompts are made of: the shared ones and those below `scenarios/<scenario>/`.

    folders: where to look, in order; a file of an earlier folder stands in for the same file of a later one.
    Raises BadTemplate where one does not compile or one that every scenario needs is missing.
    """

    def __init__(self, scenario: str, folders: Sequence[Path]) -> None:
        self._sources, self._environment = _compiled(tuple(_read(scenario, folders).items()))
        self._hashes: dict[str, str] | None = None
        for name in (*ROOTS, *(f"scenarios/{scenario}/{own}" for own in OWN)):
            if name not in self._sources:
                raise BadTemplate(f"there is no template {name}; {nearest(name, _everywhere(folders))}")
        for name in self._sources:
            self._compile(name)

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """The words of a template, no blank lines at its ends and never two in a row.

        Raises BadTemplate, naming template, line and the nearest name.
        """
        template = self._compile(name)
        try:
            return GAPS.sub("\n\n", template.render(context)).strip()
        except BROKEN as error:
            raise self._bad(error, name, context) from error

    def hashes(self) -> dict[str, str]:
        """The BLAKE2b digest (128 bits, hex) of every template by name, in order of the names."""
        if self._hashes is None:
            texts = sorted([(name, source.text.encode()) for name, source in self._sources.items()])
            self._hashes = {name: blake2b(text, digest_size=16).hexdigest() for name, text in texts}
        return dict(self._hashes)

    def _compile(self, name: str) -> Any:
        try:
            return self._environment.get_template(name)
        except TemplateError as error:
            raise self._bad(error, name, {}) from error

    def _bad(self, error: Exception, name: str, context: Mapping[str, Any]) -> BadTemplate:
        if isinstance(error, TemplateSyntaxError):
            name, line = error.name or name, error.lineno
        else:
            name, line = self._where(error.__traceback__) or (name, 1)
        return BadTemplate(f"{name}, line {line}: {self._why(error, context)} ({self._sources[name].path})")

    def _where(self, trace: TracebackType | None) -> tuple[str, int] | None:
        """The innermost template that was at work, and its line."""
        found = None
        while trace is not None:
            name = trace.tb_frame.f_code.co_filename
            if name in self._sources:
                found = name, trace.tb_lineno
            trace = trace.tb_next
        return found

    def _why(self, error: Exception, context: Mapping[str, Any]) -> str:
        if isinstance(error, TemplateNotFound):
            return f"there is no template {error.name}; {nearest(str(error.name), self._sources)}"
        message = str(error)
        if variable := re.fullmatch(r"'(\w+)' is undefined", message):
            return f"{message}; {nearest(variable[1], context)}"
        if unknown := re.match(r"No filter named '(\w+)'", message):
            return f"there is no filter {unknown[1]!r}; {nearest(unknown[1], self._environment.filters)}"
        return f"{type(error).__name__}: {message}" if not isinstance(error, TemplateError) else message


def _read(scenario: str, folders: Sequence[Path]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for folder in folders:
        if not folder.is_dir():
            raise BadTemplate(f"there is no folder of templates {folder}; name one that exists, or none")
        for path in (*sorted(folder.glob("*.j2")), *sorted((folder / "scenarios" / scenario).rglob("*.j2"))):
            try:
                source = Source(path, path.read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                raise BadTemplate(f"{path}: cannot be read as UTF-8 text: {error}") from error
            sources.setdefault(path.relative_to(folder).as_posix(), source)
    return sources


def _everywhere(folders: Sequence[Path]) -> Iterator[str]:
    for folder in folders:
        yield from (path.relative_to(folder).as_posix() for path in folder.rglob("*.j2"))


@lru_cache(maxsize=8)
def _compiled(read: tuple[tuple[str, Source], ...]) -> tuple[Mapping[str, Source], Sandbox]:
    """These sources and what compiles them, once: matches of the same scenario share both."""
    sources = dict(read)
    environment = Sandbox(
        # A template's file name, as tracebacks give it, is the name that it goes by here.
        loader=FunctionLoader(lambda name: (sources[name].text, name, lambda: True) if name in sources else None),
        undefined=Missing,
        autoescape=False,
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(kind=kind, line=inert, number=number, quote=quote)
    return sources, environment


def kind(struct: Struct) -> str:
    """The tag by which a struct of a union is told from the others."""
    return str(struct.__struct_config__.tag)


def number(value: float) -> str:
    """A number as people write it: no trailing zeros, at most ten digits."""
    return f"{value:.10g}"
