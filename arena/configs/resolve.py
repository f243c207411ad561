"""From the shape of a configuration to what it refers to: scenarios, their parameters, meetings, files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from arena import assets
from arena.configs.casting import Casting, cast
from arena.configs.fields import convert
from arena.configs.load import parse, read_text
from arena.configs.meeting import meeting
from arena.configs.schema import RunConfig, ScenarioConfig
from arena.core.protocol import AnyScenario
from arena.errors import BadParams, ConfigError, Mistake, NotFound, UsageError, nearest
from arena.moderators.meeting import Meeting
from arena.moderators.perturbations import Newcomer
from arena.scenarios.find import find


class Entry(Struct, frozen=True):
    """One scenario of a configuration, resolved: `params` as the scenario takes them, `plain` as they stand written.

    Its instances have the seeds from `seed` on.
    """

    use: str
    scenario: AnyScenario
    params: Any
    plain: dict[str, Any]
    instances: int
    meeting: Meeting
    seed: int


class Resolved(Struct, frozen=True):
    """A configuration whose names all lead somewhere. `scripts` holds the replies of agents that answer from a file."""

    config: RunConfig
    entries: tuple[Entry, ...]
    casting: Casting
    scripts: dict[str, list[Any]]
    source: str = "configuration"  # the file, for messages


def resolve(config: RunConfig, base: Path, source: str = "configuration", also: Sequence[Mistake] = ()) -> Resolved:
    """Look up all that a configuration names, files relative to `base`.

    Raises ConfigError with every mistake, those that were found already (`also`) before them.
    """
    found = list(also)
    config = _at_home(config, base)
    entries = [_entry(e, config.seed, f"scenarios[{i}]", base, found) for i, e in enumerate(config.scenarios)]
    scripts = {
        name: _script(agent.script, base, f"agents.{name}.script", found)
        for name, agent in config.agents.items()
        if agent.script is not None
    }
    listed = [(i, e.meeting) for i, e in enumerate(entries) if e is not None]
    newcomers = [(i, e.agent) for i, meeting in listed for e in meeting.perturb if isinstance(e, Newcomer)]
    for i, name in newcomers:
        if name not in config.agents:
            what = f"a newcomer {name!r}, an agent that there is not"
            found.append(Mistake(f"scenarios[{i}].protocol.perturb", what, nearest(name, config.agents)))
    casting = cast(config, found, frozenset(name for _, name in newcomers))
    if found:
        raise ConfigError(found, source)
    return Resolved(config, tuple(entry for entry in entries if entry is not None), casting, scripts, source)


def _entry(config: ScenarioConfig, seed: int, path: str, base: Path, found: list[Mistake]) -> Entry | None:
    table = meeting(config.protocol, f"{path}.protocol", found)
    use = located(config.use, base)
    try:
        scenario = find(use)
    except UsageError as error:
        found.append(Mistake(f"{path}.use", f"found {config.use!r}", str(error)))
        return None
    plain = _with_game(config.params, base, f"{path}.params.game", found)
    params = convert_params(scenario, plain, f"{path}.params", found)
    if params is None:
        return None
    return Entry(use, scenario, params, plain, config.instances, table, seed if config.seed is None else config.seed)


def convert_params(scenario: AnyScenario, plain: Mapping[str, Any], path: str, found: list[Mistake]) -> Any:
    """Parameters as the scenario takes them; None where they will not do, with the mistakes added to `found`."""
    before = len(found)
    params = convert(plain, scenario.params_type, path, found)
    well = len(found) == before
    try:
        if params is not None:
            scenario.check(params)
    except BadParams as error:
        # Of what stands in for a value that will not do, nothing is said.
        told = [m for m in error.mistakes if well or m.path.partition(".")[0] in plain]
        found += [Mistake(f"{path}.{m.path}".removesuffix(".(top)"), m.found, m.expected) for m in told]
        if not error.mistakes:
            found.append(Mistake(path, str(error), f"see `arena show {scenario.name}`"))
    return params if len(found) == before else None


def _with_game(params: Mapping[str, Any], base: Path, path: str, found: list[Mistake]) -> dict[str, Any]:
    """The parameters with a named game read from its file, so that nothing later depends on the file."""
    game = params.get("game")
    if not isinstance(game, str):
        return dict(params)
    try:
        file = game_file(game, base)
        read = parse(read_text(file), str(file))
        if isinstance(read, dict):
            return {**params, "game": read}
        found.append(
            Mistake(path, f"{game} holds {_what(read)}", "expected a game: issues (or items, outcomes) and parties")
        )
    except UsageError as error:
        found += _of_file(error, path, game)
    return {key: value for key, value in params.items() if key != "game"}


def _of_file(error: UsageError, path: str, name: str) -> list[Mistake]:
    """What is wrong with a file that a configuration names, at the place that names it."""
    if isinstance(error, ConfigError):
        return [Mistake(path, f"{name}, {m.path}: {m.found}", m.expected) for m in error.mistakes]
    return [Mistake(path, f"found {name!r}", str(error))]


def game_file(name: str, base: Path) -> Path:
    """The file of a game: a path, or a name in configs/games. Raises NotFound."""
    path = base / name
    if path.suffix and path.is_file():
        return path
    known = assets.names("configs/games", ".yaml")
    if name not in known:
        raise NotFound("game", name, known)
    return assets.path("configs", "games", f"{name}.yaml")


def _what(read: Any) -> str:
    return "nothing" if read is None else f"a {type(read).__name__}"


def _script(script: str | list[Any], base: Path, path: str, found: list[Mistake]) -> list[Any]:
    """The replies that a file holds or that stand in the configuration itself, as JSON has them."""
    replies: Any = script
    if isinstance(script, str):
        try:
            replies = parse(read_text(base / script), script)
        except UsageError as error:
            found += _of_file(error, path, script)
            return []
        if not isinstance(replies, list):
            found.append(Mistake(path, f"{script} holds {_what(replies)}", "expected a list of replies"))
            return []
    try:
        as_json: list[Any] = msgspec.json.decode(msgspec.json.encode(replies))
    except (TypeError, RecursionError) as error:
        found.append(Mistake(path, f"a reply that is not JSON: {error}", "expected texts, or replies in the wire form"))
        return []
    return as_json


def located(place: str, base: Path) -> str:
    """`file.py:name` so that the file is found from the working directory, where it lies beside the configuration.

    Relative where it can be: a project may be moved as a whole.
    """
    file, colon, name = place.rpartition(":")
    if not colon or not (base / file).is_file():
        return place
    path = (base / file).resolve()
    return f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}:{name}"


def _at_home(config: RunConfig, base: Path) -> RunConfig:
    """The configuration with the callables of its agents found from here."""
    agents = {
        name: agent if agent.call is None else agent.model_copy(update={"call": located(agent.call, base)})
        for name, agent in config.agents.items()
    }
    return config.model_copy(update={"agents": agents})
