"""Scripted bargainers. They see a View and nothing else.

A policy is a module of this package that holds `policy(view, ask, draw) -> Body`; the module's name, with hyphens, is
the policy's. What is random about it comes from `draw`, which belongs to the one ask.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.errors import NotFound
from arena.scenarios.bargain.terms import Fact, Move

Policy = Callable[[View, Ask, Draw], Body[Move, Fact]]


@cache
def names() -> tuple[str, ...]:
    """The names of all policies, sorted."""
    modules = (module.name for module in iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in modules if _policy(name) is not None))


def find(name: str) -> Policy:
    """The policy of that name: `find("tit-for-tat")`. Raises NotFound with the nearest name."""
    if name not in names():
        raise NotFound("scripted bargainer", name, names())
    found = _policy(name.replace("-", "_"))
    assert found is not None, "a name that is listed has a policy"
    return found


def _policy(module: str) -> Policy | None:
    return cast("Policy | None", getattr(import_module(f"{__name__}.{module}"), "policy", None))
