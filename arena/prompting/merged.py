"""What one agent is sent that has every seat: all briefs, and all that any seat has seen, and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from arena.core.events import AnyEvent, Replied, audience
from arena.core.view import View
from arena.prompting.templates import Templates

Context = dict[str, Any]


class Alone(Struct, frozen=True):
    """What a seat has seen that the one who is asked has not, in words; its answer that is not ruled on yet."""

    seat: int
    lines: str
    answer: str | None


def system(templates: Templates, scenario: str, context: Callable[[View], Context], view: View) -> str:
    """The first message: every seat's brief, in seat order."""
    views = sorted((view, *view.others), key=lambda each: each.seat)
    briefs = [templates.render(f"scenarios/{scenario}/brief.j2", context(each)) for each in views]
    return templates.render("merged.j2", context(view) | {"briefs": briefs})


def alone(
    templates: Templates, context: Callable[[View], Context], view: View, news: Callable[[View], Sequence[AnyEvent]]
) -> list[Alone]:
    """For each other seat, what that seat alone of the two has seen. `news`: what of a view is told in lines."""
    everyone = tuple(range(len(view.seats)))
    found = []
    for other in view.others:
        own = [e for e in news(other) if view.seat not in audience(e, everyone) and not isinstance(e, Replied)]
        lines = templates.render("events.j2", context(other) | {"news": own, "afresh": True})
        last = other.events[-1] if other.events else None
        answer = last.raw if isinstance(last, Replied) and last.raw else None
        found.append(Alone(other.seat, lines, answer))
    return found
