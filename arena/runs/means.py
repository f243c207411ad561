"""What the matches of a run are paid from: its caps, what it has spent before, and the cache of replies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from arena.configs.load import load, shape
from arena.configs.schema import LimitsConfig
from arena.errors import ConfigError, UsageError
from arena.models.budget import Budget
from arena.models.cache import Cache, cache_file
from arena.models.metered import Means
from arena.models.spending import NOTHING, Caps, Spent
from arena.planning.prices import unpriced
from arena.runs.directory import read_state
from arena.runs.spent import spent_in


class Options(Struct, frozen=True):
    """What the command line says of the means: changed limits, and whether the cache is left alone."""

    limits: Mapping[str, Any] = {}
    no_cache: bool = False


def means_of_run(limits: LimitsConfig, out: Path, no_cache: bool) -> Means:
    """The means of a new run under `out`."""
    return _means(limits, NOTHING, out, no_cache)


def means_of_resumed(path: Path, options: Options) -> Means:
    """The means of a run, or of a transcript (then of the run that it belongs to, if any), that goes on.

    The limits are its configuration's, or those that the command line puts in their place; what its transcripts have
    cost counts. Raises UsageError and ConfigError, also where money is capped and a model has no price.
    """
    place = path.absolute()
    run = place if path.is_dir() else place.parent.parent if place.parent.name == "matches" else None
    limits = _limits(run, options.limits)
    spent = NOTHING
    if limits.usd is None and limits.tokens is None and limits.calls is None:
        return _means(limits, spent, place.parent if run is None else run.parent, options.no_cache)
    for file in sorted((run / "matches").glob("*.jsonl")) if run is not None else [place]:
        found, priced = spent_in(file)
        spent = spent.plus(found)
        if limits.usd is not None and not priced:
            raise UsageError(
                f"{file}: a model's price is not in its header, so that money cannot be capped; "
                "leave out --budget, and cap tokens or calls: --set limits.calls=N"
            )
    return _means(limits, spent, place.parent if run is None else run.parent, options.no_cache)


def _means(limits: LimitsConfig, spent: Spent, runs: Path, no_cache: bool) -> Means:
    caps = Caps(limits.usd, limits.tokens, limits.calls, limits.minutes)
    return Means(Budget(caps, spent), None if no_cache else Cache(cache_file(runs)))


def _limits(run: Path | None, changed: Mapping[str, Any]) -> LimitsConfig:
    file = None if run is None else run / "config.yaml"
    if file is not None and file.exists():
        config = load(file, changed)
        if mistakes := unpriced(config):
            raise ConfigError(mistakes, str(file))
        return config.limits
    # Forks and lone transcripts have no configuration of their own; this one is there for its limits.
    plain = {"agents": {"a": {"scripted": "silent"}}, "scenarios": [{"use": "bargain"}]}
    kept = {} if run is None else read_state(run).get("limits", {})
    limits = {key.removeprefix("limits."): value for key, value in changed.items()}
    return shape({**plain, "limits": {**kept, **limits}}, "the command line").limits
