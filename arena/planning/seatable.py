"""Whether the agents of a configuration can be seated, as far as it can be told without a key and without a network."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

from arena.agents.find import names
from arena.configs.resolve import located
from arena.configs.schema import OVER_HTTP, AgentConfig, RunConfig
from arena.errors import Mistake, UsageError, nearest
from arena.models.remote import remote_endpoint
from arena.planning.endpoints import endpoint_of
from arena.scenarios.find import names as scenario_names

BLAMED = ("base_url", "api_key_env", "headers", "extra_body")  # what an endpoint may be wrong about, besides its model


def unseatable(config: RunConfig, base: Path) -> list[Mistake]:
    """Every agent that cannot take a seat: an unknown policy, a model without an address, a file that is not there.

    base: what files are relative to. No key is looked at, and no code of the user's is run.
    """
    families = sorted({scenario.use for scenario in config.scenarios} & set(scenario_names()))
    return [
        mistake
        for name, agent in config.agents.items()
        for mistake in (*_scripted(agent, f"agents.{name}", families), *_reached(agent, f"agents.{name}", base))
    ]


def _scripted(agent: AgentConfig, path: str, families: list[str]) -> Iterator[Mistake]:
    for family in families if agent.scripted is not None else ():
        known = names(family)
        if agent.scripted not in known:
            hint = nearest(str(agent.scripted), known)
            yield Mistake(f"{path}.scripted", f"{family} has no scripted agent {agent.scripted!r}", hint)


def _reached(agent: AgentConfig, path: str, base: Path) -> Iterator[Mistake]:
    if agent.model is not None and "/" not in agent.model:
        yield Mistake(f"{path}.model", f"found {agent.model!r}", f"write PROVIDER/MODEL, as in openai/{agent.model}")
    elif agent.model is not None:
        try:
            endpoint_of(agent.model_dump(exclude_none=True), os.environ)
        except UsageError as error:
            what, _, expected = str(error).partition("; ")
            at = next(
                (key for key in BLAMED if getattr(agent, key) is not None and re.search(rf"\b{key}\b", what)), "model"
            )
            yield Mistake(f"{path}.{at}", what, expected)
    if agent.url is not None:
        try:
            remote_endpoint(agent.model_dump(exclude_none=True))
        except UsageError as error:
            what, _, expected = str(error).partition("; ")
            named = what.partition(" ")[0]
            yield Mistake(f"{path}.{named if named.partition('.')[0] in OVER_HTTP else 'url'}", what, expected)
    if agent.call is not None:
        file, colon, name = located(agent.call, base).rpartition(":")
        if not colon or not name:
            yield Mistake(f"{path}.call", f"found {agent.call!r}", "expected file.py:name")
        elif not Path(file).is_file():
            yield Mistake(
                f"{path}.call", f"there is no file {file!r}", f"looked beside the configuration, and in {Path.cwd()}"
            )
        elif _plain_function(Path(file), name):
            yield Mistake(f"{path}.call", f"{name!r} in {file} is a plain function", "it must be `async def`")


def _plain_function(file: Path, name: str) -> bool:
    """Whether the file's last definition of this name is a `def` without decorators, by its text alone."""
    try:
        body = ast.parse(file.read_bytes()).body
    except (OSError, SyntaxError, ValueError):  # that is said when it is loaded
        return False
    named = [each for each in body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name == name]
    return bool(named) and isinstance(named[-1], ast.FunctionDef) and not named[-1].decorator_list
