"""What `--json` of a command that plays matches said, one object a line, put together."""

from __future__ import annotations

import json
from typing import Any

Told = dict[str, Any]


def events(out: str, kind: str | None = None) -> list[Told]:
    """Every event, or those of one kind."""
    found = [json.loads(line) for line in out.splitlines()]
    return [event for event in found if kind in (None, event["event"])]


def ended(out: str) -> Told:
    """Where the run lies, the scorecards in the order of their matches, and what was said at the end."""
    scores = sorted((event["score"] for event in events(out, "ends")), key=lambda card: str(card["match"]))
    (finished,) = events(out, "finished")
    return {**finished, "matches": scores}
