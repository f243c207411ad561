"""From the shape of a configuration to what it refers to: scenarios, their parameters, meetings, files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from arena import assets
from arena.configs.load import parse, read_text
from arena.configs.meeting import meeting
from arena.configs.mistakes import short
from arena.configs.schema import AgentConfig, RunConfig, ScenarioConfig
from arena.core.protocol import AnyScenario
from arena.errors import BadParams, ConfigError, Mistake, NotFound, UsageError, nearest
from arena.moderators.meeting import Meeting
from arena.scenarios.find import find


class Entry(Struct, frozen=True):
    """One scenario of a configuration, resolved: `params` as the scenario takes them, `plain` as they stand written."""

    use: str
    scenario: AnyScenario
    params: Any
    plain: dict[str, Any]
    instances: int
    meeting: Meeting


class Resolved(Struct, frozen=True):
    """A configuration whose names all lead somewhere. `scripts` holds the replies of agents that answer from a file."""

    config: RunConfig
    entries: tuple[Entry, ...]
    seating: tuple[str, ...] | None
    scripts: dict[str, list[Any]]


def resolve(config: RunConfig, base: Path, source: str = "configuration") -> Resolved:
    """Look up all that a configuration names, files relative to `base`. Raises ConfigError with every mistake."""
    found: list[Mistake] = []
    entries = [_entry(e, f"scenarios[{i}]", base, found) for i, e in enumerate(config.scenarios)]
    scripts = {
        name: _script(agent, base, f"agents.{name}.script", found)
        for name, agent in config.agents.items()
        if agent.script is not None
    }
    seating = _seating(config, found)
    if found:
        raise ConfigError(found, source)
    return Resolved(config, tuple(entry for entry in entries if entry is not None), seating, scripts)


def _entry(config: ScenarioConfig, path: str, base: Path, found: list[Mistake]) -> Entry | None:
    table = meeting(config.protocol, f"{path}.protocol", found)
    try:
        scenario = find(config.use)
    except NotFound as error:
        found.append(Mistake(f"{path}.use", f"found {config.use!r}", str(error)))
        return None
    plain = _with_game(config.params, base, f"{path}.params.game", found)
    params = convert_params(scenario, plain, f"{path}.params", found)
    return None if params is None else Entry(config.use, scenario, params, plain, config.instances, table)


def convert_params(scenario: AnyScenario, plain: Mapping[str, Any], path: str, found: list[Mistake]) -> Any:
    """Parameters as the scenario takes them; None where they will not do, with the mistakes added to `found`."""
    fields = {f.encode_name for f in msgspec.structs.fields(scenario.params_type)}
    unknown = [key for key in plain if key not in fields]
    found += [Mistake(f"{path}.{key}", "unknown key", nearest(key, fields)) for key in unknown]
    if unknown:
        return None
    try:
        params = msgspec.convert(dict(plain), scenario.params_type)
    except msgspec.ValidationError as error:
        found.append(_converted(error, plain, path))
        return None
    try:
        scenario.check(params)
    except BadParams as error:
        found.append(Mistake(path, str(error), f"see `arena show {scenario.name}`"))
        return None
    return params


def _converted(error: msgspec.ValidationError, plain: Mapping[str, Any], path: str) -> Mistake:
    text, _, where = str(error).partition(" - at `$.")
    key = where.rstrip("`")
    value = plain.get(key.split("[")[0].split(".")[0])
    return Mistake(f"{path}.{key}" if key else path, f"found {short(value)}", text[:1].lower() + text[1:])


def _with_game(params: Mapping[str, Any], base: Path, path: str, found: list[Mistake]) -> dict[str, Any]:
    """The parameters with a named game read from its file, so that nothing later depends on the file."""
    game = params.get("game")
    if not isinstance(game, str):
        return dict(params)
    try:
        file = game_file(game, base)
        return {**params, "game": parse(read_text(file), str(file))}
    except (UsageError, ConfigError) as error:
        found.append(Mistake(path, f"found {game!r}", str(error)))
        return dict(params)


def game_file(name: str, base: Path) -> Path:
    """The file of a game: a path, or a name in configs/games. Raises NotFound."""
    path = base / name
    if path.suffix and path.exists():
        return path
    known = assets.names("configs/games", ".yaml")
    if name not in known:
        raise NotFound("game", name, known)
    return assets.path("configs", "games", f"{name}.yaml")


def _script(agent: AgentConfig, base: Path, path: str, found: list[Mistake]) -> list[Any]:
    try:
        replies = parse(read_text(base / str(agent.script)), str(agent.script))
    except (UsageError, ConfigError) as error:
        found.append(Mistake(path, f"found {agent.script!r}", str(error)))
        return []
    if not isinstance(replies, list):
        found.append(Mistake(path, f"{agent.script} holds a {type(replies).__name__}", "expected a list of replies"))
        return []
    return replies


def _seating(config: RunConfig, found: list[Mistake]) -> tuple[str, ...] | None:
    """The agents by seat; None where one agent is to take every seat, however many there are."""
    if config.design == "self_play":
        if config.seating is not None:
            found.append(Mistake("seating", "given together with design: self_play", "leave one of them out"))
        if len(config.agents) != 1:
            found.append(Mistake("agents", f"{len(config.agents)} agents", "design: self_play seats exactly one"))
        return None
    for i, name in enumerate(config.seating or ()):
        if name not in config.agents:
            found.append(Mistake(f"seating[{i}]", f"found {name!r}", nearest(name, config.agents)))
    return tuple(config.seating if config.seating is not None else config.agents)
