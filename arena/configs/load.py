"""From a file to a configuration: safe YAML, the shape, then every name and number in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from arena.configs.mending import examine
from arena.configs.schema import RunConfig
from arena.configs.strict_yaml import StrictLoader
from arena.errors import ConfigError, Mistake, UsageError


def parse(text: str, source: str) -> Any:
    """YAML (or JSON) as plain values.

    Raises ConfigError with the place of what is not YAML, of a key that stands twice, of a value that cannot be.
    """
    try:
        return yaml.load(text, Loader=StrictLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "the file"
        raise ConfigError([Mistake(where, "not YAML", str(error.problem or error.context))], source) from None
    except yaml.reader.ReaderError as error:
        where = f"line {text.count(chr(10), 0, error.position) + 1}"
        what = f"it has a control character, #x{ord(text[error.position]):04x}"
        raise ConfigError([Mistake(where, "not YAML", what)], source) from None
    except RecursionError:
        raise ConfigError([Mistake("the file", "nested too deep", "expected a few levels")], source) from None
    except yaml.YAMLError as error:
        raise ConfigError([Mistake("the file", "not YAML", str(error))], source) from None


def read_text(path: Path) -> str:
    """The text of a file a user named. Raises UsageError saying why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8 text") from None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    except ValueError as error:  # such as a NUL in the name
        raise UsageError(f"{path}: {error}") from None


def load(path: Path, overrides: Mapping[str, Any] | None = None) -> RunConfig:
    """The configuration in a file, its shape checked; `overrides` maps dotted paths to values (`--set a.b=c`).

    A suite is not looked up (see `configs.suites`): a configuration that a run has saved names none.
    """
    return shape(values(path, overrides), str(path))


def values(path: Path, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a configuration file holds, as plain values. Raises ConfigError, UsageError."""
    found = parse(read_text(path), str(path))
    if found is None:
        raise ConfigError([Mistake("the file", "it is empty", "it needs agents and scenarios")], str(path))
    if not isinstance(found, dict):
        raise ConfigError([Mistake("the file", f"a {type(found).__name__}", "expected keys and values")], str(path))
    for dotted, value in (overrides or {}).items():
        put(found, dotted, value)
    return found


def shape(found: Mapping[str, Any], source: str) -> RunConfig:
    """Check the shape of a configuration. Raises ConfigError with every mistake."""
    config, mistakes = examine(found)
    if config is None or mistakes:
        raise ConfigError(mistakes, source)
    return config


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
    if isinstance(config, list) and step.isdecimal() and int(step) < len(config):
        return config[int(step)]
    raise UsageError(f"--set {dotted}: there is no {step!r}")
