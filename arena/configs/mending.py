"""Going on past the mistakes in the shape of a configuration, so that all the others are found in the same breath."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from arena.configs.mistakes import mistakes
from arena.configs.schema import RunConfig
from arena.errors import Mistake

AGENT: dict[str, Any] = {"script": []}  # nothing is wrong with it, wherever it sits
SCENARIO: dict[str, Any] = {"use": "bargain"}


def examine(found: Mapping[str, Any]) -> tuple[RunConfig | None, list[Mistake]]:
    """The configuration that these values have the shape of, and every mistake in that shape.

    Where there are mistakes, the configuration is what is left without them, good for nothing but to look for more;
    None where too little is left.
    """
    try:
        return RunConfig.model_validate(found), []
    except ValidationError as error:
        mended: Any = deepcopy(dict(found))
        for e in error.errors():
            _mend(mended, e["loc"])
        return _rest(mended), mistakes(error)


def _rest(mended: Any) -> RunConfig | None:
    try:
        return RunConfig.model_validate(mended)
    except ValidationError:
        return None


def _mend(config: Any, location: tuple[str | int, ...]) -> None:
    """Take out what is wrong at a location; an agent or a scenario is replaced, so that others keep their places."""
    match location:
        case ("agents", name, "[key]"):
            config["agents"].pop(name, None)
        case ("agents", name, *_) if name in config["agents"]:
            config["agents"][name] = AGENT
        case ("scenarios", int() as i, "protocol", str() as key, *_) if isinstance(config["scenarios"][i], dict):
            protocol = config["scenarios"][i].get("protocol")
            if isinstance(protocol, dict) and key in protocol:
                del protocol[key]
            else:
                config["scenarios"][i].pop("protocol", None)
        case ("scenarios", int() as i, str() as key, *_) if key != "use" and isinstance(config["scenarios"][i], dict):
            config["scenarios"][i].pop(key, None)
        case ("scenarios", int() as i, *_):
            config["scenarios"][i] = SCENARIO
        case (key, *_):
            config.pop(key, None)
