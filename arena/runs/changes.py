"""Whether a run still is what was begun: its configuration as it was then, and as it stands now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from arena.configs.load import values
from arena.configs.mistakes import short
from arena.configs.resolve import Resolved
from arena.errors import UsageError
from arena.runs.directory import plain, read_state

ABSENT = object()
FREE = frozenset({"limits"})  # what may change: it decides how a run is played, not what


def refuse_changed(run: Path, against: Resolved | None = None) -> None:
    """Raises UsageError with every difference where the configuration of a run is not the one it was begun with.

    against: another configuration that is to be the same.
    """
    begun = read_state(run).get("configuration")
    found = values(run / "config.yaml")
    if isinstance(begun, dict):
        _refuse(f"{run / 'config.yaml'} was changed since the run was begun; change it back", begun, found)
    if against is not None:
        _refuse(
            f"{against.source} is not the configuration of {run}; run it anew, or leave it out", found, plain(against)
        )


def _refuse(why: str, then: dict[str, Any], now: dict[str, Any]) -> None:
    then, now = _as_json(then), _as_json(now)
    found = [line for key in sorted({*then, *now} - FREE) for line in differences(key, *_both(then, now, key))]
    if found:
        raise UsageError("\n".join([f"{why}:", *(f"  {line}" for line in found)]))


def differences(path: str, then: object, now: object) -> Iterator[str]:
    """Every place at which two plain values differ: `agents.a.scripted: was 'conceder', is 'planner'`."""
    match then, now:
        case dict(), dict():
            for key in sorted({*then, *now}, key=str):
                yield from differences(f"{path}.{key}", *_both(then, now, key))
        case (list() | tuple(), list() | tuple()) if len(then) == len(now):
            for i, (one, other) in enumerate(zip(then, now, strict=True)):
                yield from differences(f"{path}[{i}]", one, other)
        case (list() | tuple(), list() | tuple()):
            yield f"{path}: had {len(then)} entries, has {len(now)}"
        case _ if then is ABSENT:
            yield f"{path}: was not there, is {short(now)}"
        case _ if now is ABSENT:
            yield f"{path}: was {short(then)}, is not there"
        case _ if then != now and (then == then or now == now):  # NaN is not itself
            yield f"{path}: was {short(then)}, is {short(now)}"


def _both(then: dict[Any, Any], now: dict[Any, Any], key: Any) -> tuple[object, object]:
    return then.get(key, ABSENT), now.get(key, ABSENT)


def _as_json(value: Any) -> Any:
    """Plain values as a file of JSON gives them back: keys that are texts, dates as they are written."""
    return json.loads(json.dumps(value, default=str))
