"""Jinja's sandbox, as strict as ever and quicker: many small templates make up a message, and each asks for others."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from typing import Any

from jinja2 import Template, meta, nodes
from jinja2.environment import TemplateModule
from jinja2.sandbox import ImmutableSandboxedEnvironment

KEPT = 512  # imported templates that are kept, with the values that they were given
PLAIN = frozenset({int, str, type(None)})  # exactly: True and 1 are equal, and read otherwise


class Importable(Template):
    """A template that is not run again where it is imported `with context` and what it reads there is the same.

    What it reads is known from its source. So the macros of seats' names are made once for a table, not for each event.
    """

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - they are Jinja's names
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        """As Jinja's own, where this template reads nothing but plain values; then those alone are kept with it."""
        environment = self.environment
        if not isinstance(environment, Sandbox) or (reads := environment.reads(self.name)) is None:
            return super().make_module(vars, shared, locals)
        known = {**(vars or {}), **locals} if locals else vars or {}
        given = {name: known[name] for name in reads if name in known}
        if not all([_plain(value) for value in given.values()]):
            return super().make_module(vars, shared, locals)
        key = (self.name, *given.items())
        module = environment.modules.get(key)
        if module is None:
            while len(environment.modules) >= KEPT:
                del environment.modules[next(iter(environment.modules))]
            module = environment.modules[key] = super().make_module(dict(given))
        return module


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox.

    It need not look twice at a field of a struct: it is data, and its name tells that. Globals are looked up in one
    dictionary where a template has none of its own.
    """

    template_class = Importable

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.modules: dict[tuple[object, ...], TemplateModule] = {}
        self._reads: dict[str, tuple[str, ...] | None] = {}

    def reads(self, name: str | None) -> tuple[str, ...] | None:
        """What a template reads of what it is given, by name; None where that is not all that it hangs on."""
        if name is None or self.loader is None:
            return None
        if name not in self._reads:
            tree = self.parse(self.loader.get_source(self, name)[0])
            # What is global may hold something that a macro changes, such as a namespace.
            globally = [node for node in tree.find_all(nodes.Name) if node.name in self.globals]
            alone = not globally and not list(meta.find_referenced_templates(tree))
            self._reads[name] = tuple(sorted(meta.find_undeclared_variables(tree))) if alone else None
        return self._reads[name]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The attribute, or what stands for one that there is not, or that nobody may read."""
        if attribute in getattr(type(obj), "__struct_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What all templates may read, and before it what one of its own may."""
        return ChainMap(d, self.globals) if d else self.globals


def _plain(value: object) -> bool:
    return type(value) in PLAIN or (type(value) is tuple and all([type(each) in PLAIN for each in value]))
