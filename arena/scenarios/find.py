"""Finds a scenario by its name. There is no registry to edit: a family is a folder or a file in this package.

A file holds `SCENARIO` itself, a folder holds it in its `rules` module. From outside the package a scenario comes by an
entry point of the group `arena.scenarios`, or as `file.py:name`. Nothing is imported before it is asked for.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import module_from_spec, spec_from_file_location
from inspect import getmembers
from pkgutil import iter_modules
from types import ModuleType

from arena import scenarios
from arena.core.protocol import AnyScenario, Scenario
from arena.errors import NotFound, UsageError

GROUP = "arena.scenarios"
ATTRIBUTE = "SCENARIO"
METHODS = tuple(name for name, _ in getmembers(Scenario) if not name.startswith("_"))


def names() -> tuple[str, ...]:
    """The scenarios that can be asked for by name, sorted; none of them is imported."""
    return tuple(sorted({*_families(), *_outside()}))


def find(name: str) -> AnyScenario:
    """The scenario of this name.

    name: a family, an entry point's name, or `path/to/file.py:attribute`. A family comes before an entry point of the
    same name. Raises NotFound with the nearest name, UsageError where what is found is no scenario or does not load.
    """
    path, colon, attribute = name.rpartition(":")
    if colon and path.endswith(".py"):
        return _checked(_attribute(_loaded(path), path, attribute), name)
    families = _families()
    if name in families:
        module = import_module(f"{scenarios.__name__}.{name}" + (".rules" if families[name] else ""))
        return _checked(_attribute(module, module.__name__, ATTRIBUTE), name)
    outside = _outside()
    if name in outside:
        return _checked(_entered(outside[name]), name)
    raise NotFound("scenario", name, names())


@cache
def _families() -> dict[str, bool]:
    """The families in this package, and whether each is a folder."""
    found = iter_modules(scenarios.__path__)
    return {each.name: each.ispkg for each in found if each.name != "find" and not each.name.startswith("_")}


def _outside() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _loaded(path: str) -> ModuleType:
    """The module of a file, run afresh."""
    spec = spec_from_file_location(f"arena scenario file {path}", path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path} cannot be loaded as a Python file")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # where types that are written as text are looked up
    try:
        spec.loader.exec_module(module)
    except FileNotFoundError as error:
        if error.filename not in (path, spec.origin):
            raise
        raise NotFound("scenario file", path) from error
    except SyntaxError as error:
        raise UsageError(f"{path}, line {error.lineno}: {error.msg}; mend the file") from error
    return module


def _entered(entry: EntryPoint) -> object:
    try:
        return entry.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"entry point {entry.name!r} ({entry.value}) does not load: {error}; reinstall it") from error


def _attribute(module: ModuleType, where: str, attribute: str) -> object:
    if not hasattr(module, attribute):
        raise NotFound(f"scenario in {where}", attribute, [each for each in vars(module) if not each.startswith("_")])
    found: object = getattr(module, attribute)
    return found


def _checked(found: object, name: str) -> AnyScenario:
    """The object, if it has everything that a scenario has; a class without arguments is made an object."""
    if isinstance(found, type):
        found = found()
    missing = [each for each in METHODS if not hasattr(found, each)]
    if missing:
        raise UsageError(f"{name} is no scenario: it lacks {', '.join(missing)} (see arena.core.protocol.Scenario)")
    return found  # type: ignore[return-value]
