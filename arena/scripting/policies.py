"""A policy, and the policies of a family: the modules of its package `policies`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, cast

from arena.core.draw import Draw
from arena.core.events import Body
from arena.core.view import Ask, View
from arena.errors import NotFound

Policy = Callable[[View, Ask, Draw], Body[Any, Any]]
"""Plays a seat by what it sees. What is random about it comes from the draw, which belongs to the one ask."""


@cache
def names(package: str) -> tuple[str, ...]:
    """The names of all policies of a package, sorted.

    A policy is a module that holds `policy(view, ask, draw) -> Body`; the module's name, with hyphens, is the policy's.
    """
    modules = (module.name for module in iter_modules(import_module(package).__path__))
    return tuple(sorted(name.replace("_", "-") for name in modules if _policy(package, name) is not None))


def find(package: str, name: str) -> Policy:
    """The policy of that name: `find("arena.scenarios.bargain.policies", "tit-for-tat")`. Raises NotFound."""
    if name not in names(package):
        raise NotFound(f"scripted agent of {package.split('.')[-2]}", name, names(package))
    found = _policy(package, name.replace("-", "_"))
    assert found is not None, "a name that is listed has a policy"
    return found


def _policy(package: str, module: str) -> Policy | None:
    return cast("Policy | None", getattr(import_module(f"{package}.{module}"), "policy", None))
