"""Suites: named lists of scenarios with seeds of their own, so that people who compare play the same instances.

`scenarios: {suite: dev}` stands for the scenarios of `configs/suites/dev.yaml`; `instances` beside it takes only the
first so many of each. A suite is a mapping of `seed`, the first seed of each of its scenarios, and `scenarios`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from arena import assets
from arena.configs.load import parse, read_text
from arena.configs.mistakes import short
from arena.errors import ConfigError, Mistake, NotFound, UsageError, nearest

KEYS = ("suite", "instances")
STAND_IN = [{"use": "bargain"}]  # so that what else is wrong is found, too


def expand(config: dict[str, Any], base: Path) -> list[Mistake]:
    """Put the scenarios of a suite in its place in a configuration's plain values; what is wrong with it.

    base: where a suite's file is looked for before Arena's own suites.
    """
    asked = config.get("scenarios")
    if not isinstance(asked, dict) or "suite" not in asked:
        return []
    config["scenarios"] = STAND_IN
    most, name = asked.get("instances"), asked["suite"]
    found = [Mistake(f"scenarios.{key}", "unknown key", nearest(str(key), KEYS)) for key in asked if key not in KEYS]
    if most is not None and (type(most) is not int or most < 1):
        found.append(Mistake("scenarios.instances", f"found {short(most)}", "expected a whole number from 1"))
        most = None
    if "seed" in config:
        found.append(Mistake("seed", "given together with a suite", "leave it out: a suite has its own seeds"))
    try:
        config["scenarios"] = _scenarios(_read(str(name), base), most)
    except ConfigError as error:
        found += [Mistake("scenarios.suite", f"{name}, {m.path}: {m.found}", m.expected) for m in error.mistakes]
    except UsageError as error:
        found.append(Mistake("scenarios.suite", f"found {name!r}", str(error)))
    return found


def _read(name: str, base: Path) -> dict[str, Any]:
    """A suite by the name of its file, or of Arena's own. Raises NotFound, UsageError and ConfigError."""
    known = assets.names("configs/suites", ".yaml")
    file = base / name
    if not (file.suffix and file.is_file()):
        if name not in known:
            raise NotFound("suite", name, known)
        file = assets.path("configs", "suites", f"{name}.yaml")
    read = parse(read_text(file), str(file))
    listed = read.get("scenarios") if isinstance(read, dict) else None
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise UsageError(f"{file}: expected a list of scenarios under `scenarios:`")
    if type(read.get("seed", 0)) is not int:
        raise UsageError(f"{file}: seed is {short(read['seed'])}; expected a whole number")
    return dict(read)


def _scenarios(suite: dict[str, Any], most: int | None) -> list[dict[str, Any]]:
    scenarios = [{"seed": suite.get("seed", 0), **scenario} for scenario in suite["scenarios"]]
    for scenario in scenarios if most is not None else ():
        if type(scenario.get("instances", 1)) is int:
            scenario["instances"] = min(scenario.get("instances", 1), most)
    return scenarios
