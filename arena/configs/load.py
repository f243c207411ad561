"""From a file to a configuration: safe YAML, the shape, then every name and number in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from arena.configs.mistakes import mistakes
from arena.configs.schema import RunConfig
from arena.errors import ConfigError, Mistake, UsageError


def parse(text: str, source: str) -> Any:
    """YAML (or JSON) as plain values.

    Raises ConfigError with the place of what is not YAML, and where a key stands twice.
    """
    try:
        return yaml.load(text, Loader=_UniqueKeys)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "the file"
        raise ConfigError([Mistake(where, "not YAML", str(error.problem or error.context))], source) from None
    except yaml.YAMLError as error:
        raise ConfigError([Mistake("the file", "not YAML", str(error))], source) from None


class _UniqueKeys(yaml.SafeLoader):
    """The safe loader, which would silently keep the last of two equal keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                continue
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key_node.value!r} twice", key_node.start_mark)
            seen.add(str(key_node.value))
        return super().construct_mapping(node, deep)


def read_text(path: Path) -> str:
    """The text of a file a user named. Raises UsageError saying why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8 text") from None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None


def load(path: Path, overrides: Mapping[str, Any] | None = None) -> RunConfig:
    """The configuration in a file, its shape checked. `overrides` maps dotted paths to values (`--set a.b=c`)."""
    found = parse(read_text(path), str(path))
    if found is None:
        raise ConfigError([Mistake("the file", "it is empty", "it needs agents and scenarios")], str(path))
    if not isinstance(found, dict):
        raise ConfigError([Mistake("the file", f"a {type(found).__name__}", "expected keys and values")], str(path))
    for dotted, value in (overrides or {}).items():
        put(found, dotted, value)
    return shape(found, str(path))


def shape(found: Mapping[str, Any], source: str) -> RunConfig:
    """Check the shape of a configuration. Raises ConfigError with every mistake."""
    try:
        return RunConfig.model_validate(found)
    except ValidationError as error:
        raise ConfigError(mistakes(error), source) from None


def put(config: Any, dotted: str, value: Any) -> None:
    """Set `a.b[0].c` or `a.b.0.c` in a nested configuration; raises UsageError where there is no such place."""
    *steps, last = dotted.replace("[", ".").replace("]", "").split(".")
    for step in steps:
        config = _step(config, step, dotted)
    if isinstance(config, list):
        _step(config, last, dotted)
        config[int(last)] = value
    elif isinstance(config, dict):
        config[last] = value
    else:
        raise UsageError(f"--set {dotted}: {last!r} has nothing to stand in")


def _step(config: Any, step: str, dotted: str) -> Any:
    if isinstance(config, dict):
        return config.setdefault(step, {})
    if isinstance(config, list) and step.isdigit() and int(step) < len(config):
        return config[int(step)]
    raise UsageError(f"--set {dotted}: there is no {step!r}")
