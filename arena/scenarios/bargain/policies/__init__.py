"""Scripted bargainers. They see a View and nothing else.

A policy is a module of this package that holds `policy(view, ask, draw) -> Body`; the module's name, with hyphens, is
the policy's.
"""

from __future__ import annotations

from arena.scripting import policies
from arena.scripting.policies import Policy


def names() -> tuple[str, ...]:
    """The names of all policies, sorted."""
    return policies.names(__name__)


def find(name: str) -> Policy:
    """The policy of that name: `find("tit-for-tat")`. Raises NotFound with the nearest name."""
    return policies.find(__name__, name)
