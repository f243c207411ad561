"""Small records in the formats of other people, and a way to read and make them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from arena import assets
from arena.configs.load import parse
from arena.importing.making import Made
from arena.importing.record import Misread, Record

CASINO = assets.path("samples", "foreign", "casino.json")
HISTORY = assets.path("samples", "foreign", "llm-deliberation-history.json")
CORPUS: list[dict[str, Any]] = json.loads(CASINO.read_text(encoding="utf-8"))


def sports_resort() -> dict[str, Any]:
    found = parse(assets.path("configs", "games", "sports-resort.yaml").read_text(encoding="utf-8"), "sports-resort")
    assert isinstance(found, dict)
    return found


def history() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(HISTORY.read_text(encoding="utf-8"))
    return found


def dialogue(*said: tuple[str, Any], points: tuple[float, float] = (5, 5), **more: Any) -> dict[str, Any]:
    """A dialogue as CaSiNo has it: (`1` or `2`, words), or (`1`, what they and the other get) for a submitted deal."""
    logs = []
    for who, what in said:
        log: dict[str, Any] = {"text": what, "task_data": {}, "id": f"mturk_agent_{who}"}
        if not isinstance(what, str):
            items = ("Food", "Water", "Firewood")
            mine, theirs = [dict(zip(items, map(str, each), strict=True)) for each in what]
            log |= {"text": "Submit-Deal", "task_data": {"issue2youget": mine, "issue2theyget": theirs}}
        logs.append(log)
    wants = [("High", "Medium", "Low"), ("Low", "High", "Medium")]
    people = {
        f"mturk_agent_{i}": {
            "value2issue": dict(zip(want, ("Food", "Water", "Firewood"), strict=True)),
            "outcomes": {"points_scored": scored},
        }
        for i, (want, scored) in enumerate(zip(wants, points, strict=True), start=1)
    }
    return {"dialogue_id": 7, "chat_logs": logs, "participant_info": people, **more}


def without(found: dict[str, Any], *path: str | int) -> dict[str, Any]:
    """A copy that lacks what stands at a path."""
    copy = deepcopy(found)
    inside: Any = copy
    for step in path[:-1]:
        inside = inside[step]
    del inside[path[-1]]
    return copy


def changed(found: dict[str, Any], value: Any, *path: str | int) -> dict[str, Any]:
    """A copy in which something else stands at a path."""
    copy = deepcopy(found)
    inside: Any = copy
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    return copy


def only(found: Iterable[Record | Misread]) -> Record:
    """The one record that was understood."""
    (record,) = found
    if isinstance(record, Misread):
        raise record
    return record


def events(one: Made, kind: type) -> list[Any]:
    """The events of a kind, in order."""
    return [a.e for line in one.lines for a in line if isinstance(a.e, kind)]
