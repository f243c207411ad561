"""Finds an agent that needs no model by its name: a family's scripted policies, and the hostile ones for testing."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from arena.agents.garbage import Garbage
from arena.agents.leaker import Leaker
from arena.agents.scripted import Scripted
from arena.agents.understood import Parser
from arena.core.draw import Draw
from arena.core.view import Agent
from arena.errors import NotFound
from arena.scripting import policies

HOSTILE: dict[str, Callable[[Parser, Draw], Agent]] = {"garbage": Garbage, "leaker": Leaker}


def names(family: str) -> tuple[str, ...]:
    """The names that `find` knows for a scenario family, sorted; without policies of its own, the hostile ones only."""
    package = _package(family)
    return tuple(sorted([*HOSTILE, *(policies.names(package) if package is not None else ())]))


def find(name: str, family: str, draw: Draw, parser: Parser) -> Agent:
    """The agent of that name for a seat in a match of that family.

    draw: the agent's own, from which its dice derive by seat and ask; parser: what reads raw text in this match. Raises
    NotFound with the nearest name.
    """
    if name in HOSTILE:
        return HOSTILE[name](parser, draw)
    package = _package(family)
    if package is None or name not in policies.names(package):
        raise NotFound(f"scripted agent of {family}", name, names(family))
    return Scripted(policies.find(package, name), draw)


def _package(family: str) -> str | None:
    """The family's package of policies, None where it has none (or is not of this package)."""
    found = find_spec(f"arena.scenarios.{family}") if family.isidentifier() else None
    if found is None or found.submodule_search_locations is None:
        return None
    package = f"{found.name}.policies"
    return package if find_spec(package) is not None else None
